"""A span of time is read whole, of one tenant or of all, by moto's DynamoDB and by the emulator."""

from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.audit_event_spans import DynamoDBAuditEventSpans
from chalicelib.credentials.event_resending import ResendCommand
from chalicelib.credentials.identifiers import first_id_at
from emulators.dynamodb import DynamoDB
from tests.unit.credentials.test_published_event import EVENT

TABLE = tables.AUDIT_EVENTS.name
EVENTS = [
    replace(EVENT, tenant_id=tenant, event_id=first_id_at(second)[:-1] + str(number))
    for tenant in ("a", "b")
    for second in range(9)
    for number in (1, 2)
]
"""Two of each tenant in each of nine seconds."""


TENANTS = {"a": "a", "b": "b", None: "ab", "c": ""}
"""What is asked for, and whose events those are."""
SPANS = [range(9), range(3, 7), range(8, 9), range(20, 30)]


def filled(client: Any) -> Any:
    for event in EVENTS:
        client.put_item(TableName=TABLE, Item=to_item(event))
    return client


@pytest.fixture
def client() -> Any:
    return filled(DynamoDB())


def read(client: Any, command: ResendCommand) -> list[tuple[str, str]]:
    """Keys, page after page."""
    spans, cursor, found = DynamoDBAuditEventSpans(client, TABLE, rows=5), None, []
    while True:
        page = spans.page(command, cursor)
        found += [(event.tenant_id, event.event_id) for event in page.events]
        if page.cursor is None:
            return found
        cursor = page.cursor


def keys(tenants: str, seconds: range) -> list[tuple[str, str]]:
    ids = {first_id_at(second)[:-1] for second in seconds}
    return [(e.tenant_id, e.event_id) for e in EVENTS if e.tenant_id in tenants and e.event_id[:-1] in ids]


@pytest.mark.parametrize("tenant_id", TENANTS)
@pytest.mark.parametrize("seconds", SPANS)
def test_what_is_in_the_span_is_read_and_nothing_else(client: Any, tenant_id: str | None, seconds: range) -> None:
    found = read(client, ResendCommand(since=seconds.start, until=seconds.stop, tenant_id=tenant_id))
    assert sorted(found) == keys(TENANTS[tenant_id], seconds)
    for tenant in TENANTS[tenant_id]:
        own = [key for key in found if key[0] == tenant]
        assert own == sorted(own)


def test_dynamodb_answers_as_the_emulator_does(client: Any, aws: None) -> None:
    moto = filled(boto3.client("dynamodb"))
    for tenant_id in TENANTS:
        for seconds in SPANS:
            command = ResendCommand(since=seconds.start, until=seconds.stop, tenant_id=tenant_id)
            assert sorted(read(moto, command)) == sorted(read(client, command))


def test_a_row_that_cannot_be_read_stands_in_no_others_way(client: Any) -> None:
    client.put_item(TableName=TABLE, Item={"tenant_id": {"S": "a"}, "event_id": {"S": first_id_at(3)}})
    assert len(read(client, ResendCommand(since=3, until=4, tenant_id="a"))) == 3


@pytest.mark.parametrize("tenant_id", ["a", None])
def test_behind_any_event_the_rest_is_read(client: Any, tenant_id: str | None) -> None:
    spans, command = DynamoDBAuditEventSpans(client, TABLE), ResendCommand(since=0, until=9, tenant_id=tenant_id)
    whole = spans.page(command, None).events
    for position, event in enumerate(whole):
        assert spans.page(command, spans.cursor_behind(event)).events == whole[position + 1 :]


@pytest.mark.parametrize("cursor", ["", "x", '["a"]', '["a", 1]', "{}"])
def test_what_is_no_cursor_is_a_mistake(client: Any, cursor: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (msgspec's own words)
        DynamoDBAuditEventSpans(client, TABLE).page(ResendCommand(since=1, until=2), cursor)
