"""Token introspection (RFC 7662)."""

from typing import Literal

import msgspec

from chalicelib.credentials.credential import Credential
from chalicelib.credentials.last_use import LastUses
from chalicelib.errors import InvalidToken, UnauthorizedClient
from chalicelib.oauth.access_tokens import AccessTokenClaims, Confirmation
from chalicelib.oauth.client_authentication import ClientAuthentication, PresentedToken
from chalicelib.oauth.replay import given_back_in_an_outage
from chalicelib.oauth.token_validation import ActiveToken, TokenValidation

SCOPE = "introspect"


class TokenState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 7662 §2.2, with ``cnf`` by RFC 9449 §6.2, the tenant, and the CIDR blocks that the token may be used from.

    Times in epoch seconds. Without ``allowed_addresses`` it may be used from anywhere.

    A token that is not active has no other member than ``active``.
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
    allowed_addresses: tuple[str, ...] = ()


_INACTIVE = TokenState(active=False)


class Introspection:
    """``audiences``: of the tokens that may be active. ``vendor_tenants``: their clients may introspect all tokens."""

    def __init__(
        self,
        clients: ClientAuthentication,
        validation: TokenValidation,
        uses: LastUses,
        audiences: tuple[str, ...],
        vendor_tenants: frozenset[str],
    ) -> None:
        self._clients = clients
        self._validation = validation
        self._uses = uses
        self._audiences = audiences
        self._vendor_tenants = vendor_tenants

    def introspect(self, presented: PresentedToken) -> TokenState:
        """The state of a token. Raises InvalidClient, UnauthorizedClient, Unavailable."""
        client = self._clients.authenticate(presented.client)
        asking = client.credential
        if SCOPE not in asking.scopes:
            raise UnauthorizedClient(f"To introspect, a credential needs the scope {SCOPE}.")
        self._uses.note(asking, client.used, client.origin.address)
        try:
            with given_back_in_an_outage(client.assertion):
                found = self._validation.validate(presented.token, self._audiences)
        except InvalidToken:
            return _INACTIVE
        return _token_state(found) if self._may_know(asking, found.claims) else _INACTIVE

    def _may_know(self, asking: Credential, claims: AccessTokenClaims) -> bool:
        return asking.tenant_id == claims.tenant_id or asking.tenant_id in self._vendor_tenants


def _token_state(found: ActiveToken) -> TokenState:
    claims = found.claims
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
        # Its API alone sees where it comes from.
        allowed_addresses=found.credential.allowed_addresses,
    )
