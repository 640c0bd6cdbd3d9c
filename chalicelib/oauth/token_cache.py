"""The token just signed, once more: for clients that ask anew for every call, and would use up the signing quota."""

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from chalicelib.credentials.audit import Clock
from chalicelib.credentials.model import Credential
from chalicelib.oauth.access_tokens import AccessTokenClaims, AccessTokens, IssuedToken
from chalicelib.oauth.replay import SpentTokens, access_token_id
from chalicelib.signing_keys.keys import KeyRing

_LEAST_LEFT = 0.9
"""Of its lifetime. A client may count on nearly all of it."""
_REMEMBERED = 1_000
"""Tokens an execution environment remembers, about 2 KB each."""


class _Request(NamedTuple):
    """All that a token depends on. Requests that differ in any of it never share one."""

    client_id: str
    generation: int
    expires_at: int | None
    scopes: tuple[str, ...]
    audience: str
    bound_to: str | None
    kid: str


class ReusedTokens:
    """Implements ``exchange.TokenIssuer``. ``seconds``: how long a token may be given out again.

    It decides nothing about the credential: the caller has read that it is live, at every request. That the token
    itself was not revoked (RFC 7009), through any execution environment, is read here; a key that no longer signs, as
    one dropped in an emergency, ends its tokens' reuse, too.
    """

    def __init__(
        self, tokens: AccessTokens, keys: KeyRing, spent: SpentTokens, seconds: int, clock: Clock = time.time
    ) -> None:
        self._tokens = tokens
        self._keys = keys
        self._spent = spent
        self._seconds = seconds
        self._clock = clock
        self._issued: OrderedDict[_Request, IssuedToken] = OrderedDict()
        self._lock = Lock()

    def issue(
        self, credential: Credential, scopes: tuple[str, ...], audience: str, bound_to: str | None = None
    ) -> IssuedToken:
        """A token signed a moment ago for the same request, or a new one. Raises Unavailable."""
        request = _Request(
            client_id=credential.client_id,
            generation=credential.generation,
            expires_at=credential.expires_at,
            scopes=scopes,
            audience=audience,
            bound_to=bound_to,
            kid=self._keys.signing_key().kid,
        )
        with self._lock:
            issued = self._issued.get(request)
        if issued is not None and self._may_be_given_again(issued.claims):
            return issued._replace(expires_in=issued.claims.exp - int(self._clock()))
        issued = self._tokens.issue(credential, scopes, audience, bound_to)
        with self._lock:
            self._issued[request] = issued
            self._issued.move_to_end(request)
            if len(self._issued) > _REMEMBERED:
                self._issued.popitem(last=False)
        return issued

    def _may_be_given_again(self, claims: AccessTokenClaims) -> bool:
        now = self._clock()
        is_new = 0 <= now - claims.iat < self._seconds
        has_time_left = claims.exp - now >= (claims.exp - claims.iat) * _LEAST_LEFT
        return is_new and has_time_left and not self._spent.is_spent(access_token_id(claims.jti))
