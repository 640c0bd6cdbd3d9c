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
from chalicelib.security_profiles import SecurityProfile, SecurityProfiles


class ActiveToken(NamedTuple):
    """What a valid token says, the credential that it was issued to, and the security profile that counts for that."""

    claims: AccessTokenClaims
    credential: Credential
    profile: SecurityProfile


class TokenValidation:
    def __init__(
        self, tokens: AccessTokens, reader: CredentialReader, profiles: SecurityProfiles, clock: Clock = time.time
    ) -> None:
        self._tokens = tokens
        self._reader = reader
        self._profiles = profiles
        self._clock = clock

    def validate(self, token: str, audiences: tuple[str, ...]) -> ActiveToken:
        """A token for one of these audiences, not revoked, whose credential is active at this moment: one read.

        One that was issued as a bearer token is none any more once its credential is held to a profile that binds
        tokens. Raises InvalidToken, Unavailable.
        """
        claims = self._tokens.verify(token, audiences)
        if not identifiers.is_client_id(claims.client_id):
            raise InvalidToken("client_id is not one of ours")
        found = self._reader.read_with_tenant(claims.client_id, access_token_id(claims.jti))
        if found is None or not found.is_active(int(self._clock())):
            raise InvalidToken("the credential is not active")
        profile = self._profiles.of(found.credential.security_profile)
        if profile.sender_constrained and claims.cnf is None:
            raise InvalidToken("a bearer token, of a credential whose tokens must be bound")
        if found.token_is_revoked:
            raise InvalidToken("the token is revoked")
        return ActiveToken(claims, found.credential, profile)
