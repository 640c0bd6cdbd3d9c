"""A span of time is sent again, whatever gets in between."""

from collections.abc import Sequence

import pytest

from chalicelib.credentials.event_publisher import EventPublisher, Outcome
from chalicelib.credentials.event_resending import EventPage, EventResending, ResendCommand, Resent
from chalicelib.credentials.published_event import PublishedEvent
from tests.unit.credentials.test_event_publisher import Bus, Told, events
from tests.unit.credentials.test_published_event import ISSUER

COMMAND = ResendCommand(since=1, until=2)


class Pages:
    """Two pages of two events, and an empty one between them."""

    _PAGES = {  # noqa: RUF012  (nobody changes it)
        None: EventPage(events=tuple(events("a1", "b1")), cursor="1"),
        "1": EventPage(events=(), cursor="2"),
        "2": EventPage(events=tuple(events("a2", "b2")), cursor=None),
    }

    def page(self, _command: ResendCommand, cursor: str | None) -> EventPage:
        return self._PAGES[cursor]


class FailingBus:
    """Takes all but ``a2``."""

    def put(self, events: Sequence[PublishedEvent]) -> Sequence[Outcome]:
        return ["later" if event.event_id == "a2" else "accepted" for event in events]


def resending(bus: Bus | FailingBus) -> EventResending:
    return EventResending(Pages(), EventPublisher(bus, Told(), ISSUER))


def test_page_after_page_is_published() -> None:
    bus = Bus()
    assert resending(bus).resend(COMMAND, lambda: True) == Resent(published=4, cursor=None, done=True)
    assert bus.requests == [["a1", "b1"], ["a2", "b2"]]


def test_a_command_without_time_does_a_page_and_says_where_to_go_on() -> None:
    again = resending(Bus())
    first = again.resend(COMMAND, lambda: False)
    assert first == Resent(published=2, cursor="1", done=False)
    second = again.resend(ResendCommand(since=1, until=2, cursor=first.cursor), lambda: True)
    assert second == Resent(published=2, cursor=None, done=True)


def test_the_cursor_does_not_pass_what_the_bus_did_not_take() -> None:
    assert resending(FailingBus()).resend(COMMAND, lambda: True) == Resent(published=2, cursor="2", done=False)


def test_a_first_page_that_is_held_up_is_not_done() -> None:
    command = ResendCommand(since=1, until=2, cursor="2")
    assert resending(FailingBus()).resend(command, lambda: True) == Resent(published=0, cursor="2", done=False)


@pytest.mark.parametrize("until", [0, 1])
def test_a_span_that_ends_before_it_begins_is_a_mistake(until: int) -> None:
    with pytest.raises(ValueError, match="until must be after since"):
        resending(Bus()).resend(ResendCommand(since=1, until=until), lambda: True)
