"""Publishes the audit events of a span of time again, for whom some did not reach."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from chalicelib.clock import EpochSeconds
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.event_publisher import EventPublisher

_PIECE = 50
"""Events between two looks at the time. All of one tenant, they are published one after another."""


class ResendCommand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The events at ``since`` or later and before ``until``, of one tenant or of all.

    ``cursor`` goes on where the answer before has ended.
    """

    since: EpochSeconds
    until: EpochSeconds
    tenant_id: str | None = None
    cursor: str | None = None


class Resent(msgspec.Struct, frozen=True, kw_only=True):
    """How many events were published. Unless ``done``, the same command with this ``cursor`` goes on."""

    published: int
    cursor: str | None
    done: bool


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the events, a tenant's in their order; ``cursor`` is None only where there is nothing more to read."""

    events: tuple[AuditEvent, ...]
    cursor: str | None


class AuditEventSpans(Protocol):
    def page(self, command: ResendCommand, cursor: str | None) -> EventPage:
        """The events behind the cursor; None: from the first on. Raises ValueError for what is none, Unavailable."""

    def cursor_behind(self, event: AuditEvent) -> str:
        """The cursor of a page that begins behind this event."""


class EventResending:
    def __init__(self, spans: AuditEventSpans, publisher: EventPublisher) -> None:
        self._spans = spans
        self._publisher = publisher

    def resend(self, command: ResendCommand, has_time: Callable[[], bool]) -> Resent:
        """Publishes piece by piece while there is time and the bus takes all; the cursor passes only what is done.

        Raises ValueError for a span that ends before it begins and for a cursor that is none, Unavailable.
        """
        if command.until <= command.since:
            raise ValueError("until must be after since")
        cursor, published = command.cursor, 0
        while True:
            page = self._spans.page(command, cursor)
            for begin in range(0, len(page.events), _PIECE):
                if begin and not has_time():
                    return Resent(published=published, cursor=cursor, done=False)
                piece = page.events[begin : begin + _PIECE]
                done = self._publisher.publish(piece)
                published += done
                if done:
                    cursor = self._spans.cursor_behind(piece[done - 1])
                if done < len(piece):
                    return Resent(published=published, cursor=cursor, done=False)
            cursor = page.cursor
            if cursor is None or not has_time():
                return Resent(published=published, cursor=cursor, done=cursor is None)
