"""The counters of exchanges in the token_records table."""

import threading

import boto3
import pytest

from chalicelib.aws.stores.exchange_counter import DynamoDBExchangeCounter
from chalicelib.conditional_writes import Superseded
from chalicelib.errors import Unavailable
from chalicelib.tables import TOKEN_RECORDS
from emulators.dynamodb import DynamoDB, client_error
from tests.support.credentials import NOW
from tests.support.table_items import TableItems


def test_it_counts_up_to_the_limit_and_no_further(aws: None, table_items: TableItems) -> None:
    counter = DynamoDBExchangeCounter(boto3.client("dynamodb"), "token_records")
    for _ in range(3):
        counter.add("exchanges:a:1", 3, NOW)
    with pytest.raises(Superseded):
        counter.add("exchanges:a:1", 3, NOW)
    counter.add("exchanges:b:1", 3, NOW)
    counts = {row["token_id"]["S"]: row["exchanges"]["N"] for row in table_items("token_records")}
    assert counts == {"exchanges:a:1": "3", "exchanges:b:1": "1"}


def test_a_counter_ends_by_the_attribute_that_ttl_watches(aws: None, table_items: TableItems) -> None:
    DynamoDBExchangeCounter(boto3.client("dynamodb"), "token_records").add("exchanges:a:1", 3, NOW)
    (item,) = table_items("token_records")
    assert item[TOKEN_RECORDS.ttl] == {"N": str(NOW)}


def test_those_who_race_never_get_more_than_the_limit() -> None:
    client = DynamoDB()  # moto's writes are not atomic among threads
    outcomes: list[str] = []

    def ask() -> None:
        counter = DynamoDBExchangeCounter(client, TOKEN_RECORDS.name)
        for _ in range(10):
            try:
                counter.add("exchanges:a:1", 25, NOW)
                outcomes.append("counted")
            except Superseded:
                outcomes.append("full")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["counted"] * 25 + ["full"] * 55


@pytest.mark.parametrize("code", ["TransactionConflictException", "ProvisionedThroughputExceededException"])
def test_it_is_attempted_once(code: str) -> None:
    attempts: list[str] = []

    def fail(operation: str) -> None:
        attempts.append(operation)
        raise client_error(code, "x")

    client = DynamoDB(before=fail)
    with pytest.raises(Unavailable):
        DynamoDBExchangeCounter(client, TOKEN_RECORDS.name).add("exchanges:a:1", 3, NOW)
    assert attempts == ["UpdateItem"]
