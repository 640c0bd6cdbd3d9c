"""The row of the signing keys' schedule."""

import boto3
import pytest

from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader, DynamoDBKeyScheduleWriter
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.identifiers import is_tenant_key
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_schedule import KeyDescription
from chalicelib.tables import TENANTS
from chalicelib.wiring import Zones
from tests.support.table_items import TableItems


@pytest.fixture
def reader(aws: None) -> DynamoDBKeyScheduleReader:
    return DynamoDBKeyScheduleReader(boto3.client("dynamodb"), TENANTS.name)


@pytest.fixture
def writer(aws: None) -> DynamoDBKeyScheduleWriter:
    return DynamoDBKeyScheduleWriter(boto3.client("dynamodb"), TENANTS.name)


def test_a_schedule_is_read_as_it_was_written(
    reader: DynamoDBKeyScheduleReader, writer: DynamoDBKeyScheduleWriter
) -> None:
    first = key_schedule.initial(KeyDescription(key_id="arn:a", kid="a", algorithm="ES256"), 1)
    writer.write(None, first)
    assert reader.read() == first
    rotating = key_schedule.rotate(first, KeyDescription(key_id="arn:b", kid="b", algorithm="RS256"), 2)
    writer.write(first, rotating)
    assert reader.read() == rotating
    dropped = key_schedule.drop(rotating, "b", None, 3)
    writer.write(rotating, dropped)
    assert reader.read() == dropped


def test_of_two_writes_on_the_same_schedule_one_is_superseded(
    reader: DynamoDBKeyScheduleReader, writer: DynamoDBKeyScheduleWriter
) -> None:
    first = key_schedule.initial(KeyDescription(key_id="arn:a", kid="a", algorithm="ES256"), 1)
    writer.write(None, first)
    with pytest.raises(Superseded):
        writer.write(None, first)
    b, c = (key_schedule.rotate(first, KeyDescription(key_id=k, kid=k, algorithm="ES256"), 2) for k in "bc")
    writer.write(first, b)
    with pytest.raises(Superseded):
        writer.write(first, c)
    assert reader.read() == b


def test_the_row_of_the_schedule_is_no_tenant(zones: Zones, table_items: TableItems) -> None:
    zones.keys.operations.advance()
    assert [is_tenant_key(item["tenant_id"]["S"]) for item in table_items("tenants")] == [False]
    assert zones.console.sweeper.resume_all(lambda: True) == 0
