"""What must be seen once, or remembered until it expires."""

import threading

import boto3
import pytest

from chalicelib.aws.stores.token_record_store import DynamoDBReplayGuard, DynamoDBRevokedTokens
from chalicelib.oauth.replay import AlreadyUsed, assertion_id, proof_id
from chalicelib.oauth.token_revocation import access_token_id
from chalicelib.tables import TOKEN_RECORDS
from emulators.dynamodb import DynamoDB
from tests.support.clocks import Clock
from tests.support.table_items import TableItems


@pytest.fixture
def guard(aws: None, clock: Clock) -> DynamoDBReplayGuard:
    return DynamoDBReplayGuard(boto3.client("dynamodb"), "token_records", clock)


@pytest.fixture
def revoked(aws: None, clock: Clock) -> DynamoDBRevokedTokens:
    return DynamoDBRevokedTokens(boto3.client("dynamodb"), "token_records", clock)


def test_a_token_is_used_once(guard: DynamoDBReplayGuard, clock: Clock) -> None:
    guard.use_once("a", int(clock()) + 60)
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60)
    guard.use_once("b", int(clock()) + 60)


def test_a_use_that_outlived_its_end_says_nothing(guard: DynamoDBReplayGuard, clock: Clock) -> None:
    guard.use_once("a", int(clock()) + 60)
    clock.advance(60)
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60)
    clock.advance(1)
    guard.use_once("a", int(clock()) + 60)


def test_a_revoked_token_is_remembered_until_its_end(revoked: DynamoDBRevokedTokens, clock: Clock) -> None:
    assert not revoked.has("a")
    revoked.add("a", int(clock()) + 60)
    revoked.add("a", int(clock()) + 60)
    assert revoked.has("a")
    assert not revoked.has("b")
    clock.advance(60)
    assert revoked.has("a")
    clock.advance(1)
    assert not revoked.has("a")


def test_of_many_who_use_a_token_one_comes_through(clock: Clock) -> None:
    guard = DynamoDBReplayGuard(DynamoDB(), TOKEN_RECORDS.name, clock)  # moto's writes are not atomic among threads
    outcomes: list[str] = []

    def use() -> None:
        try:
            guard.use_once("a", int(clock()) + 60)
            outcomes.append("through")
        except AlreadyUsed:
            outcomes.append("refused")

    threads = [threading.Thread(target=use) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 9 + ["through"]


def test_a_row_ends_by_the_attribute_that_ttl_watches(
    guard: DynamoDBReplayGuard, clock: Clock, table_items: TableItems
) -> None:
    guard.use_once("a", int(clock()) + 60)
    (item,) = table_items("token_records")
    watched = boto3.client("dynamodb").describe_time_to_live(TableName="token_records")["TimeToLiveDescription"]
    assert item[watched["AttributeName"]] == {"N": str(int(clock()) + 60)}


def test_the_ids_of_different_kinds_never_meet() -> None:
    assert len({assertion_id("a", "1"), assertion_id("a:1", ""), proof_id("a", "1"), access_token_id("1")}) == 4


def test_an_id_has_nothing_of_the_jti_in_it() -> None:
    assert "secret" not in assertion_id("a", "secret") + proof_id("a", "secret") + access_token_id("secret")
