"""DPoP proofs (RFC 9449): a client shows that it holds the key its access token is, or will be, bound to."""

import hashlib
import hmac
import re
import time
from collections.abc import Collection
from typing import NamedTuple

import msgspec

from chalicelib.clock import Clock
from chalicelib.credentials.public_keys import ClientKey, FaultyKey, read_key, thumbprint
from chalicelib.encoding import base64url
from chalicelib.errors import InvalidDPoPProof
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.jwt_verification import InvalidJwt, NumericDate
from chalicelib.oauth.replay import AlreadyUsed, ReplayGuard, Use, proof_id
from chalicelib.security_profiles import OAUTH2
from chalicelib.uris import normal_uri

_TYPE = "dpop+jwt"
_LIFETIME = 120
"""Seconds after its ``iat`` for which a proof is good (RFC 9449 §11.1)."""
_LEEWAY = 30
"""Seconds by which a client's clock may be ahead of ours."""
_LONGEST_PROOF = 8 * 1024
_LONGEST_JTI = 256
_HTTP_URL = re.compile(r"https?://[^/@]+/.*")


class RequestWithProof(msgspec.Struct, frozen=True, kw_only=True):
    """The HTTP request that a proof was sent with: ``url`` as its client called it."""

    method: str
    url: str
    access_token: str | None = None
    """The token in the request; None at the token endpoint."""


class ProofClaims(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9449 §4.2."""

    jti: str
    htm: str
    htu: str
    iat: NumericDate
    ath: str | None = None


class ProvenKey(NamedTuple):
    """The RFC 7638 thumbprint of the key that a proof shows, and the use of the proof."""

    jkt: str
    use: Use


class DPoPProofs:
    def __init__(self, replay: ReplayGuard, clock: Clock = time.time) -> None:
        self._replay = replay
        self._clock = clock

    def verify(self, proof: str, request: RequestWithProof, algorithms: Collection[str]) -> ProvenKey:
        """The key that a proof shows, signed by one of these algorithms (RFC 9449 §4.3).

        Uses the proof up: to verify it a second time raises InvalidDPoPProof. Raises InvalidDPoPProof, Unavailable.
        """
        key, algorithm = _key(proof, algorithms)
        claims = _signed_claims(proof, key, algorithm)
        _require_method(claims, request)
        _require_url(claims, request)
        self._require_recent(claims)
        _require_access_token_hash(claims, request)
        jkt = thumbprint(key.jwk)
        return ProvenKey(jkt, self._use_once(jkt, claims, proof))

    def _require_recent(self, claims: ProofClaims) -> None:
        if not -_LEEWAY <= self._clock() - claims.iat <= _LIFETIME:
            raise InvalidDPoPProof("iat is not of this moment.")

    def _use_once(self, jkt: str, claims: ProofClaims, proof: str) -> Use:
        if not 1 <= len(claims.jti) <= _LONGEST_JTI:
            raise InvalidDPoPProof(f"jti must have 1 to {_LONGEST_JTI} characters.")
        try:
            return self._replay.use_once(proof_id(jkt, claims.jti), int(claims.iat) + _LIFETIME + 1, proof)
        except AlreadyUsed as error:
            raise InvalidDPoPProof("The proof has been used before.") from error


def presented_thumbprint(proof: str) -> str | None:
    """The thumbprint of the key in a proof, which proves nothing. None for a proof that is not well-formed."""
    try:
        key, _ = _key(proof, OAUTH2.algorithms)
    except InvalidDPoPProof:
        return None
    return thumbprint(key.jwk)


def _key(proof: str, algorithms: Collection[str]) -> tuple[ClientKey, str]:
    """The key in a proof's header, and the algorithm it claims."""
    if len(proof) > _LONGEST_PROOF:
        raise InvalidDPoPProof("The proof is too long.")
    try:
        header = jwt_verification.unverified_header(proof)
    except InvalidJwt as error:
        raise InvalidDPoPProof("The proof is not a JWT.") from error
    if header.get("typ") != _TYPE:
        raise InvalidDPoPProof(f"typ must be {_TYPE}.")
    try:
        key = read_key(header.get("jwk"), algorithms)
    except FaultyKey as error:
        raise InvalidDPoPProof(f"jwk{error.fault.pointer} {error.fault.detail}.") from error
    if header["alg"] not in key.algorithms or header["alg"] not in algorithms:
        raise InvalidDPoPProof(f"alg must be one of {', '.join(algorithms)}, and suit the key.")
    return key, header["alg"]


def _signed_claims(proof: str, key: ClientKey, algorithm: str) -> ProofClaims:
    try:
        return jwt_verification.verified_claims(
            proof,
            key.verifier(algorithm),
            ProofClaims,
            algorithms=[algorithm],
            required=["jti", "htm", "htu", "iat"],
            leeway=_LEEWAY,
            verify_iat=False,  # its window is ours: _require_recent
        )
    except InvalidJwt as error:
        reason = (
            "The proof's signature or claims are not valid." if error.claim is None else f"{error.claim} is not valid."
        )
        raise InvalidDPoPProof(reason) from error


def _require_method(claims: ProofClaims, request: RequestWithProof) -> None:
    if claims.htm != request.method:
        raise InvalidDPoPProof("htm is not the method of this request.")


def _require_url(claims: ProofClaims, request: RequestWithProof) -> None:
    called = normal_url(request.url)
    if called is None or normal_url(claims.htu) != called:
        raise InvalidDPoPProof("htu is not the URL of this request.")


def _require_access_token_hash(claims: ProofClaims, request: RequestWithProof) -> None:
    if request.access_token is None:
        return
    digest = hashlib.sha256(request.access_token.encode()).digest()
    if not hmac.compare_digest((claims.ath or "").encode("utf-8", "replace"), base64url(digest).encode()):
        raise InvalidDPoPProof("ath is not the hash of the access token.")


def normal_url(url: str) -> str | None:
    """RFC 9449 §4.3: without query and fragment, in its normal form. None where it is no http URL of a host alone."""
    normal = normal_uri(re.split("[?#]", url, maxsplit=1)[0])
    return normal if _HTTP_URL.fullmatch(normal) else None
