"""Transactions outlast contention, and tell a failed condition from a busy table."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib import tables
from chalicelib.aws.stores.transactions import ConditionFailed, Transactions, conditional
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.errors import Unavailable
from tests.support.credentials import ADA, NOW, TENANT_ID

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

    def transact_write_items(self, *, TransactItems: list[Any]) -> None:  # noqa: N803
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


@pytest.mark.parametrize(
    "error", [refused("ValidationException"), refused("TransactionCanceledException", "ValidationError")]
)
def test_a_defect_of_ours_rises_untouched(error: ClientError) -> None:
    with pytest.raises(ClientError) as raised:
        write(DynamoDB(error), [])
    assert raised.value is error


def test_a_write_of_one_row_tells_a_failed_condition_from_other_failures() -> None:
    with pytest.raises(Superseded), conditional():
        raise refused("ConditionalCheckFailedException")
    with pytest.raises(Unavailable), conditional():
        raise refused("ThrottlingException")
    with pytest.raises(ClientError), conditional():
        raise refused("ValidationException")
