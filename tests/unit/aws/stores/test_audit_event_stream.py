"""Whatever happens between stream and bus, every event arrives, a tenant's in their order, and ids tell twins."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.event_resending import ResendCommand
from emulators.dynamodb import client_error
from tests.support.event_lab import EventLab

Put = Callable[[], Any]


class Died(Exception):
    """The function's process is gone."""


def die_before(put: Put) -> Any:
    raise Died


def die_after(put: Put) -> Any:
    put()
    raise Died


def lose_the_answer(put: Put) -> Any:
    put()
    raise EndpointConnectionError(endpoint_url="https://events.example.com")


def throttle(put: Put) -> Any:
    raise client_error("ThrottlingException")


def break_down(put: Put) -> Any:
    raise client_error("InternalException", status=500)


def work(put: Put) -> Any:
    return put()


fates = st.sampled_from([work, die_before, die_after, lose_the_answer, throttle, break_down])
refusals = st.sampled_from([0, 0, 0, 1, 6, 13])
"""How often an event is not taken before it is: once, throughout one attempt of the function, throughout two."""


def in_turn(fate_of_each_call: list[Callable[[Put], Any]]) -> Callable[[Put], Any]:
    """The nth call meets the nth fate; those after the last work."""
    left = iter(fate_of_each_call)
    return lambda put: next(left, work)(put)


def busy_for(refusals_of: dict[str, int]) -> Callable[[dict[str, Any]], str | None]:
    def refuse(entry: dict[str, Any]) -> str | None:
        event_id = json.loads(entry["Detail"])["event_id"]
        if not refusals_of.get(event_id):
            return None
        refusals_of[event_id] -= 1
        return "ThrottlingException" if refusals_of[event_id] % 2 else "InternalFailure"

    return refuse


@given(
    tenants=st.lists(st.sampled_from("abc"), max_size=30),
    calls=st.lists(fates, max_size=12),
    busy=st.lists(refusals, max_size=30),
    again=st.booleans(),
)
@pytest.mark.search
def test_each_event_arrives_and_those_of_a_tenant_come_first_in_their_order(
    tenants: list[str], calls: list[Callable[[Put], Any]], busy: list[int], again: bool
) -> None:
    lab = EventLab(in_turn(calls))
    written = [lab.write(tenant) for tenant in tenants]
    lab.bus.refuse = busy_for({event.event_id: count for event, count in zip(written, busy, strict=False)})
    lab.delete_rows()
    lab.mapping.hand_out(lab.records())
    if again:
        lab.mapping.hand_out(lab.records())
    arrived = lab.arrived()
    assert set(arrived) == {event.event_id for event in written}
    for tenant_id in {event.tenant_id for event in written}:
        firsts = list(dict.fromkeys(d["event_id"] for d in lab.bus.arrived if d["tenant_id"] == tenant_id))
        assert firsts == [event.event_id for event in written if event.tenant_id == tenant_id]
    twins = {json.dumps(detail) for detail in lab.bus.arrived}
    assert len(twins) == len(set(arrived))
    assert lab.mapping.given_up == []
    assert lab.queue.messages == []


def test_what_is_deleted_or_changed_is_no_event() -> None:
    lab = EventLab()
    lab.write("acme")
    lab.delete_rows()
    assert [record["eventName"] for record in lab.records()] == ["INSERT", "REMOVE"]
    assert lab.stream.publish({"Records": lab.records()[1:]}) == {"batchItemFailures": []}
    assert lab.stream.publish({"Records": [lab.records()[0] | {"eventName": "MODIFY"}]}) == {"batchItemFailures": []}
    assert lab.arrived() == []


def test_a_batch_that_is_published_is_done() -> None:
    lab = EventLab()
    for _ in range(3):
        lab.write("acme")
    assert lab.stream.publish({"Records": lab.records()}) == {"batchItemFailures": []}


def test_lambda_is_told_the_first_record_that_the_bus_does_not_take() -> None:
    lab = EventLab()
    events = [lab.write("acme") for _ in range(3)]
    lab.bus.refuse = lambda entry: "ThrottlingException" if events[1].event_id in entry["Detail"] else None
    answer = lab.stream.publish({"Records": lab.records()})
    assert answer == {"batchItemFailures": [{"itemIdentifier": lab.records()[1]["dynamodb"]["SequenceNumber"]}]}
    assert lab.arrived() == [events[0].event_id]


def test_an_event_that_no_bus_takes_is_told_of_and_keeps_none_waiting() -> None:
    lab = EventLab()
    before, too_large, after = lab.write("acme"), lab.write("acme", text="x" * 300_000), lab.write("acme")
    lab.mapping.hand_out(lab.records())
    assert lab.arrived() == [before.event_id, after.event_id]
    [message] = lab.queue.messages
    assert json.loads(message)["undelivered"]["event_id"] == too_large.event_id


def test_a_row_that_cannot_be_read_is_published_as_far_as_it_can() -> None:
    lab = EventLab()
    broken, whole = lab.write("acme"), lab.write("acme")
    records = lab.records()
    records[0]["dynamodb"]["NewImage"]["actor"] = {"S": "nobody"}
    lab.mapping.hand_out(records)
    assert lab.arrived() == [broken.event_id, whole.event_id]


def test_what_waited_for_too_long_is_told_of_and_a_span_sent_again_brings_it() -> None:
    lab = EventLab(throttle)
    lost = [lab.write("acme"), lab.write("other"), lab.write("acme")]
    lab.mapping.hand_out(lab.records())
    [told] = lab.mapping.given_up
    span = told["DDBStreamBatchInfo"]
    assert (span["batchSize"], lab.arrived()) == (3, [])
    lab.call = work
    command = ResendCommand(
        since=int(span["approximateArrivalOfFirstRecord"]), until=int(span["approximateArrivalOfLastRecord"]) + 1
    )
    assert lab.resending.resend(command, lambda: True).published == 3
    assert sorted(lab.arrived()) == sorted(event.event_id for event in lost)


def test_what_comes_later_is_published_while_a_bus_recovers() -> None:
    """The events that were held up go first."""
    failing = [throttle] * 30
    lab = EventLab(in_turn(list(failing)))
    first = lab.write("acme")
    lab.mapping.hand_out(lab.records())
    second = lab.write("acme")
    lab.mapping.hand_out(lab.records()[1:])
    assert lab.arrived() == [first.event_id, second.event_id]
