"""Revocation of an access token by its client (RFC 7009)."""

from typing import Protocol

from chalicelib.credentials.last_use import LastUses
from chalicelib.errors import InvalidToken, UnauthorizedClient
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.oauth.client_authentication import AuthenticatedClient, ClientAuthentication, PresentedToken
from chalicelib.oauth.replay import given_back_in_an_outage, jti_digest


class RevokedTokens(Protocol):
    """Remembers each revoked token until it has expired. The read of its credential tells of it."""

    def add(self, token_id: str, until: int) -> None:
        """Remembers a token until ``until`` (epoch seconds). Adding it again changes nothing. Raises Unavailable."""


class TokenRevocation:
    def __init__(
        self,
        clients: ClientAuthentication,
        tokens: AccessTokens,
        revoked: RevokedTokens,
        uses: LastUses,
        audiences: tuple[str, ...],
    ) -> None:
        self._clients = clients
        self._tokens = tokens
        self._revoked = revoked
        self._uses = uses
        self._audiences = audiences

    def revoke(self, presented: PresentedToken) -> None:
        """Revokes a token of this client. One that is not ours or has expired counts as revoked already (§2.2).

        Raises InvalidClient, UnauthorizedClient, Unavailable.
        """
        client = self._clients.authenticate(presented.client)
        self._uses.note(client.credential, client.used, client.origin.address)
        with given_back_in_an_outage(client.assertion):
            self._revoke(client, presented.token)

    def _revoke(self, client: AuthenticatedClient, token: str) -> None:
        try:
            claims = self._tokens.verify(token, self._audiences)
        except InvalidToken:
            return
        if claims.client_id != client.credential.client_id:
            raise UnauthorizedClient("The token was issued to another client.")
        self._revoked.add(access_token_id(claims.jti), self._tokens.last_second(claims))


def access_token_id(jti: str) -> str:
    return f"access_token:{jti_digest(jti)}"
