"""The ports: what the use cases need of storage, readers apart from writers.

Every write is conditional and may raise ``Superseded``; a change and its audit event are one transaction. Reads are
strongly consistent. Each method may raise ``errors.Unavailable``.
"""

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import Credential, CredentialWithTenant, StoredSecret, Use
from chalicelib.credentials.secret_digests import SecretDigest
from chalicelib.credentials.tenant import Sweep, Tenant

Row = TypeVar("Row")


class Page(msgspec.Struct, Generic[Row], frozen=True):
    """Rows in order, and whether there may be more after the last."""

    rows: Sequence[Row]
    more: bool


class IdempotencyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a request under an idempotency key was, by a digest of its body, and the id of what it made.

    ``token_id`` is a digest of tenant, operation, credential and key: the key itself, a client's choice, is not kept.
    Times are epoch seconds.
    """

    token_id: str
    fingerprint: str
    made: str
    made_at: int
    expires_at: int


class IdempotencyRecords(Protocol):
    """The writers write a record, in the transaction of what it tells of; Superseded says that there is one already."""

    def read(self, token_id: str) -> IdempotencyRecord | None:
        """The record, unless it has expired."""


class SigningAlgorithm(Protocol):
    def current(self) -> str | None:
        """The JWS algorithm that access tokens are signed by now; None before the first signing key is published."""


class CredentialReader(Protocol):
    def read_with_tenant(self, client_id: str, token_id: str | None = None) -> CredentialWithTenant | None:
        """The credential of this client_id, with its tenant, in one read; None if there is none.

        The credential's generation is never ahead of the tenant's. The same read tells whether the access token of this
        ``token_id`` was revoked.
        """

    def read_tenant(self, tenant_id: str) -> Tenant | None: ...

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[Credential]:
        """Up to ``limit`` credentials made before the client_id ``before``."""

    def oldest_first(self, tenant_id: str, after: str, limit: int) -> Page[Credential]:
        """Up to ``limit`` credentials made after the client_id ``after`` ("" for the first)."""


class SecretHashWriter(Protocol):
    """One of the three writes to a credential that an exchange may do."""

    def replace_hash(self, client_id: str, secret_id: str, old: StoredSecret, new: StoredSecret) -> None:
        """Raises Superseded unless the secret still has the old hash."""


class LastUseWriter(Protocol):
    """The second: one attempt, of half a second at most."""

    def write(self, credential: Credential, used: str, use: Use, due: int) -> None:
        """Writes the use of that secret or key, and forgets those of which the credential has none any more.

        No version is counted, and no edit that runs at the same time fails for it. Raises Superseded where a use after
        ``due`` (epoch seconds) is written already.
        """


class SecretDigestWriter(Protocol):
    """The third, for a secret of an earlier release: one attempt, of half a second at most."""

    def write(self, digest: SecretDigest, secret_id: str) -> None:
        """Writes the digest, and that the secret has one. Raises Superseded where the secret is gone."""


class SecretDigestReader(Protocol):
    def find(self, token_ids: Sequence[str]) -> Mapping[str, SecretDigest]:
        """Those of these digests that there are, by their id."""


class LeakWriter(Protocol):
    def write(
        self,
        digest: SecretDigest,
        consequence: str,
        before: Credential,
        after: Credential,
        events: Sequence[AuditEvent],
    ) -> None:
        """Marks the digest with the consequence, and writes what differs of the credential.

        Raises Superseded unless both still are as they were read, or the digest alone where ``after`` is ``before``.
        """


class RefusalWriter(Protocol):
    def write(self, event: AuditEvent, reason: str, until: int) -> None:
        """Writes the event, of a client that was refused for this reason, and that until then there is one.

        One attempt, of half a second at most. Raises Superseded if there is one.
        """


class CredentialWriter(Protocol):
    def reserve_status_index(self, tenant_id: str) -> Tenant:
        """The tenant, with ``next_status_index`` raised by one: the index before it is the caller's alone.

        The row is made at generation 1 if there is none. No fence that the tenant shows has passed the index.
        """

    def insert(
        self,
        credential: Credential,
        event: AuditEvent,
        record: IdempotencyRecord | None = None,
        limit: int = 0,
        digest: SecretDigest | None = None,
    ) -> None:
        """Raises Superseded unless the tenant still is at the credential's generation, and has fewer than ``limit``.

        Those count that are not revoked; 0: any number. ``digest`` is its secret's.
        """

    def revoke(self, revoked: Credential, event: AuditEvent) -> None:
        """Stamps an active credential; raises Superseded unless it still is, and its tenant still at its generation."""

    def update(
        self,
        before: Credential,
        after: Credential,
        event: AuditEvent,
        record: IdempotencyRecord | None = None,
        digest: SecretDigest | None = None,
    ) -> None:
        """Writes what differs; raises Superseded unless the row still is as before, and the tenant at its generation.

        ``after`` is the next version; ``digest`` is its new secret's. A row that is stored as revoked is never changed.
        """


class RevocationWriter(Protocol):
    def insert_tenant(self, tenant: Tenant) -> None:
        """Raises Superseded if the tenant has a row."""

    def raise_fence(
        self, before: Tenant, after: Tenant, event: AuditEvent, record: IdempotencyRecord | None = None
    ) -> None:
        """Writes the new generation; raises Superseded unless the tenant still is at the old one."""


class SweepStore(Protocol):
    def stamp(self, revoked: Sequence[Credential], fence: int) -> None:
        """Stamps each row that is still active and of a generation before the fence; leaves the others alone."""

    def checkpoint(self, tenant_id: str, before: Sweep, after: Sweep) -> None:
        """Moves the sweep's cursor; raises Superseded unless it still is where it was."""

    def complete(self, before: Tenant, after: Tenant, events: Sequence[AuditEvent]) -> None:
        """Ends the sweep; raises Superseded unless it still is the one that ``before`` has."""

    def unfinished_sweeps(self) -> Sequence[str]:
        """The tenant_ids whose sweep was begun and not ended."""


class SweepStarter(Protocol):
    def start(self, tenant_id: str) -> None:
        """Continues the sweep of this tenant elsewhere, and does not wait for it."""


class AuditEventReader(Protocol):
    def newest_first(
        self, tenant_id: str, before: str | None, limit: int, not_before: str | None = None
    ) -> Page[AuditEvent]:
        """Up to ``limit`` events earlier than the event_id ``before``, and not earlier than ``not_before``."""
