"""The client credentials grant (RFC 6749 §4.4): a client's credential becomes an access token."""

import contextlib
import time

import msgspec
from msgspec.structs import replace

from chalicelib.credentials import identifiers
from chalicelib.credentials.audit import Clock
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.model import Credential, StoredSecret, as_seen
from chalicelib.credentials.store import CredentialStore, Superseded
from chalicelib.errors import InvalidClient, InvalidScope, Unavailable, UnsupportedGrantType
from chalicelib.tokens.access_tokens import AccessTokens

_BEARER = "Bearer"


class TokenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request to the token endpoint: well-formed, nothing believed; ``scopes`` is None if none was asked."""

    grant_type: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...] | None

    def __repr__(self) -> str:
        return f"TokenRequest(client_id={self.client_id!r})"


class TokenAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 6749 §5.1. ``expires_in`` is in seconds."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str = ""


class Exchange:
    def __init__(
        self, store: CredentialStore, hasher: SecretHasher, tokens: AccessTokens, clock: Clock = time.time
    ) -> None:
        self._store = store
        self._hasher = hasher
        self._tokens = tokens
        self._clock = clock

    def exchange(self, request: TokenRequest) -> TokenAnswer:
        """Raises UnsupportedGrantType, InvalidClient, InvalidScope, Unavailable."""
        if request.grant_type != "client_credentials":
            raise UnsupportedGrantType
        credential = self._authenticate(request)
        scopes = _narrow(credential.scopes, request.scopes)
        token, claims = self._tokens.issue(credential, scopes)
        return TokenAnswer(
            access_token=token, token_type=_BEARER, expires_in=claims.exp - claims.iat, scope=claims.scope
        )

    def _authenticate(self, request: TokenRequest) -> Credential:
        """RFC 6749 §2.3.1. Raises InvalidClient, after the same work whatever was wrong with a well-formed secret."""
        secret = ClientSecret.parse(request.client_secret)
        if secret is None or not identifiers.is_client_id(request.client_id):
            raise InvalidClient
        now = int(self._clock())
        tenant, credential = self._store.standing(request.client_id)
        stored = None
        if credential is not None and as_seen(credential, tenant, now).status == "active":
            stored = _live_secret(credential, secret.secret_id, now)
        if not self._hasher.verify(stored.hash if stored else None, secret) or credential is None or stored is None:
            raise InvalidClient
        if self._hasher.needs_rehash(stored.hash):
            self._rehash(credential, secret, stored)
        return credential

    def _rehash(self, credential: Credential, secret: ClientSecret, stored: StoredSecret) -> None:
        renewed = replace(stored, hash=self._hasher.hash(secret))
        # Another sandbox was faster, or the secret is gone, or the table is busy: none of it concerns this client.
        with contextlib.suppress(Superseded, Unavailable):
            self._store.replace_hash(credential.client_id, secret.secret_id, stored, renewed)


def _live_secret(credential: Credential, secret_id: str, now: int) -> StoredSecret | None:
    stored = credential.secrets.get(secret_id)
    if stored is None or (stored.expires_at is not None and stored.expires_at <= now):
        return None
    return stored


def _narrow(granted: tuple[str, ...], requested: tuple[str, ...] | None) -> tuple[str, ...]:
    """RFC 6749 §3.3: a request may ask for less than the credential has, never for more. Raises InvalidScope."""
    if requested is None:
        return granted
    if not set(requested) <= set(granted):
        raise InvalidScope("The credential does not have every scope that was asked for.")
    return tuple(dict.fromkeys(requested))
