"""Client assertions: a client authenticates with a JWT that its own key signed (RFC 7523 §2.2, §3; RFC 7521 §4.2)."""

import time
from collections.abc import Iterator

import msgspec

from chalicelib.clock import Clock
from chalicelib.credentials.public_keys import ClientKey
from chalicelib.errors import InvalidClient
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.jwt_verification import InvalidJwt, NumericDate
from chalicelib.oauth.replay import AlreadyUsed, ReplayGuard, Use, assertion_id
from chalicelib.security_profiles import SecurityProfile
from chalicelib.uris import normal_uri

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONGEST_LIFE = 3600
"""Seconds from now to ``exp``: an assertion must be remembered for as long as it could be replayed."""
_LEEWAY = 30
"""Seconds by which a client's clock and ours may differ."""
_LONGEST_ASSERTION = 8 * 1024
_LONGEST_JTI = 256


class AssertionClaims(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 7523 §3. Times in epoch seconds."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: NumericDate
    jti: str
    nbf: NumericDate | None = None
    iat: NumericDate | None = None


class ClientAssertions:
    """Verifies assertions. ``audiences`` are this server's names, ``issuer`` the first: they are for none but them."""

    def __init__(self, issuer: str, audiences: frozenset[str], replay: ReplayGuard, clock: Clock = time.time) -> None:
        self._issuer = issuer
        self._audiences = frozenset(normal_uri(audience) for audience in audiences)
        self._replay = replay
        self._clock = clock

    def verify(
        self, assertion: str, client_id: str, keys: tuple[ClientKey, ...], profile: SecurityProfile
    ) -> tuple[ClientKey, Use]:
        """The key of the client's that signed this assertion, for us and anew, by the profile's rules; and its use.

        Once the signature is verified, the client learns what is wrong. Raises InvalidClient.
        """
        claims, key, algorithm = _signed_claims(assertion, keys)
        _require_algorithm(algorithm, profile)
        _require_client(claims, client_id)
        self._require_audience(claims, profile)
        self._require_times(claims)
        return key, self._use_once(claims, assertion)

    def _require_audience(self, claims: AssertionClaims, profile: SecurityProfile) -> None:
        """RFC 7523 §3, 3. Ours alone: another server could use an assertion that is for it as well."""
        if profile.issuer_as_audience:
            if claims.aud != self._issuer:
                raise InvalidClient("aud must be the issuer, as a string and letter by letter.")
            return
        audiences = [claims.aud] if isinstance(claims.aud, str) else claims.aud
        if not audiences or not {normal_uri(audience) for audience in audiences} <= self._audiences:
            raise InvalidClient("aud must be the issuer or the token endpoint, and no other server.")

    def _require_times(self, claims: AssertionClaims) -> None:
        """RFC 7523 §3, 4 to 6."""
        now = self._clock()
        if not now - _LEEWAY < claims.exp <= now + _LONGEST_LIFE + _LEEWAY:
            raise InvalidClient(f"exp must be in the future, by {_LONGEST_LIFE} seconds at most.")
        for name, start in (("nbf", claims.nbf), ("iat", claims.iat)):
            if start is not None and not start <= now + _LEEWAY:
                raise InvalidClient(f"{name} must not be in the future.")

    def _use_once(self, claims: AssertionClaims, assertion: str) -> Use:
        if not 1 <= len(claims.jti) <= _LONGEST_JTI:
            raise InvalidClient(f"jti must have 1 to {_LONGEST_JTI} characters.")
        try:
            token_id = assertion_id(claims.sub, claims.jti)
            return self._replay.use_once(token_id, int(claims.exp) + _LEEWAY + 1, assertion)
        except AlreadyUsed as error:
            raise InvalidClient("The assertion has been used before: sign each with a new jti.") from error


def named_client(assertion: str) -> str:
    """The client_id that an assertion claims, unverified: it tells whose keys to look up. Raises InvalidClient.

    What it says is in the assertion itself, and nothing of it depends on whether there is such a client.
    """
    if len(assertion) > _LONGEST_ASSERTION:
        raise InvalidClient(f"The assertion is longer than {_LONGEST_ASSERTION} characters.")
    try:
        subject = jwt_verification.unverified_claims(assertion).get("sub")
    except InvalidJwt as error:
        raise InvalidClient("The assertion is not a well-formed JWT.") from error
    if not isinstance(subject, str):
        raise InvalidClient("sub must be the client_id.")
    return subject


def _signed_claims(assertion: str, keys: tuple[ClientKey, ...]) -> tuple[AssertionClaims, ClientKey, str]:
    """With the key that signed it, and by which algorithm."""
    try:
        header = jwt_verification.unverified_header(assertion)
    except InvalidJwt as error:
        raise InvalidClient from error
    for key in _suitable(header, keys):
        try:
            return _verified(assertion, key, header["alg"]), key, header["alg"]
        except InvalidJwt as error:
            if error.claim is not None:
                raise InvalidClient(f"{error.claim} is missing, or not of its type.") from error
    raise InvalidClient


def _suitable(header: dict[str, object], keys: tuple[ClientKey, ...]) -> Iterator[ClientKey]:
    """The key that the header names; where it names none, those that suit its algorithm.

    A client that names none keeps working while its next key is added beside the one it has.
    """
    return (key for key in keys if header["alg"] in key.algorithms and header.get("kid", key.kid) == key.kid)


def _verified(assertion: str, key: ClientKey, algorithm: str) -> AssertionClaims:
    """Raises InvalidJwt; with a ``claim`` only once the key has verified the signature."""
    return jwt_verification.verified_claims(
        assertion,
        key.verifier(algorithm),
        AssertionClaims,
        algorithms=[algorithm],
        required=["iss", "sub", "aud", "exp", "jti"],
        leeway=_LEEWAY,
        # By our clock, in _require_times; its audience in _require_audience.
        verify_exp=False,
        verify_nbf=False,
        verify_iat=False,
    )


def _require_algorithm(algorithm: str, profile: SecurityProfile) -> None:
    if algorithm not in profile.algorithms:
        raise InvalidClient(f"alg must be {' or '.join(profile.algorithms)}.")


def _require_client(claims: AssertionClaims, client_id: str) -> None:
    """RFC 7523 §3, 1 and 2: the client authenticates itself and no other."""
    if not claims.iss == claims.sub == client_id:
        raise InvalidClient("iss and sub must both be the client_id.")
