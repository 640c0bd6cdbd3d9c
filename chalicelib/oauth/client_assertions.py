"""Client assertions: a client authenticates with a JWT that its own key signed (RFC 7523 §2.2, §3; RFC 7521 §4.2)."""

import time

import msgspec

from chalicelib.clock import Clock
from chalicelib.credentials.public_keys import ClientKey
from chalicelib.errors import InvalidClient
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.jwt_verification import InvalidJwt
from chalicelib.oauth.replay import AlreadyUsed, ReplayGuard, assertion_id

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONGEST_LIFE = 3600
"""Seconds from now to ``exp``: an assertion must be remembered for as long as it could be replayed."""
_LEEWAY = 30
"""Seconds by which a client's clock and ours may differ."""
_LONGEST_ASSERTION = 8 * 1024
_LONGEST_JTI = 256


class AssertionClaims(msgspec.Struct, frozen=True, kw_only=True):
    iss: str
    sub: str
    aud: str | list[str]
    exp: int | float
    jti: str


class ClientAssertions:
    """Verifies assertions. ``audiences`` are this server's names: an assertion is for exactly one of them."""

    def __init__(self, audiences: frozenset[str], replay: ReplayGuard, clock: Clock = time.time) -> None:
        self._audiences = audiences
        self._replay = replay
        self._clock = clock

    def verify(self, assertion: str, client_id: str, keys: tuple[ClientKey, ...]) -> None:
        """Raises InvalidClient unless one of the client's keys signed this assertion for us, and it is new."""
        claims = _signed_claims(assertion, keys)
        _require_client(claims, client_id)
        self._require_audience(claims)
        self._require_short_life(claims)
        self._use_once(claims)

    def _require_audience(self, claims: AssertionClaims) -> None:
        """RFC 7523 §3, 3. Exactly one: a server could use an assertion for two servers at the other one."""
        audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        if len(audiences) != 1 or audiences[0] not in self._audiences:
            raise InvalidClient

    def _require_short_life(self, claims: AssertionClaims) -> None:
        if not self._clock() - _LEEWAY < claims.exp <= self._clock() + _LONGEST_LIFE + _LEEWAY:
            raise InvalidClient

    def _use_once(self, claims: AssertionClaims) -> None:
        if not 1 <= len(claims.jti) <= _LONGEST_JTI:
            raise InvalidClient
        try:
            self._replay.use_once(assertion_id(claims.sub, claims.jti), int(claims.exp) + _LEEWAY + 1)
        except AlreadyUsed as error:
            raise InvalidClient from error


def named_client(assertion: str) -> str:
    """The client_id that an assertion claims, unverified: it tells whose keys to look up. Raises InvalidClient."""
    if len(assertion) > _LONGEST_ASSERTION:
        raise InvalidClient
    try:
        subject = jwt_verification.unverified_claims(assertion).get("sub")
    except InvalidJwt as error:
        raise InvalidClient from error
    if not isinstance(subject, str):
        raise InvalidClient
    return subject


def _signed_claims(assertion: str, keys: tuple[ClientKey, ...]) -> AssertionClaims:
    try:
        header = jwt_verification.unverified_header(assertion)
        return jwt_verification.verified_claims(
            assertion,
            _key(header, keys).verifier(header["alg"]),
            AssertionClaims,
            algorithms=[header["alg"]],
            required=["iss", "sub", "aud", "exp", "jti"],
            leeway=_LEEWAY,
            verify_exp=False,  # by our clock: _require_short_life; its audience, exactly one: _require_audience
        )
    except InvalidJwt as error:
        raise InvalidClient from error


def _key(header: dict[str, object], keys: tuple[ClientKey, ...]) -> ClientKey:
    """The key that the header names; where it names none, the only one that suits its algorithm."""
    suitable = [key for key in keys if header["alg"] in key.algorithms and header.get("kid", key.kid) == key.kid]
    if len(suitable) != 1:
        raise InvalidClient
    return suitable[0]


def _require_client(claims: AssertionClaims, client_id: str) -> None:
    """RFC 7523 §3, 1 and 2: the client authenticates itself and no other."""
    if not claims.iss == claims.sub == client_id:
        raise InvalidClient
