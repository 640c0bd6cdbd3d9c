"""A tenant's audit trail, a page at a time."""

import pytest

from chalicelib.credentials.audit_event import AuditEvent, audit_event
from chalicelib.credentials.audit_trail import AuditTrail
from chalicelib.credentials.ports import Page
from tests.support.callers import caller

EVENTS = [audit_event(caller(), "credential.created", now, bytes) for now in (2.0, 1.0)]


class Reader:
    """Gives out one page, and keeps what it was asked for."""

    def __init__(self, page: Page[AuditEvent]) -> None:
        self._page = page
        self.asked: list[tuple[str, str | None, int]] = []

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[AuditEvent]:
        self.asked.append((tenant_id, before, limit))
        return self._page


@pytest.mark.parametrize(
    ("page", "next_cursor"),
    [(Page(EVENTS, True), EVENTS[-1].event_id), (Page(EVENTS, False), None), (Page([], True), None)],
)
def test_the_cursor_is_the_last_event_where_there_may_be_more(page: Page[AuditEvent], next_cursor: str | None) -> None:
    listed = AuditTrail(Reader(page)).list(caller(), None, 2)
    assert (list(listed.audit_events), listed.next_cursor) == (page.rows, next_cursor)


def test_a_caller_sees_the_own_tenant_alone() -> None:
    reader = Reader(Page([], False))
    globex = caller("globex")
    AuditTrail(reader).list(globex, "cursor", 7)
    assert reader.asked == [(globex.tenant_id, "cursor", 7)]
