"""DPoP proofs (RFC 9449): a client shows that it holds the key its access token is, or will be, bound to."""

import base64
import hashlib
import hmac
import time
from urllib.parse import urlsplit

import msgspec

from chalicelib.credentials.audit import Clock
from chalicelib.credentials.public_keys import ALGORITHMS, ClientKey, FaultyKey, read_key, thumbprint
from chalicelib.errors import InvalidDPoPProof
from chalicelib.oauth.replay import AlreadyUsed, SpentTokens, proof_id

_TYPE = "dpop+jwt"
_LIFETIME = 120
"""Seconds after its ``iat`` for which a proof is good (RFC 9449 §11.1)."""
_LEEWAY = 30
"""Seconds by which a client's clock may be ahead of ours."""
_LONGEST_PROOF = 8 * 1024
_LONGEST_JTI = 256
_DEFAULT_PORTS = {"https": 443, "http": 80}


class ProvenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The HTTP request that came with a proof: ``url`` as its client called it."""

    method: str
    url: str
    access_token: str | None = None
    """The token that came with it; None at the token endpoint."""


class ProofClaims(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9449 §4.2."""

    jti: str
    htm: str
    htu: str
    iat: int | float
    ath: str | None = None


class DPoPProofs:
    def __init__(self, spent: SpentTokens, clock: Clock = time.time) -> None:
        self._spent = spent
        self._clock = clock

    def verify(self, proof: str, request: ProvenRequest) -> str:
        """The thumbprint of the key that a proof shows (RFC 9449 §4.3). Raises InvalidDPoPProof, Unavailable.

        The proof is spent thereafter: it comes through here once.
        """
        key, algorithm = _key(proof)
        claims = _signed_claims(proof, key, algorithm)
        _require_method(claims, request)
        _require_url(claims, request)
        self._require_recent(claims)
        _require_access_token_hash(claims, request)
        bound_to = thumbprint(key.jwk)
        self._spend(bound_to, claims)
        return bound_to

    def _require_recent(self, claims: ProofClaims) -> None:
        if not -_LEEWAY <= self._clock() - claims.iat <= _LIFETIME:
            raise InvalidDPoPProof("iat is not of this moment.")

    def _spend(self, bound_to: str, claims: ProofClaims) -> None:
        if not 1 <= len(claims.jti) <= _LONGEST_JTI:
            raise InvalidDPoPProof(f"jti must have 1 to {_LONGEST_JTI} characters.")
        try:
            self._spent.spend(proof_id(bound_to, claims.jti), int(claims.iat) + _LIFETIME + 1)
        except AlreadyUsed as error:
            raise InvalidDPoPProof("The proof has been used before.") from error


def _key(proof: str) -> tuple[ClientKey, str]:
    """The key in a proof's header, and the algorithm it claims."""
    if len(proof) > _LONGEST_PROOF:
        raise InvalidDPoPProof("The proof is too long.")
    import jwt  # here: a client with a secret needs none of it, and it takes 40 ms

    try:
        header = jwt.get_unverified_header(proof)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise InvalidDPoPProof("The proof is not a JWT.") from error
    if header.get("typ") != _TYPE:
        raise InvalidDPoPProof(f"typ must be {_TYPE}.")
    try:
        key = read_key(header.get("jwk"))
    except FaultyKey as fault:
        raise InvalidDPoPProof(f"jwk{fault.pointer} {fault.detail}.") from fault
    if header["alg"] not in key.algorithms:
        raise InvalidDPoPProof(f"alg must be one of {', '.join(ALGORITHMS)}, and suit the key.")
    return key, header["alg"]


def _signed_claims(proof: str, key: ClientKey, algorithm: str) -> ProofClaims:
    import jwt  # here: a client with a secret needs none of it, and it takes 40 ms

    try:
        claims = jwt.decode(
            proof,
            key.verifier(algorithm),
            algorithms=[algorithm],
            options={
                "require": ["jti", "htm", "htu", "iat"],
                "verify_signature": True,
                "verify_exp": True,
                "verify_nbf": True,
                "verify_iat": False,  # its window is ours: _require_recent
                "verify_aud": False,  # a proof has none: its audience is htu
            },
            leeway=_LEEWAY,
        )
        return msgspec.convert(claims, ProofClaims)
    except (jwt.PyJWTError, msgspec.ValidationError, ValueError, OverflowError, RecursionError) as error:
        raise InvalidDPoPProof("The proof's signature or claims are not valid.") from error


def _require_method(claims: ProofClaims, request: ProvenRequest) -> None:
    if claims.htm != request.method:
        raise InvalidDPoPProof("htm is not the method of this request.")


def _require_url(claims: ProofClaims, request: ProvenRequest) -> None:
    called = normal_url(request.url)
    if called is None or normal_url(claims.htu) != called:
        raise InvalidDPoPProof("htu is not the URL of this request.")


def _require_access_token_hash(claims: ProofClaims, request: ProvenRequest) -> None:
    if request.access_token is None:
        return
    digest = hashlib.sha256(request.access_token.encode()).digest()
    expected = base64.urlsafe_b64encode(digest).rstrip(b"=")
    if not hmac.compare_digest((claims.ath or "").encode("utf-8", "replace"), expected):
        raise InvalidDPoPProof("ath is not the hash of the access token.")


def normal_url(url: str) -> str | None:
    """RFC 9449 §4.3: without query and fragment, normal by RFC 3986 §6.2.2 and §6.2.3. None where it is no http URL."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host or parts.username is not None:
        return None
    authority = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        authority += f":{port}"
    return f"{parts.scheme}://{authority}{parts.path or '/'}"
