"""A tenant's audit trail."""

import msgspec

from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.ports import AuditEventReader


class AuditEventPage(msgspec.Struct, frozen=True, kw_only=True):
    audit_events: tuple[AuditEvent, ...]
    next_cursor: str | None


class AuditTrail:
    def __init__(self, reader: AuditEventReader) -> None:
        self._reader = reader

    def list(self, caller: Caller, cursor: str | None, limit: int) -> AuditEventPage:
        """Up to ``limit`` of the caller's tenant's events, newest first, after the cursor of the page before."""
        page = self._reader.newest_first(caller.tenant_id, cursor, limit)
        more = page.more and bool(page.rows)
        return AuditEventPage(audit_events=tuple(page.rows), next_cursor=page.rows[-1].event_id if more else None)
