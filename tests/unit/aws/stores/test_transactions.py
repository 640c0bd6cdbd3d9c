"""Transactions outlast contention, and tell a failed condition from a busy table."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.transactions import ConditionFailed, Transactions
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.deadline import Deadline, within
from chalicelib.errors import OutcomeUnknown, Unavailable
from emulators import dynamodb as emulator
from tests.support.credentials import ADA, NOW, TENANT_ID
from tests.support.log_lines import LogLines

NAMES = {table: table.name for table in tables.TABLES}
EVENT = AuditEvent(
    tenant_id=TENANT_ID,
    event_id="e",
    at=NOW,
    action="credential.created",
    actor=ADA,
    source_ip="192.0.2.1",
    request_id="r",
    outcome="success",
)


def refused(code: str, *reasons: str) -> ClientError:
    answer: Any = {
        "Error": {"Code": code},
        "ResponseMetadata": {"HTTPStatusCode": 400},
        "CancellationReasons": [{"Code": reason} for reason in reasons],
    }
    return ClientError(answer, "TransactWriteItems")


class DynamoDB:
    """Refuses one call after the other with these errors, and takes those that come after."""

    def __init__(self, *errors: Any) -> None:
        self._errors = list(errors)
        self.taken: list[Any] = []
        self.tokens: list[str] = []

    def transact_write_items(self, *, TransactItems: list[Any], ClientRequestToken: str) -> None:  # noqa: N803
        self.tokens.append(ClientRequestToken)
        if self._errors:
            raise self._errors.pop(0)
        self.taken.append(TransactItems)


def write(client: Any, waits: list[float]) -> None:
    Transactions(client, NAMES, 60, waits.append).write([{"Update": {}}], [EVENT])


def test_a_change_and_its_event_are_one_transaction() -> None:
    client = DynamoDB()
    write(client, [])
    [[change, event]] = client.taken
    assert change == {"Update": {}}
    assert event["Put"]["TableName"] == "audit_events"
    assert event["Put"]["Item"]["expires_at_ttl"] == {"N": str(NOW + 60)}


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_contention_is_waited_out(reason: str) -> None:
    client, waits = DynamoDB(*[refused("TransactionCanceledException", reason, "None")] * 9), list[float]()
    write(client, waits)
    assert len(client.taken) == 1
    assert len(waits) == 9
    assert max(waits) <= 1


@pytest.mark.parametrize(
    ("reason", "attempts"),
    [("ThrottlingError", 3), ("ProvisionedThroughputExceeded", 3), ("TransactionConflict", 10)],
)
def test_a_request_that_is_throttled_makes_fewer_attempts_than_one_that_meets_others(
    reason: str, attempts: int
) -> None:
    waits = list[float]()
    with within(Deadline(60)), pytest.raises(Unavailable):
        write(DynamoDB(*[refused("TransactionCanceledException", reason)] * 10), waits)
    assert len(waits) == attempts - 1


def test_contention_without_end_is_unavailable() -> None:
    client = DynamoDB(*[refused("TransactionCanceledException", "TransactionConflict")] * 10)
    with pytest.raises(Unavailable):
        write(client, [])
    assert client.taken == []


def test_a_condition_that_failed_is_named_by_its_place_and_not_tried_again() -> None:
    client = DynamoDB(refused("TransactionCanceledException", "ConditionalCheckFailed", "TransactionConflict"))
    with pytest.raises(ConditionFailed) as refusal:
        write(client, [])
    assert refusal.value.failed == {0}
    assert client.taken == []


def test_each_attempt_has_a_token_of_its_own() -> None:
    client = DynamoDB(refused("TransactionCanceledException", "TransactionConflict"))
    write(client, [])
    assert len(set(client.tokens)) == 2
    assert all(1 <= len(token) <= 36 for token in client.tokens)


@pytest.mark.parametrize("reasons", [["ItemCollectionSizeLimitExceeded"], ["ValidationError"], ["SomethingNew"], []])
def test_any_other_reason_is_unavailable_and_an_error_in_the_log(reasons: list[str], lines: LogLines) -> None:
    client = DynamoDB(refused("TransactionCanceledException", *reasons))
    with pytest.raises(Unavailable):
        write(client, [])
    assert client.taken == []
    assert [(line["level"], line["aws_error"]) for line in lines()] == [("ERROR", reasons)]


def test_a_defect_of_ours_rises_untouched() -> None:
    error = refused("ValidationException")
    with pytest.raises(ClientError) as raised:
        write(DynamoDB(error), [])
    assert raised.value is error


@pytest.mark.parametrize("error", [refused("ThrottlingException"), EndpointConnectionError(endpoint_url="x")])
def test_an_answer_that_did_not_come_leaves_the_outcome_unknown(error: Any) -> None:
    with pytest.raises(OutcomeUnknown):
        write(DynamoDB(error), [])


class LosesTheFirstAnswer:
    """A client that tries again, over a DynamoDB that has forgotten the token of its first try."""

    def __init__(self) -> None:
        self.dynamodb = emulator.DynamoDB()

    def transact_write_items(self, **arguments: Any) -> Any:
        self.dynamodb.transact_write_items(**arguments)
        return self.dynamodb.transact_write_items(**arguments | {"ClientRequestToken": "another"})


PUT = {
    "Put": {
        "TableName": "token_records",
        "Item": {"token_id": {"S": "t"}},
        "ConditionExpression": "attribute_not_exists(token_id)",
    }
}


def test_a_write_that_meets_its_own_work_is_done() -> None:
    client: Any = LosesTheFirstAnswer()
    Transactions(client, NAMES, 60).write([PUT], [EVENT])
    assert len(client.dynamodb.items("token_records")) == len(client.dynamodb.items("audit_events")) == 1


def test_a_write_that_meets_the_work_of_others_is_refused() -> None:
    client = emulator.DynamoDB()
    Transactions(client, NAMES, 60).write([PUT], [EVENT])
    with pytest.raises(ConditionFailed) as refusal:
        Transactions(client, NAMES, 60).write([PUT], [replace(EVENT, event_id="of another request")])
    assert refusal.value.failed == {0}
    assert len(client.items("audit_events")) == 1
