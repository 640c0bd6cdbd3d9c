"""EventBridge gets no more than it takes at once, and is asked again for what it did not take."""

import json
from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib.aws.eventbridge import EventBridgeBus
from chalicelib.credentials.published_event import PublishedEvent, published_event
from chalicelib.errors import Unavailable
from emulators.dynamodb import client_error
from emulators.event_bus import Entry, EventBus
from tests.support.log_lines import LogLines
from tests.unit.credentials.test_published_event import EVENT, ISSUER


def events(count: int, size: int = 0) -> list[PublishedEvent]:
    """With as many bytes of text in each."""
    return [
        published_event(replace(EVENT, event_id=str(number), details={"text": "x" * size}), ISSUER)
        for number in range(count)
    ]


def bus_of(client: Any, waits: list[float] | None = None) -> EventBridgeBus:
    return EventBridgeBus(client, "audit", (waits if waits is not None else []).append)


def test_an_event_goes_on_the_bus_that_is_named_as_it_is_published() -> None:
    emulator = EventBus()
    assert bus_of(emulator).put(events(1)) == ["accepted"]
    [[sent]] = emulator.requests
    assert (sent["EventBusName"], sent["Source"], sent["DetailType"]) == (
        "audit",
        "api-client-credentials",
        "Audit event",
    )
    assert json.loads(sent["Detail"])["event_id"] == "0"


def test_ten_at_most_are_put_at_once() -> None:
    assert bus_of(EventBus()).put(events(12)) == ["accepted"] * 10


def test_no_request_is_larger_than_eventbridge_takes() -> None:
    assert bus_of(EventBus()).put(events(4, 100_000)) == ["accepted"] * 2


def test_an_event_that_is_larger_goes_alone_and_is_refused(lines: LogLines) -> None:
    assert bus_of(EventBus()).put(events(2, 300_000)) == ["refused"]
    assert [line["aws_service"] for line in lines()] == ["events"]


def test_an_entry_that_is_not_taken_is_put_again_and_no_other() -> None:
    emulator = EventBus(once("ThrottlingException", "1"))
    assert bus_of(emulator).put(events(3)) == ["accepted"] * 3
    assert [[json.loads(entry["Detail"])["event_id"] for entry in request] for request in emulator.requests] == [
        ["0", "1", "2"],
        ["1"],
    ]


def once(code: str, event_id: str) -> Any:
    met: list[Entry] = []

    def refuse(entry: Entry) -> str | None:
        if json.loads(entry["Detail"])["event_id"] != event_id or met:
            return None
        met.append(entry)
        return code

    return refuse


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalFailure", "AccessDeniedException", "SomethingNew"])
def test_an_entry_that_is_never_taken_is_for_later(code: str, lines: LogLines) -> None:
    waits: list[float] = []
    assert bus_of(EventBus(lambda _: code), waits).put(events(1)) == ["later"]
    assert len(waits) == 4
    assert {line["aws_error"] for line in lines()} == {code}


@pytest.mark.parametrize("code", ["InvalidArgument", "MalformedDetail"])
def test_an_entry_that_is_refused_for_itself_is_not_put_again(code: str) -> None:
    emulator = EventBus(lambda _: code)
    assert bus_of(emulator).put(events(1)) == ["refused"]
    assert len(emulator.requests) == 1


class RefusesOne:
    """Refuses a request as a whole for one of its entries."""

    def put_events(self, *, Entries: list[Entry]) -> Any:  # noqa: N803
        if any('"event_id":"1"' in entry["Detail"] for entry in Entries):
            raise client_error("ValidationException")
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "x"} for _ in Entries]}


def test_a_request_that_is_refused_is_taken_apart() -> None:
    assert bus_of(RefusesOne()).put(events(3)) == ["accepted", "refused", "accepted"]


class Failing:
    def put_events(self, *, Entries: list[Entry]) -> Any:  # noqa: N803
        raise client_error("AccessDeniedException")


def test_a_bus_that_does_not_serve_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        bus_of(Failing()).put(events(1))


def test_eventbridge_takes_what_is_put(aws: None) -> None:
    client: Any = boto3.client("events")
    client.create_event_bus(Name="audit")
    assert bus_of(client).put(events(3)) == ["accepted"] * 3
