"""The token just signed, once more: for clients that ask anew for every call, and would use up the signing quota."""

import time
from typing import NamedTuple

from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Clock
from chalicelib.credentials.credential import Credential
from chalicelib.oauth.access_tokens import AccessTokenClaims, AccessTokens, IssuedToken
from chalicelib.oauth.token_revocation import RevokedTokens, access_token_id
from chalicelib.signing_keys.keys import KeyRing

_LEAST_LEFT = 0.9
"""Of its lifetime. A client may count on nearly all of it."""
_REMEMBERED = 1_000
"""Tokens a cache remembers, about 2 KB each."""


class _Request(NamedTuple):
    """All that a token depends on. Requests that differ in any of it never share one."""

    client_id: str
    generation: int
    expires_at: int | None
    scopes: tuple[str, ...]
    audience: str
    jkt: str | None
    kid: str


class TokenCache:
    """Implements ``client_credentials_grant.TokenIssuer``. ``seconds``: how long a token may be given out again.

    It decides nothing about the credential: the caller has read that it is active, at every request. That the token
    itself was not revoked (RFC 7009), through any execution environment, is read here; a key that no longer signs, as
    one dropped in an emergency, ends its tokens' reuse, too.
    """

    def __init__(
        self, tokens: AccessTokens, keys: KeyRing, revoked: RevokedTokens, seconds: int, clock: Clock = time.time
    ) -> None:
        self._tokens = tokens
        self._keys = keys
        self._revoked = revoked
        self._seconds = seconds
        self._clock = clock
        self._issued = BoundedCache[_Request, IssuedToken](_REMEMBERED)

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
        issued = self._issued.get(request)
        if issued is not None and self._may_be_given_again(issued.claims):
            return issued._replace(expires_in=issued.claims.exp - int(self._clock()))
        issued = self._tokens.issue(credential, scopes, audience, jkt)
        self._issued.put(request, issued)
        return issued

    def _may_be_given_again(self, claims: AccessTokenClaims) -> bool:
        now = self._clock()
        is_new = 0 <= now - claims.iat < self._seconds
        has_time_left = claims.exp - now >= (claims.exp - claims.iat) * _LEAST_LEFT
        return is_new and has_time_left and not self._revoked.has(access_token_id(claims.jti))
