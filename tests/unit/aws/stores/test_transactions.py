"""Transactions outlast contention, and tell a failed condition from a busy table."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib import tables
from chalicelib.aws.stores.transactions import ConditionFailed, Transactions
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.errors import Unavailable
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

    def __init__(self, *errors: ClientError) -> None:
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


def test_contention_without_end_is_unavailable() -> None:
    client = DynamoDB(*[refused("TransactionCanceledException", "TransactionConflict")] * 10)
    with pytest.raises(Unavailable):
        write(client, [])
    assert client.taken == []


def test_a_condition_that_failed_is_named_by_its_place_and_not_tried_again() -> None:
    client = DynamoDB(refused("TransactionCanceledException", "TransactionConflict", "ConditionalCheckFailed"))
    with pytest.raises(ConditionFailed) as refusal:
        write(client, [])
    assert refusal.value.failed == {1}
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
