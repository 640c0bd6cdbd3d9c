"""Is a presented access token still good? Its signature says who got it; the tables say whether that still counts."""

import time

from chalicelib.credentials import identifiers
from chalicelib.credentials.audit import Clock
from chalicelib.credentials.model import as_seen
from chalicelib.credentials.ports import CredentialStore
from chalicelib.errors import InvalidToken
from chalicelib.oauth.access_tokens import AccessTokenClaims, AccessTokens
from chalicelib.oauth.replay import SpentTokens, access_token_id


class LiveTokens:
    def __init__(
        self, tokens: AccessTokens, store: CredentialStore, spent: SpentTokens, clock: Clock = time.time
    ) -> None:
        self._tokens = tokens
        self._store = store
        self._spent = spent
        self._clock = clock

    def verify(self, token: str, audiences: tuple[str, ...]) -> AccessTokenClaims:
        """The claims of a token for one of these audiences, not revoked, whose credential is live at this moment.

        Raises InvalidToken, Unavailable.
        """
        claims = self._tokens.verify(token, audiences)
        if not identifiers.is_client_id(claims.client_id):
            raise InvalidToken("client_id is not one of ours")
        tenant, credential = self._store.standing(claims.client_id)
        if credential is None or as_seen(credential, tenant, int(self._clock())).status != "active":
            raise InvalidToken("the credential is not live")
        if self._spent.is_spent(access_token_id(claims.jti)):
            raise InvalidToken("the token is revoked")
        return claims
