"""Signing keys as tokens need them: which key signs, and which public keys verify (RFC 7517, RFC 7638)."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from chalicelib.credentials.public_keys import thumbprint, thumbprint_members

SIGNING_ALGORITHMS = ("RS256", "PS256", "ES256", "ES384")
"""What a signing key may sign by: each key by one of them."""


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key as the JWKS shows it: ``jwk`` has its own ``kid``, ``alg`` and ``use``."""

    kid: str
    algorithm: str
    jwk: dict[str, str]


class SigningKey(Protocol):
    """A key that signs elsewhere: the private half never comes here."""

    @property
    def kid(self) -> str: ...

    @property
    def algorithm(self) -> str: ...

    def sign(self, message: bytes) -> bytes:
        """The signature as JWS wants it (RFC 7518 §3). Raises Unavailable."""


class KeyRing(Protocol):
    def signing_key(self) -> SigningKey:
        """The key that signs new tokens. Raises Unavailable."""

    def verification_keys(self) -> Sequence[PublicKey]:
        """Every key whose tokens may not have expired yet. Raises Unavailable."""


def public_key(jwk: dict[str, str], algorithm: str) -> PublicKey:
    """The public key of a bare JWK, with its RFC 7638 thumbprint as ``kid``."""
    kid = thumbprint(jwk)
    own = {"kid": kid, "alg": algorithm, "use": "sig"}
    return PublicKey(kid=kid, algorithm=algorithm, jwk=thumbprint_members(jwk) | own)


def jwks(ring: KeyRing) -> dict[str, list[dict[str, str]]]:
    """The JWK Set (RFC 7517 §5) that verifies our tokens."""
    return {"keys": [key.jwk for key in ring.verification_keys()]}
