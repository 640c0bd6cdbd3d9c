"""What the use cases ask of storage. Every write is conditional; a change and its audit event are one transaction.

Each method may raise ``errors.Unavailable``. Reads are strongly consistent.
"""

from collections.abc import Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

import msgspec

from chalicelib.credentials.model import AuditEvent, Credential, StoredSecret, Sweep, Tenant

Row = TypeVar("Row")


class Superseded(Exception):
    """A condition did not hold: the rows changed since they were read. Nothing was written; read again."""


class Page(msgspec.Struct, Generic[Row], frozen=True):
    """Rows in order, and whether there may be more after the last."""

    rows: Sequence[Row]
    more: bool


class Standing(NamedTuple):
    """A credential and its tenant, read so that the credential's generation is never ahead of the tenant's."""

    tenant: Tenant | None
    credential: Credential | None


class CredentialStore(Protocol):
    def standing(self, client_id: str) -> Standing:
        """The credential of this client_id, with its tenant, in one read."""

    def tenant(self, tenant_id: str) -> Tenant | None: ...

    def admit(self, tenant_id: str) -> Tenant:
        """The tenant, with ``next_status_index`` raised by one: the index before it is the caller's alone.

        The row is made at generation 1 if there is none. No fence that the tenant shows has passed the index.
        """

    def ensure_tenant(self, tenant_id: str) -> Tenant:
        """The tenant; its row is made at generation 1 if there is none."""

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[Credential]:
        """Up to ``limit`` credentials made before the client_id ``before``."""

    def oldest_first(self, tenant_id: str, after: str, limit: int) -> Page[Credential]:
        """Up to ``limit`` credentials made after the client_id ``after`` ("" for the first)."""

    def insert(self, credential: Credential, event: AuditEvent) -> None:
        """Raises Superseded unless the tenant still is at the credential's generation."""

    def revoke(self, revoked: Credential, event: AuditEvent) -> None:
        """Stamps an active credential; raises Superseded unless it still is, and its tenant still at its generation."""

    def replace_secrets(self, before: Credential, after: Credential, event: AuditEvent) -> None:
        """Raises Superseded unless the credential still is active, with the secrets and in the generation of before."""

    def replace_hash(self, client_id: str, secret_id: str, old: StoredSecret, new: StoredSecret) -> None:
        """Raises Superseded unless the secret still has the old hash."""


class RevocationStore(Protocol):
    def raise_fence(self, before: Tenant, after: Tenant, event: AuditEvent) -> None:
        """Writes the new generation; raises Superseded unless the tenant still is at the old one."""

    def stamp(self, revoked: Sequence[Credential], fence: int) -> None:
        """Stamps each row that is still active and of a generation before the fence; leaves the others alone."""

    def checkpoint(self, tenant_id: str, before: Sweep, after: Sweep) -> None:
        """Moves the sweep's cursor; raises Superseded unless it still is where it was."""

    def complete(self, before: Tenant, after: Tenant, events: Sequence[AuditEvent]) -> None:
        """Ends the sweep; raises Superseded unless it still is the one that ``before`` has."""

    def unfinished_sweeps(self) -> Sequence[str]:
        """The tenant_ids whose sweep was begun and not ended."""


class AuditEventStore(Protocol):
    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[AuditEvent]:
        """Up to ``limit`` events earlier than the event_id ``before``."""
