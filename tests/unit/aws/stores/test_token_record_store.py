import threading
from typing import Any

import boto3
import pytest

from chalicelib.aws.stores.token_record_store import DynamoDBTokenRecordStore
from chalicelib.oauth.replay import AlreadyUsed, access_token_id, assertion_id, proof_id
from tests.conftest import Clock


@pytest.fixture
def store(aws: None, clock: Clock) -> DynamoDBTokenRecordStore:
    return DynamoDBTokenRecordStore(boto3.client("dynamodb"), "token_records", clock)


def test_a_token_is_spent_once(store: DynamoDBTokenRecordStore, clock: Clock) -> None:
    assert not store.is_spent("a")
    store.spend("a", int(clock()) + 60)
    assert store.is_spent("a")
    with pytest.raises(AlreadyUsed):
        store.spend("a", int(clock()) + 60)
    assert not store.is_spent("b")


def test_a_row_that_outlived_its_end_says_nothing(store: DynamoDBTokenRecordStore, clock: Clock) -> None:
    store.spend("a", int(clock()) + 60)
    clock.advance(60)
    assert store.is_spent("a")
    clock.advance(1)
    assert not store.is_spent("a")
    store.spend("a", int(clock()) + 60)


def test_of_many_who_spend_a_token_one_comes_through(store: DynamoDBTokenRecordStore, clock: Clock) -> None:
    outcomes: list[str] = []

    def spend() -> None:
        try:
            store.spend("a", int(clock()) + 60)
            outcomes.append("through")
        except AlreadyUsed:
            outcomes.append("refused")

    threads = [threading.Thread(target=spend) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 9 + ["through"]


def test_a_row_ends_by_the_attribute_that_ttl_watches(
    store: DynamoDBTokenRecordStore, clock: Clock, table_items: Any
) -> None:
    store.spend("a", int(clock()) + 60)
    (item,) = table_items("token_records")
    watched = boto3.client("dynamodb").describe_time_to_live(TableName="token_records")["TimeToLiveDescription"]
    assert item[watched["AttributeName"]] == {"N": str(int(clock()) + 60)}


def test_the_ids_of_different_kinds_never_meet() -> None:
    assert len({assertion_id("a", "1"), assertion_id("a:1", ""), proof_id("a", "1"), access_token_id("1")}) == 4


def test_an_id_has_nothing_of_the_jti_in_it() -> None:
    assert "secret" not in assertion_id("a", "secret") + proof_id("a", "secret") + access_token_id("secret")
