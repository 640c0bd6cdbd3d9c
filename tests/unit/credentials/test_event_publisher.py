"""Events are published in their order, one of a tenant at a time."""

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.event_publisher import EventPublisher, Outcome
from chalicelib.credentials.published_event import PublishedEvent
from chalicelib.errors import Unavailable
from tests.unit.credentials.test_published_event import EVENT, ISSUER


class Bus:
    """Takes up to three events at a time; ``outcome`` says what comes of each."""

    def __init__(self, outcome: Callable[[str], Outcome] = lambda _: "accepted") -> None:
        self.requests: list[list[str]] = []
        self._outcome = outcome

    def put(self, events: Sequence[PublishedEvent]) -> Sequence[Outcome]:
        self.requests.append([event.event_id for event in events[:3]])
        return [self._outcome(event.event_id) for event in events[:3]]


class Told:
    def __init__(self, error: Exception | None = None) -> None:
        self.events: list[str] = []
        self._error = error

    def tell(self, event: PublishedEvent) -> None:
        if self._error is not None:
            raise self._error
        self.events.append(event.event_id)


def events(*ids: str) -> list[AuditEvent]:
    """Those of the tenants that the first letters name."""
    return [replace(EVENT, event_id=event_id, tenant_id=event_id[0]) for event_id in ids]


def test_a_tenants_events_are_put_one_after_another_those_of_others_beside_them() -> None:
    bus = Bus()
    assert EventPublisher(bus, Told(), ISSUER).publish(events("a1", "a2", "b1", "c1", "d1", "a3")) == 6
    assert bus.requests == [["a1", "b1", "c1"], ["a2", "d1"], ["a3"]]


def test_nothing_of_a_tenant_is_put_behind_what_was_not_taken() -> None:
    bus = Bus(lambda event_id: "later" if event_id == "a1" else "accepted")
    assert EventPublisher(bus, Told(), ISSUER).publish(events("b1", "a1", "a2", "b2")) == 1
    assert bus.requests == [["b1", "a1"]]


def test_what_is_refused_for_good_is_told_of_and_is_done_with() -> None:
    bus, told = Bus(lambda event_id: "refused" if event_id == "a1" else "accepted"), Told()
    assert EventPublisher(bus, told, ISSUER).publish(events("a1", "a2")) == 2
    assert (bus.requests, told.events) == ([["a1"], ["a2"]], ["a1"])


def test_what_is_refused_and_cannot_be_told_of_is_not_done_with() -> None:
    bus = Bus(lambda event_id: "refused" if event_id == "a1" else "accepted")
    assert EventPublisher(bus, Told(Unavailable()), ISSUER).publish(events("b1", "a1", "a2")) == 1


def test_a_bus_that_does_not_answer_has_taken_nothing() -> None:
    def fail(_event_id: str) -> Outcome:
        raise Unavailable

    assert EventPublisher(Bus(fail), Told(), ISSUER).publish(events("a1", "b1")) == 0


@pytest.mark.parametrize("ids", [(), ("a1",)])
def test_all_that_is_taken_is_done_with(ids: tuple[str, ...]) -> None:
    assert EventPublisher(Bus(), Told(), ISSUER).publish(events(*ids)) == len(ids)
