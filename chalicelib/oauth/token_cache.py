"""Gives a token out again, for clients that request one for every call and would use up the signing quota."""

import time
from typing import NamedTuple

import msgspec

from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Ages, Clock, Moment
from chalicelib.credentials.credential import Credential
from chalicelib.oauth.access_tokens import AccessTokens, IssuedToken
from chalicelib.oauth.token_revocation import access_token_id
from chalicelib.security_profiles import SecurityProfileName
from chalicelib.signing_keys.keys import KeyRing

_LEAST_LEFT = 0.9
"""The share of its lifetime that a token must still have to be given out again."""
_REMEMBERED = 1_000
"""Tokens a cache remembers, about 2 KB each."""


class TokenWanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a request for a token says, before anything of it is verified: what it may get is looked up by it."""

    client_id: str
    scopes: tuple[str, ...] | None
    audiences: frozenset[str | None]
    jkt: str | None


class _Terms(NamedTuple):
    """All that a token depends on: requests that differ in any of it never share a token."""

    client_id: str
    generation: int
    expires_at: int | None
    scopes: tuple[str, ...]
    audience: str
    jkt: str | None
    security_profile: SecurityProfileName | None
    kid: str


class RememberedToken(NamedTuple):
    """A token that was given out before, and may be again."""

    issued: IssuedToken
    issued_at: Moment
    terms: _Terms

    @property
    def token_id(self) -> str:
        """By which the revoked tokens are kept."""
        return access_token_id(self.issued.claims.jti)


class TokenCache:
    """Issues tokens. ``seconds``: how long a token may be given out again; 0: each is signed anew.

    The caller reads at every request, in one read, that the credential is active and that the token which ``recall``
    found was not revoked (RFC 7009), whichever execution environment revoked it. Tokens of a key that no longer signs,
    such as one dropped in an emergency, are not given out again.
    """

    def __init__(
        self,
        tokens: AccessTokens,
        keys: KeyRing,
        seconds: int,
        clock: Clock = time.time,
        monotonic: Clock = time.monotonic,
    ) -> None:
        self._tokens = tokens
        self._keys = keys
        self._seconds = seconds
        self._clock = clock
        self._ages = Ages(clock, monotonic)
        self._remembered = BoundedCache[TokenWanted, RememberedToken](_REMEMBERED)

    def recall(self, wanted: TokenWanted) -> RememberedToken | None:
        """The token that such a request got a moment ago. ``issue`` decides whether it may be given out again."""
        remembered = self._remembered.get(wanted) if self._seconds else None
        return remembered if remembered is not None and self._is_fresh(remembered) else None

    def issue(
        self,
        wanted: TokenWanted,
        credential: Credential,
        scopes: tuple[str, ...],
        audience: str,
        jkt: str | None = None,
        *,
        unrevoked: RememberedToken | None = None,
    ) -> IssuedToken:
        """``unrevoked``, if it is what the request would get now, or a new token. Raises Unavailable.

        ``unrevoked`` is the token that was recalled, if it has not been revoked.
        """
        if not self._seconds:
            return self._tokens.issue(credential, scopes, audience, jkt)
        terms = _Terms(
            client_id=credential.client_id,
            generation=credential.generation,
            expires_at=credential.expires_at,
            scopes=scopes,
            audience=audience,
            jkt=jkt,
            security_profile=credential.security_profile,
            kid=self._keys.signing_key().kid,
        )
        if unrevoked is not None and unrevoked.terms == terms:
            issued = unrevoked.issued
            return issued._replace(expires_in=issued.claims.exp - int(self._clock()))
        issued_at = self._ages.now()
        issued = self._tokens.issue(credential, scopes, audience, jkt)
        self._remembered.put(wanted, RememberedToken(issued, issued_at, terms))
        return issued

    def _is_fresh(self, remembered: RememberedToken) -> bool:
        claims = remembered.issued.claims
        is_new = self._ages.age(remembered.issued_at) < self._seconds
        has_time_left = claims.exp - self._clock() >= (claims.exp - claims.iat) * _LEAST_LEFT
        return is_new and has_time_left
