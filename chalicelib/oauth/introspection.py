"""Token introspection (RFC 7662) and revocation of an access token by its client (RFC 7009)."""

from typing import Literal

import msgspec

from chalicelib.credentials.model import Credential
from chalicelib.errors import InvalidToken, UnauthorizedClient
from chalicelib.oauth.access_tokens import AccessTokenClaims, AccessTokens, Confirmation
from chalicelib.oauth.client_authentication import ClientAuthentication, PresentedClient
from chalicelib.oauth.replay import AlreadyUsed, SpentTokens, access_token_id
from chalicelib.oauth.token_validation import LiveTokens

SCOPE = "introspect"


class TokenQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A client, and the token that it asks about or gives up (RFC 7662 §2.1, RFC 7009 §2.1).

    ``token_type_hint`` is not here: there is one type of token.
    """

    client: PresentedClient
    token: str

    def __repr__(self) -> str:
        return f"TokenQuery(client={self.client!r})"


class TokenState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 7662 §2.2, with ``cnf`` by RFC 9449 §6.2 and the tenant. Times in epoch seconds.

    Of a token that is not active, nothing but that is told.
    """

    active: bool
    token_type: Literal["Bearer", "DPoP"] | None = None
    iss: str | None = None
    aud: str | None = None
    sub: str | None = None
    client_id: str | None = None
    iat: int | None = None
    exp: int | None = None
    jti: str | None = None
    tenant_id: str | None = None
    scope: str = ""
    cnf: Confirmation | None = None


_INACTIVE = TokenState(active=False)


class Introspection:
    """``audiences``: of the tokens it tells about. ``vendor_tenants``: whose clients may ask about all tokens."""

    def __init__(
        self,
        clients: ClientAuthentication,
        live_tokens: LiveTokens,
        audiences: tuple[str, ...],
        vendor_tenants: frozenset[str],
    ) -> None:
        self._clients = clients
        self._live_tokens = live_tokens
        self._audiences = audiences
        self._vendor_tenants = vendor_tenants

    def introspect(self, query: TokenQuery) -> TokenState:
        """What a token says, if it is active. Raises InvalidClient, UnauthorizedClient, Unavailable."""
        asking = self._clients.authenticate(query.client)
        if SCOPE not in asking.scopes:
            raise UnauthorizedClient(f"To introspect, a credential needs the scope {SCOPE}.")
        try:
            claims = self._live_tokens.verify(query.token, self._audiences)
        except InvalidToken:
            return _INACTIVE
        return _token_state(claims) if self._may_know(asking, claims) else _INACTIVE

    def _may_know(self, asking: Credential, claims: AccessTokenClaims) -> bool:
        return asking.tenant_id == claims.tenant_id or asking.tenant_id in self._vendor_tenants


class TokenRevocation:
    def __init__(
        self, clients: ClientAuthentication, tokens: AccessTokens, spent: SpentTokens, audiences: tuple[str, ...]
    ) -> None:
        self._clients = clients
        self._tokens = tokens
        self._spent = spent
        self._audiences = audiences

    def revoke(self, query: TokenQuery) -> None:
        """Ends a token of this client. One that is no token of ours, or has expired, is as good as revoked (§2.2).

        Raises InvalidClient, UnauthorizedClient, Unavailable.
        """
        client = self._clients.authenticate(query.client)
        try:
            claims = self._tokens.verify(query.token, self._audiences)
        except InvalidToken:
            return
        if claims.client_id != client.client_id:
            raise UnauthorizedClient("The token was issued to another client.")
        try:
            self._spent.spend(access_token_id(claims.jti), self._tokens.last_second(claims))
        except AlreadyUsed:
            return


def _token_state(claims: AccessTokenClaims) -> TokenState:
    return TokenState(
        active=True,
        token_type=claims.token_type,
        iss=claims.iss,
        aud=claims.aud,
        sub=claims.sub,
        client_id=claims.client_id,
        iat=claims.iat,
        exp=claims.exp,
        jti=claims.jti,
        tenant_id=claims.tenant_id,
        scope=claims.scope,
        cnf=claims.cnf,
    )
