"""A span of time is sent again, whatever gets in between."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.event_publisher import EventPublisher, Outcome
from chalicelib.credentials.event_resending import EventPage, EventResending, ResendCommand, Resent
from chalicelib.credentials.published_event import PublishedEvent
from tests.unit.credentials.test_event_publisher import Bus, Told, events
from tests.unit.credentials.test_published_event import ISSUER

COMMAND = ResendCommand(since=1, until=2)


class Pages:
    """Two pages of two events, and an empty one between them. A cursor is the number of the events before it."""

    _EVENTS = tuple(events("a1", "b1", "a2", "b2"))

    def page(self, _command: ResendCommand, cursor: str | None) -> EventPage:
        if cursor == "2":
            return EventPage(events=(), cursor="2, behind the empty page")
        begin = int((cursor or "0").partition(",")[0])
        found = self._EVENTS[begin : 2 if begin < 2 else 4]
        return EventPage(events=found, cursor="2" if begin < 2 else None)

    def cursor_behind(self, event: AuditEvent) -> str:
        return str(self._EVENTS.index(event) + 1)


class Many:
    """One page of 120 events of a tenant."""

    _EVENTS = tuple(events(*(f"a{number:03}" for number in range(120))))

    def page(self, _command: ResendCommand, cursor: str | None) -> EventPage:
        return EventPage(events=self._EVENTS[int(cursor or 0) :], cursor=None)

    def cursor_behind(self, event: AuditEvent) -> str:
        return str(self._EVENTS.index(event) + 1)


class FailingBus:
    """Takes all but one."""

    def __init__(self, refused: str = "a2") -> None:
        self._refused = refused

    def put(self, events: Sequence[PublishedEvent]) -> Sequence[Outcome]:
        return ["later" if event.event_id == self._refused else "accepted" for event in events]


def resending(bus: Bus | FailingBus) -> EventResending:
    return EventResending(Pages(), EventPublisher(bus, Told(), ISSUER))


def test_page_after_page_is_published() -> None:
    bus = Bus()
    assert resending(bus).resend(COMMAND, lambda: True) == Resent(published=4, cursor=None, done=True)
    assert bus.requests == [["a1", "b1"], ["a2", "b2"]]


def test_a_command_without_time_does_a_piece_and_says_where_to_go_on() -> None:
    again = resending(Bus())
    first = again.resend(COMMAND, lambda: False)
    assert first == Resent(published=2, cursor="2", done=False)
    second = again.resend(replace(COMMAND, cursor=first.cursor), lambda: True)
    assert second == Resent(published=2, cursor=None, done=True)


def test_a_page_that_takes_longer_than_there_is_time_is_left_in_the_middle() -> None:
    again = EventResending(Many(), EventPublisher(Bus(), Told(), ISSUER))
    looks = iter([True, False])
    first = again.resend(COMMAND, lambda: next(looks))
    assert first == Resent(published=100, cursor="100", done=False)
    assert again.resend(replace(COMMAND, cursor="100"), lambda: True) == Resent(published=20, cursor=None, done=True)


def test_the_cursor_passes_what_the_bus_took_and_nothing_else() -> None:
    assert resending(FailingBus()).resend(COMMAND, lambda: True) == Resent(
        published=2, cursor="2, behind the empty page", done=False
    )
    command = replace(COMMAND, cursor="1")
    assert resending(FailingBus("b1")).resend(command, lambda: True) == Resent(published=0, cursor="1", done=False)
    assert resending(FailingBus("b2")).resend(command, lambda: True) == Resent(published=2, cursor="3", done=False)


def test_a_first_page_that_is_held_up_is_not_done() -> None:
    assert resending(FailingBus("a1")).resend(COMMAND, lambda: True) == Resent(published=0, cursor=None, done=False)


@pytest.mark.parametrize("until", [0, 1])
def test_a_span_that_ends_before_it_begins_is_a_mistake(until: int) -> None:
    with pytest.raises(ValueError, match="until must be after since"):
        resending(Bus()).resend(ResendCommand(since=1, until=until), lambda: True)
