"""What must be seen once, or remembered until it expires."""

import threading
from typing import Any

import boto3
import pytest

from chalicelib.aws.stores.token_record_store import DynamoDBReplayGuard, DynamoDBRevokedTokens
from chalicelib.errors import Unavailable
from chalicelib.oauth.replay import AlreadyUsed, assertion_id, proof_id
from chalicelib.oauth.token_revocation import access_token_id
from chalicelib.tables import TOKEN_RECORDS
from emulators.dynamodb import DynamoDB, client_error
from tests.support.clocks import Clock
from tests.support.table_items import TableItems


@pytest.fixture
def guard(aws: None, clock: Clock) -> DynamoDBReplayGuard:
    return DynamoDBReplayGuard(boto3.client("dynamodb"), "token_records", clock)


def test_a_token_is_used_once(guard: DynamoDBReplayGuard, clock: Clock) -> None:
    guard.use_once("a", int(clock()) + 60, "jwt")
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60, "jwt")
    guard.use_once("b", int(clock()) + 60, "jwt")


def test_a_use_that_outlived_its_end_says_nothing(guard: DynamoDBReplayGuard, clock: Clock) -> None:
    guard.use_once("a", int(clock()) + 60, "jwt")
    clock.advance(60)
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60, "jwt")
    clock.advance(1)
    guard.use_once("a", int(clock()) + 60, "jwt")


def test_a_revoked_token_is_remembered_until_ttl_deletes_it(aws: None) -> None:
    client = boto3.client("dynamodb")
    revoked = DynamoDBRevokedTokens(client, "token_records")
    revoked.add("a", 60)
    revoked.add("a", 60)
    assert client.scan(TableName="token_records")["Items"] == [{"token_id": {"S": "a"}, "expires_at": {"N": "60"}}]


def outcomes_of_many(guard: DynamoDBReplayGuard, clock: Clock) -> list[str]:
    outcomes: list[str] = []

    def use() -> None:
        try:
            guard.use_once("a", int(clock()) + 60, "jwt")
            outcomes.append("through")
        except AlreadyUsed:
            outcomes.append("refused")

    threads = [threading.Thread(target=use) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_many_who_use_a_token_one_comes_through(clock: Clock) -> None:
    guard = DynamoDBReplayGuard(DynamoDB(), TOKEN_RECORDS.name, clock)  # moto's writes are not atomic among threads
    outcomes = outcomes_of_many(guard, clock)
    assert sorted(outcomes) == ["refused"] * 9 + ["through"]


def test_a_row_ends_by_the_attribute_that_ttl_watches(
    guard: DynamoDBReplayGuard, clock: Clock, table_items: TableItems
) -> None:
    guard.use_once("a", int(clock()) + 60, "jwt")
    (item,) = table_items("token_records")
    watched = boto3.client("dynamodb").describe_time_to_live(TableName="token_records")["TimeToLiveDescription"]
    assert item[watched["AttributeName"]] == {"N": str(int(clock()) + 60)}


def test_the_ids_of_different_kinds_never_meet() -> None:
    assert len({assertion_id("a", "1"), assertion_id("a:1", ""), proof_id("a", "1"), access_token_id("1")}) == 4


def test_an_id_has_nothing_of_the_jti_in_it() -> None:
    assert "secret" not in assertion_id("a", "secret") + proof_id("a", "secret") + access_token_id("secret")


class Fails:
    """A hook that raises while it is told to."""

    def __init__(self) -> None:
        self.on = True

    def __call__(self, _call: str) -> None:
        if self.on:
            raise client_error("InternalServerError", status=500)


@pytest.fixture
def lost() -> Fails:
    return Fails()


@pytest.fixture
def table(lost: Fails) -> DynamoDB:
    """It takes every write, and its answer is lost."""
    return DynamoDB(after=lost)


@pytest.fixture
def unsure(table: DynamoDB, clock: Clock) -> DynamoDBReplayGuard:
    """A guard that has let nobody in, since it does not know whether the use of a token was written."""
    guard = DynamoDBReplayGuard(table, TOKEN_RECORDS.name, clock)
    with pytest.raises(Unavailable):
        guard.use_once("a", int(clock()) + 60, "jwt")
    return guard


def test_what_was_not_confirmed_may_be_sent_again_and_is_let_in_once(
    unsure: DynamoDBReplayGuard, lost: Fails, clock: Clock
) -> None:
    with pytest.raises(Unavailable):
        unsure.use_once("a", int(clock()) + 60, "jwt")
    lost.on = False
    unsure.use_once("a", int(clock()) + 60, "jwt")
    with pytest.raises(AlreadyUsed):
        unsure.use_once("a", int(clock()) + 60, "jwt")


def test_another_jwt_of_the_same_id_is_not_what_was_not_confirmed(
    unsure: DynamoDBReplayGuard, lost: Fails, clock: Clock
) -> None:
    lost.on = False
    with pytest.raises(AlreadyUsed):
        unsure.use_once("a", int(clock()) + 60, "another jwt")
    unsure.use_once("a", int(clock()) + 60, "jwt")


def test_another_environment_cannot_tell_a_lost_answer_from_a_replay(
    unsure: DynamoDBReplayGuard, table: DynamoDB, lost: Fails, clock: Clock
) -> None:
    lost.on = False
    with pytest.raises(AlreadyUsed):
        DynamoDBReplayGuard(table, TOKEN_RECORDS.name, clock).use_once("a", int(clock()) + 60, "jwt")
    unsure.use_once("a", int(clock()) + 60, "jwt")


def test_what_was_given_back_may_be_used_anywhere_and_once(clock: Clock) -> None:
    table = DynamoDB()
    guards = [DynamoDBReplayGuard(table, TOKEN_RECORDS.name, clock) for _ in range(2)]
    guards[0].use_once("a", int(clock()) + 60, "jwt").give_back()
    guards[1].use_once("a", int(clock()) + 60, "jwt")
    for guard in guards:
        with pytest.raises(AlreadyUsed):
            guard.use_once("a", int(clock()) + 60, "jwt")


def test_a_use_that_was_given_back_takes_nothing_from_the_next_one(clock: Clock) -> None:
    guard = DynamoDBReplayGuard(DynamoDB(), TOKEN_RECORDS.name, clock)
    first = guard.use_once("a", int(clock()) + 60, "jwt")
    first.give_back()
    guard.use_once("a", int(clock()) + 60, "jwt")
    first.give_back()
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60, "jwt")


def test_a_row_that_was_given_back_is_one_that_ttl_deletes(clock: Clock) -> None:
    table = DynamoDB()
    DynamoDBReplayGuard(table, TOKEN_RECORDS.name, clock).use_once("a", int(clock()) + 60, "jwt").give_back()
    (row,) = table.items(TOKEN_RECORDS.name)
    five_years = 5 * 365 * 86_400  # what ended longer ago, TTL leaves alone
    assert int(clock()) - five_years < int(row["expires_at"]["N"]) < int(clock())


def test_what_could_not_be_given_back_is_good_again_in_its_own_environment(
    table: DynamoDB, lost: Fails, clock: Clock
) -> None:
    guard, other = (DynamoDBReplayGuard(table, TOKEN_RECORDS.name, clock) for _ in range(2))
    lost.on = False
    use = guard.use_once("a", int(clock()) + 60, "jwt")
    table.before = lost
    lost.on = True
    use.give_back()
    lost.on = False
    with pytest.raises(AlreadyUsed):
        other.use_once("a", int(clock()) + 60, "jwt")
    guard.use_once("a", int(clock()) + 60, "jwt")
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60, "jwt")


def test_of_many_who_send_again_what_was_not_confirmed_one_is_let_in(
    unsure: DynamoDBReplayGuard, lost: Fails, clock: Clock
) -> None:
    lost.on = False
    outcomes = outcomes_of_many(unsure, clock)
    assert sorted(outcomes) == ["refused"] * 9 + ["through"]


class SendsTwice:
    """A client whose first attempt took effect, and which lost its answer."""

    def __init__(self) -> None:
        self.dynamodb = DynamoDB()

    def put_item(self, **arguments: Any) -> Any:
        self.dynamodb.put_item(**arguments)
        return self.dynamodb.put_item(**arguments)


def test_a_use_that_meets_its_own_work_is_let_in_and_no_other(clock: Clock) -> None:
    client: Any = SendsTwice()
    guard = DynamoDBReplayGuard(client, TOKEN_RECORDS.name, clock)
    guard.use_once("a", int(clock()) + 60, "jwt")
    with pytest.raises(AlreadyUsed):
        guard.use_once("a", int(clock()) + 60, "jwt")
