"""A tenant's audit trail, a page at a time, or exported piece by piece."""

from collections.abc import Callable

import msgspec

from chalicelib.credentials.audit_event import Action, AuditEvent
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.cursors import cursor_at, position_of
from chalicelib.credentials.identifiers import first_id_at, is_time_ordered_id
from chalicelib.credentials.ports import AuditEventReader

_READ_SIZES = (100, 200, 400, 800)
"""Rows of each read of one request: most pages are full with the first. DynamoDB ends a read at 1 MB besides."""
MOST_EVENTS = sum(_READ_SIZES)
"""Bounds the work of one request: its page may be short, or empty, and its cursor goes on."""


class AuditFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which events a list has: those that meet all of it.

    ``actor`` is a subject. Those at ``since`` or later and before ``until``, epoch seconds.
    """

    client_id: str | None = None
    action: Action | None = None
    actor: str | None = None
    since: int | None = None
    until: int | None = None

    def has(self, event: AuditEvent) -> bool:
        """Whether an event of the time that is asked for is in the list."""
        return (
            self.client_id in (None, event.client_id)
            and self.action in (None, event.action)
            and self.actor in (None, event.actor.subject)
        )


class AuditEventPage(msgspec.Struct, frozen=True, kw_only=True):
    """``next_cursor`` is None only where there is nothing more to read."""

    audit_events: tuple[AuditEvent, ...]
    next_cursor: str | None


class AuditTrail:
    def __init__(self, reader: AuditEventReader) -> None:
        self._reader = reader

    def page(
        self,
        caller: Caller,
        wanted: AuditFilter,
        cursor: str | None,
        limit: int,
        fits: Callable[[AuditEvent], bool] = lambda _: True,
    ) -> AuditEventPage:
        """Up to ``limit`` of the caller's tenant's events, newest first, after the cursor of the page before.

        ``fits``: whether an event has room on the page; the first that has not ends it, unless nothing is on it yet.
        Reads at most MOST_EVENTS rows. Raises InsufficientScope, and InvalidRequest for a cursor of another
        list.
        """
        caller.require_viewer()
        last_read = None if cursor is None else position_of(cursor, caller.tenant_id, wanted)
        end = None if wanted.until is None else first_id_at(wanted.until)
        start = None if wanted.since is None else first_id_at(wanted.since)
        found: list[AuditEvent] = []

        def page(more: bool) -> AuditEventPage:
            next_cursor = cursor_at(last_read, caller.tenant_id, wanted) if more and last_read is not None else None
            return AuditEventPage(audit_events=tuple(found), next_cursor=next_cursor)

        for size in _READ_SIZES:
            read = self._reader.newest_first(caller.tenant_id, last_read or end, size, not_before=start)
            for event in read.rows:
                if not is_time_ordered_id(event.event_id):
                    continue  # nothing that a cursor could name
                if wanted.has(event):
                    if not fits(event) and found:
                        return page(more=True)
                    found.append(event)
                last_read = event.event_id
                if len(found) == limit:
                    return page(more=read.more or event is not read.rows[-1])
            if not read.more:
                return page(more=False)
        return page(more=True)
