"""Audit events: how one is made, and how a tenant's are listed."""

from collections.abc import Callable

import msgspec

from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.credentials.model import Action, AuditEvent, Caller
from chalicelib.credentials.ports import AuditEventStore

Clock = Callable[[], float]
"""Returns seconds since the epoch (``time.time``)."""


class AuditEventPage(msgspec.Struct, frozen=True, kw_only=True):
    audit_events: tuple[AuditEvent, ...]
    next_cursor: str | None


def audit_event(
    caller: Caller,
    action: Action,
    now: float,
    random: Random,
    *,
    client_id: str | None = None,
    details: dict[str, str | int] | None = None,
) -> AuditEvent:
    """The event that tells of this caller's action now; it goes into the action's own transaction."""
    return AuditEvent(
        tenant_id=caller.tenant_id,
        event_id=time_ordered_id(now, random),
        at=int(now),
        action=action,
        actor=caller.actor,
        source_ip=caller.source_ip,
        request_id=caller.request_id,
        outcome="success",
        client_id=client_id,
        details=details or {},
    )


class AuditService:
    def __init__(self, store: AuditEventStore) -> None:
        self._store = store

    def list(self, caller: Caller, cursor: str | None, limit: int) -> AuditEventPage:
        """Up to ``limit`` of the caller's tenant's events, newest first, after the cursor of the page before."""
        page = self._store.newest_first(caller.tenant_id, cursor, limit)
        return AuditEventPage(
            audit_events=tuple(page.rows), next_cursor=page.rows[-1].event_id if page.more and page.rows else None
        )
