"""Gives a token out again, for clients that request one for every call and would use up the signing quota."""

import time
from typing import NamedTuple

from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Ages, Clock, Moment
from chalicelib.credentials.credential import Credential
from chalicelib.oauth.access_tokens import AccessTokens, IssuedToken
from chalicelib.oauth.token_revocation import RevokedTokens, access_token_id
from chalicelib.signing_keys.keys import KeyRing

_LEAST_LEFT = 0.9
"""The share of its lifetime that a token must still have to be given out again."""
_REMEMBERED = 1_000
"""Tokens a cache remembers, about 2 KB each."""


class _Request(NamedTuple):
    """All that a token depends on: requests that differ in any of it never share a token."""

    client_id: str
    generation: int
    expires_at: int | None
    scopes: tuple[str, ...]
    audience: str
    jkt: str | None
    kid: str


class _Remembered(NamedTuple):
    issued: IssuedToken
    issued_at: Moment


class TokenCache:
    """Implements ``client_credentials_grant.TokenIssuer``. ``seconds``: how long a token may be given out again.

    It does not check the credential: the caller reads at every request that it is active. It does read that the token
    was not revoked (RFC 7009), whichever execution environment revoked it. Tokens of a key that no longer signs, such
    as one dropped in an emergency, are not given out again.
    """

    def __init__(
        self,
        tokens: AccessTokens,
        keys: KeyRing,
        revoked: RevokedTokens,
        seconds: int,
        clock: Clock = time.time,
        monotonic: Clock = time.monotonic,
    ) -> None:
        self._tokens = tokens
        self._keys = keys
        self._revoked = revoked
        self._seconds = seconds
        self._clock = clock
        self._ages = Ages(clock, monotonic)
        self._remembered = BoundedCache[_Request, _Remembered](_REMEMBERED)

    def issue(
        self, credential: Credential, scopes: tuple[str, ...], audience: str, jkt: str | None = None
    ) -> IssuedToken:
        """A token signed a moment ago for the same request, or a new one. Raises Unavailable."""
        request = _Request(
            client_id=credential.client_id,
            generation=credential.generation,
            expires_at=credential.expires_at,
            scopes=scopes,
            audience=audience,
            jkt=jkt,
            kid=self._keys.signing_key().kid,
        )
        remembered = self._remembered.get(request)
        if remembered is not None and self._may_be_given_again(remembered):
            issued = remembered.issued
            return issued._replace(expires_in=issued.claims.exp - int(self._clock()))
        issued_at = self._ages.now()
        issued = self._tokens.issue(credential, scopes, audience, jkt)
        self._remembered.put(request, _Remembered(issued, issued_at))
        return issued

    def _may_be_given_again(self, remembered: _Remembered) -> bool:
        claims = remembered.issued.claims
        is_new = self._ages.age(remembered.issued_at) < self._seconds
        has_time_left = claims.exp - self._clock() >= (claims.exp - claims.iat) * _LEAST_LEFT
        return is_new and has_time_left and not self._revoked.has(access_token_id(claims.jti))
