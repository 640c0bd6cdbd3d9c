"""JWT access tokens (RFC 9068): what they say, how they are signed, how they are verified."""

import hashlib
import os
import time
from typing import Literal, NamedTuple

import msgspec

from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Clock
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.errors import InvalidToken
from chalicelib.lazy_import import jwt
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.jwt_verification import InvalidJwt
from chalicelib.oauth.status_list import StatusClaim, StatusLists
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.signing_keys.jws import JwtSigner
from chalicelib.signing_keys.keys import KeyRing

_TYPE = "at+jwt"
_REQUIRED_CLAIMS = ["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "tenant_id", "generation"]
_LEEWAY = 5
"""Seconds by which this execution environment's clock and the signer's may differ."""
_REMEMBERED = 1_000
"""Verified tokens that one execution environment remembers, about 1.5 KB each."""


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9449 §6.1: the RFC 7638 thumbprint of the key that the token is bound to."""

    jkt: str


class AccessTokenClaims(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The claims of RFC 9068 §2.2, and the tenant with the credential's generation. Times in epoch seconds."""

    iss: str
    aud: str
    sub: str
    client_id: str
    iat: int
    exp: int
    jti: str
    tenant_id: str
    generation: int
    scope: str = ""
    status: StatusClaim | None = None
    cnf: Confirmation | None = None

    @property
    def token_type(self) -> Literal["Bearer", "DPoP"]:
        """The scheme that the token must be presented with (RFC 6750 §2.1, RFC 9449 §7.1)."""
        return "Bearer" if self.cnf is None else "DPoP"


class IssuedToken(NamedTuple):
    """``expires_in``: seconds from the response on (RFC 6749 §5.1)."""

    token: str
    claims: AccessTokenClaims
    expires_in: int


class _VerifiedToken(NamedTuple):
    claims: AccessTokenClaims
    kid: str


class AccessTokens:
    """Issues and verifies the access tokens of one issuer.

    A client sends a token many times: its signature is verified once in an execution environment, which then knows the
    token by its SHA-256. What may have changed is looked at each time: whether it has ended, and whether its key is
    still published.
    """

    def __init__(
        self,
        keys: KeyRing,
        profiles: SecurityProfiles,
        issuer: str,
        lifetime: int,
        status_lists: StatusLists | None = None,
        clock: Clock = time.time,
        random: Random = os.urandom,
    ) -> None:
        self._keys = keys
        self._profiles = profiles
        self._issuer = issuer
        self._lifetime = lifetime
        self._clock = clock
        self._random = random
        self._status_lists = status_lists
        self._signer = JwtSigner(keys, profiles)
        self._verified = BoundedCache[tuple[bytes, tuple[str, ...]], _VerifiedToken](_REMEMBERED)

    def issue(
        self, credential: Credential, scopes: tuple[str, ...], audience: str, jkt: str | None = None
    ) -> IssuedToken:
        """A signed token for a credential that is active, that ends with the credential at the latest.

        ``jkt`` is the thumbprint of the client's DPoP key that it is bound to, if there is one. Raises
        SigningKeyNotAllowed, Unavailable.
        """
        now = self._clock()
        end = int(now) + self._lifetime
        claims = AccessTokenClaims(
            iss=self._issuer,
            aud=audience,
            sub=credential.client_id,
            client_id=credential.client_id,
            iat=int(now),
            exp=end if credential.expires_at is None else min(end, credential.expires_at),
            jti=time_ordered_id(now, self._random),
            tenant_id=credential.tenant_id,
            generation=credential.generation,
            scope=" ".join(scopes),
            status=None if self._status_lists is None else self._status_lists.claim(credential),
            cnf=None if jkt is None else Confirmation(jkt=jkt),
        )
        token = self._signer.sign(_TYPE, claims, credential.security_profile)
        return IssuedToken(token, claims, claims.exp - claims.iat)

    def verify(self, token: str, audiences: tuple[str, ...]) -> AccessTokenClaims:
        """The claims of a token of ours, for one of these audiences, that has not expired (RFC 9068 §4).

        Raises InvalidToken, Unavailable.
        """
        seen = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest(), audiences
        found = self._verified.get(seen)
        if found is None:
            found = self._verify_signed(token, audiences)
            self._verified.put(seen, found)
        else:
            self._require_still_good(found)
        return found.claims

    def _require_still_good(self, verified: _VerifiedToken) -> None:
        if not jwt_verification.is_its_time(verified.claims.iat, verified.claims.exp, _LEEWAY, self._clock()):
            raise InvalidToken("it is over, or of a time to come")
        if all(key.kid != verified.kid for key in self._keys.verification_keys()):
            raise InvalidToken("kid is not one of our keys")

    def _verify_signed(self, token: str, audiences: tuple[str, ...]) -> _VerifiedToken:
        try:
            header = jwt_verification.unverified_header(token)
            # RFC 9068 §4: the type is checked first, so that no other JWT of ours passes for an access token.
            if str(header.get("typ", "")).lower().removeprefix("application/") != _TYPE:
                raise InvalidToken("typ is not at+jwt")
            key = next((k for k in self._keys.verification_keys() if k.kid == header.get("kid")), None)
            if key is None:
                raise InvalidToken("kid is not one of our keys")
            if key.algorithm not in self._profiles.of_all.algorithms:
                raise InvalidToken("signed by an algorithm that the security profile does not allow")
            claims = jwt_verification.verified_claims(
                token,
                jwt.PyJWK(key.jwk),
                AccessTokenClaims,
                algorithms=[key.algorithm],
                required=_REQUIRED_CLAIMS,
                leeway=_LEEWAY,
                audience=audiences,
                issuer=self._issuer,
            )
        except InvalidJwt as error:
            raise InvalidToken(str(error)) from error
        return _VerifiedToken(claims, key.kid)

    def last_second(self, claims: AccessTokenClaims) -> int:
        """The last epoch second in which ``verify`` may still accept the token."""
        return claims.exp + _LEEWAY + 1
