"""Validates access tokens: by their signature, and by what the tables say of the credential and the token."""

import time
from typing import NamedTuple

from chalicelib.clock import Clock
from chalicelib.credentials import identifiers
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.ports import CredentialReader
from chalicelib.errors import InvalidToken
from chalicelib.oauth.access_tokens import AccessTokenClaims, AccessTokens
from chalicelib.oauth.token_revocation import access_token_id


class ActiveToken(NamedTuple):
    """What a valid token says, and the credential that it was issued to."""

    claims: AccessTokenClaims
    credential: Credential


class TokenValidation:
    def __init__(self, tokens: AccessTokens, reader: CredentialReader, clock: Clock = time.time) -> None:
        self._tokens = tokens
        self._reader = reader
        self._clock = clock

    def validate(self, token: str, audiences: tuple[str, ...]) -> ActiveToken:
        """A token for one of these audiences, not revoked, whose credential is active at this moment: one read.

        Raises InvalidToken, Unavailable.
        """
        claims = self._tokens.verify(token, audiences)
        if not identifiers.is_client_id(claims.client_id):
            raise InvalidToken("client_id is not one of ours")
        found = self._reader.read_with_tenant(claims.client_id, access_token_id(claims.jti))
        if found is None or not found.is_active(int(self._clock())):
            raise InvalidToken("the credential is not active")
        if found.token_is_revoked:
            raise InvalidToken("the token is revoked")
        return ActiveToken(claims, found.credential)
