"""A tenant's audit trail, over DynamoDB in memory."""

from typing import Any

import pytest

from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.audit_event_reader import DynamoDBAuditEventReader
from chalicelib.credentials.audit_event import Action, AuditEvent, audit_event
from chalicelib.credentials.audit_trail import MOST_EVENTS, AuditFilter, AuditTrail
from chalicelib.credentials.callers import Caller
from chalicelib.errors import InvalidRequest
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller

ADA, BOB, STRANGER = caller(), caller(name="Bob"), caller("globex")
NOW = 1_800_000_000


class Trail:
    def __init__(self) -> None:
        self.client = DynamoDB()
        self.trail = AuditTrail(DynamoDBAuditEventReader(self.client, "audit_events"))

    def write(
        self, at: float, action: Action = "credential.edited", client_id: str | None = None, by: Caller = ADA
    ) -> AuditEvent:
        event = audit_event(by, action, at, lambda size: b"\1" * size, client_id=client_id)
        self.client.load("audit_events", [to_item(event)])
        return event

    def times(self, limit: int = 2, by: Caller = ADA, **wanted: Any) -> list[int]:
        """When the events were that are found over all pages."""
        found: list[int] = []
        cursor = None
        while True:
            page = self.trail.page(by, AuditFilter(**wanted), cursor, limit)
            assert len(page.audit_events) <= limit
            found += [event.at for event in page.audit_events]
            cursor = page.next_cursor
            if cursor is None:
                return found


@pytest.fixture
def trail() -> Trail:
    return Trail()


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_have_each_event_once_the_newest_first(trail: Trail, limit: int) -> None:
    for at in range(NOW, NOW + 5):
        trail.write(at)
    trail.write(NOW, by=STRANGER)
    assert trail.times(limit) == [NOW + 4, NOW + 3, NOW + 2, NOW + 1, NOW]
    assert trail.times(limit, by=STRANGER) == [NOW]


def test_events_are_found_by_credential_action_and_actor(trail: Trail) -> None:
    trail.write(NOW, "credential.created", "one")
    trail.write(NOW + 1, "credential.revoked", "one", by=BOB)
    trail.write(NOW + 2, "credential.created", "other")
    trail.write(NOW + 3, "credentials.revoked_all")
    assert trail.times(client_id="one") == [NOW + 1, NOW]
    assert trail.times(action="credential.created") == [NOW + 2, NOW]
    assert trail.times(actor=BOB.subject) == [NOW + 1]
    assert trail.times(actor=ADA.subject, client_id="one") == [NOW]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_events_are_found_from_a_time_on_and_until_another(trail: Trail, limit: int) -> None:
    for at in (NOW, NOW + 1, NOW + 1.999, NOW + 2, NOW + 3):
        trail.write(at)
    assert trail.times(limit, since=NOW + 1) == [NOW + 3, NOW + 2, NOW + 1, NOW + 1]
    assert trail.times(limit, until=NOW + 2) == [NOW + 1, NOW + 1, NOW]
    assert trail.times(limit, since=NOW + 1, until=NOW + 2) == [NOW + 1, NOW + 1]
    assert trail.times(limit, since=NOW + 4) == []
    assert trail.times(limit, until=-5) == []


def test_a_time_that_is_asked_for_costs_no_read_of_another(trail: Trail) -> None:
    for at in range(NOW, NOW + 1000):
        trail.write(at)
    trail.client.read_units = 0
    assert len(trail.times(100, since=NOW + 400, until=NOW + 410)) == 10
    assert trail.client.read_units <= 2


def test_a_page_without_a_match_leads_on_while_there_is_more_to_read(trail: Trail) -> None:
    for at in range(NOW, NOW + MOST_EVENTS + 5):
        trail.write(at, client_id="other")
    trail.write(NOW - 1, client_id="one")
    page = trail.trail.page(ADA, AuditFilter(client_id="one"), None, 50)
    assert page.audit_events == ()
    assert page.next_cursor is not None
    assert trail.times(50, client_id="one") == [NOW - 1]


def test_a_cursor_of_another_tenant_or_of_another_filter_is_refused(trail: Trail) -> None:
    for at in range(NOW, NOW + 3):
        trail.write(at)
    cursor = trail.trail.page(ADA, AuditFilter(), None, 1).next_cursor
    assert cursor is not None
    for asking, wanted in ((STRANGER, AuditFilter()), (ADA, AuditFilter(since=NOW))):
        with pytest.raises(InvalidRequest):
            trail.trail.page(asking, wanted, cursor, 1)


def test_the_event_that_has_no_room_ends_the_page_and_begins_the_next(trail: Trail) -> None:
    for at in range(NOW, NOW + 4):
        trail.write(at)
    room = iter([True, True, False])
    page = trail.trail.page(ADA, AuditFilter(), None, 100, lambda _: next(room))
    assert [event.at for event in page.audit_events] == [NOW + 3, NOW + 2]
    rest = trail.trail.page(ADA, AuditFilter(), page.next_cursor, 100)
    assert [event.at for event in rest.audit_events] == [NOW + 1, NOW]
    assert rest.next_cursor is None


def test_an_event_that_never_has_room_is_on_a_page_of_its_own(trail: Trail) -> None:
    for at in range(NOW, NOW + 2):
        trail.write(at)
    page = trail.trail.page(ADA, AuditFilter(), None, 100, lambda _: False)
    assert [event.at for event in page.audit_events] == [NOW + 1]


def test_a_row_under_no_event_id_is_in_nobodys_way(trail: Trail) -> None:
    event = trail.write(NOW)
    trail.client.load("audit_events", [to_item(event) | {"event_id": {"S": name}} for name in ("zzz", "000")])
    assert trail.times(1) == [NOW]
