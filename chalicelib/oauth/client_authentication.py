"""Client authentication: finds the credential behind a request (RFC 6749 §2.3, RFC 7523 §2.2)."""

import contextlib
import time
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials import identifiers
from chalicelib.credentials.allowed_addresses import is_allowed
from chalicelib.credentials.callers import RequestOrigin
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.credential import AuthenticationMethod, Credential, CredentialWithTenant, StoredSecret
from chalicelib.credentials.ports import CredentialReader, SecretDigestWriter, SecretHashWriter
from chalicelib.credentials.refusals import Reason, Refusals
from chalicelib.credentials.secret_digests import secret_digest
from chalicelib.errors import InvalidClient, Unavailable
from chalicelib.oauth.client_assertions import ClientAssertions, named_client
from chalicelib.oauth.replay import Use
from chalicelib.security_profiles import SecurityProfile, SecurityProfiles


class PresentedSecret(msgspec.Struct, frozen=True, kw_only=True):
    """A client's id and secret as they were sent, and how (RFC 6749 §2.3.1)."""

    method: Literal["client_secret_basic", "client_secret_post"]
    client_id: str
    client_secret: str
    origin: RequestOrigin = RequestOrigin()

    def __repr__(self) -> str:
        return f"PresentedSecret(client_id={self.client_id!r})"


class PresentedAssertion(msgspec.Struct, frozen=True, kw_only=True):
    """A client's assertion as it was sent; ``client_id`` is None where the form has none (RFC 7521 §4.2)."""

    client_id: str | None
    assertion: str
    origin: RequestOrigin = RequestOrigin()

    def __repr__(self) -> str:
        return f"PresentedAssertion(client_id={self.client_id!r})"


PresentedClient = PresentedSecret | PresentedAssertion


class PresentedToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token, and the client that asks about it (RFC 7662 §2.1) or revokes it (RFC 7009 §2.1).

    ``token_type_hint`` is not here: there is one type of token.
    """

    client: PresentedClient
    token: str

    def __repr__(self) -> str:
        return f"PresentedToken(client={self.client!r})"


class AuthenticatedClient(NamedTuple):
    """An active credential, and what proved it: ``used`` is the secret's id, or the key's thumbprint.

    ``profile`` is the security profile that counts for it; ``token_is_revoked``: whether the token that was asked about
    with it was revoked; ``assertion``: the use of its assertion, if it sent one.
    """

    credential: Credential
    used: str
    origin: RequestOrigin
    profile: SecurityProfile
    token_is_revoked: bool = False
    assertion: Use | None = None


def presented_client_id(client: PresentedClient) -> str:
    """The client that a request names, which proves nothing. Raises InvalidClient."""
    if isinstance(client, PresentedAssertion):
        return client.client_id or named_client(client.assertion)
    return client.client_id


class ClientAuthentication:
    def __init__(
        self,
        reader: CredentialReader,
        writer: SecretHashWriter,
        digests: SecretDigestWriter,
        hasher: SecretHasher,
        assertions: ClientAssertions,
        refusals: Refusals,
        profiles: SecurityProfiles,
        clock: Clock = time.time,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._digests = digests
        self._hasher = hasher
        self._assertions = assertions
        self._refusals = refusals
        self._profiles = profiles
        self._clock = clock

    def authenticate(self, client: PresentedClient, token_id: str | None = None) -> AuthenticatedClient:
        """The client with its active credential, by the method it was made for. Raises InvalidClient, Unavailable.

        The one read that this takes also tells whether the access token of this ``token_id`` was revoked.
        """
        if isinstance(client, PresentedAssertion):
            found, used, assertion = self._by_assertion(client, token_id)
        else:
            found, used = self._by_secret(client, token_id)
            assertion = None
        credential = found.credential
        # Last, so that who has no secret does not learn that there is a limit.
        if not is_allowed(credential.allowed_addresses, client.origin.address):
            self._refusals.note(credential, "address", client.origin)
            raise InvalidClient("The credential may not be used from this address.")
        profile = self._profiles.of(credential.security_profile)
        return AuthenticatedClient(credential, used, client.origin, profile, found.token_is_revoked, assertion)

    def _by_secret(self, client: PresentedSecret, token_id: str | None) -> tuple[CredentialWithTenant, str]:
        """Hashes a secret only where it could be right (docs/adr/hash-what-could-be-right.md). Raises InvalidClient."""
        if not self._profiles.of_all.shared_secrets:
            raise InvalidClient(
                "This service has no client secrets (its security profile): authenticate by private_key_jwt."
            )
        secret = ClientSecret.parse(client.client_secret)
        if secret is None or not identifiers.is_client_id(client.client_id):
            raise InvalidClient
        now = int(self._clock())
        found = self._reader.read_with_tenant(client.client_id, token_id)
        stored = self._named_secret(_active(found, now), secret, client.method, now)
        if found is None or stored is None or not self._hasher.verify(stored.hash, secret):
            self._note_refusal(found, now, client.origin)
            raise InvalidClient
        if self._hasher.needs_rehash(stored.hash):
            self._rehash(found.credential, secret, stored)
        if not stored.has_digest:
            self._write_digest(found.credential, secret)
        return found, secret.secret_id

    def _named_secret(
        self, credential: Credential | None, secret: ClientSecret, method: AuthenticationMethod, now: int
    ) -> StoredSecret | None:
        """The one that this secret says it is, by its id and its hint."""
        if credential is None or not self._takes_secret(credential, method):
            return None
        stored = credential.valid_secret(secret.secret_id, now)
        return stored if stored is not None and stored.hint == secret.hint else None

    def _takes_secret(self, credential: Credential, method: AuthenticationMethod) -> bool:
        is_its_method = credential.token_endpoint_auth_method in (None, method)
        return is_its_method and self._profiles.of(credential.security_profile).shared_secrets

    def _by_assertion(self, client: PresentedAssertion, token_id: str | None) -> tuple[CredentialWithTenant, str, Use]:
        client_id = named_client(client.assertion)
        if client.client_id not in (None, client_id):
            raise InvalidClient("client_id must be the sub of the assertion.")
        if not identifiers.is_client_id(client_id):
            raise InvalidClient
        now = int(self._clock())
        found = self._reader.read_with_tenant(client_id, token_id)
        credential = _active(found, now)
        # A client_id cannot be guessed, and is no secret: an unknown one need not cost what a signature costs.
        if found is None or credential is None or credential.token_endpoint_auth_method != "private_key_jwt":  # noqa: S105  (a method)
            self._note_refusal(found, now, client.origin)
            raise InvalidClient
        try:
            profile = self._profiles.of(credential.security_profile)
            key, use = self._assertions.verify(client.assertion, client_id, credential.keys, profile)
        except InvalidClient:
            self._note_refusal(found, now, client.origin)
            raise
        return found, key.thumbprint, use

    def _note_refusal(self, found: CredentialWithTenant | None, now: int, origin: RequestOrigin) -> None:
        if found is not None:
            status = found.effective(now).status
            reason: Reason = "authentication" if status == "active" else status
            self._refusals.note(found.credential, reason, origin)

    def _rehash(self, credential: Credential, secret: ClientSecret, stored: StoredSecret) -> None:
        renewed = replace(stored, hash=self._hasher.hash(secret))
        # Another request was faster, or the secret is gone, or the table is busy: none of it concerns this client.
        with contextlib.suppress(Superseded, Unavailable):
            self._writer.replace_hash(credential.client_id, secret.secret_id, stored, renewed)

    def _write_digest(self, credential: Credential, secret: ClientSecret) -> None:
        """Once for each secret of a release that wrote none: nobody else has the secret's text to make it of."""
        # Where it fails, the next exchange writes it; where the secret was ended meanwhile, none is needed.
        with contextlib.suppress(Superseded, Unavailable):
            self._digests.write(secret_digest(secret, credential.client_id), secret.secret_id)


def _active(found: CredentialWithTenant | None, now: int) -> Credential | None:
    return found.credential if found is not None and found.is_active(now) else None
