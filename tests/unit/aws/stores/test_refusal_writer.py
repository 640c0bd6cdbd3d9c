"""A refusal's event and the record that keeps others of its kind away: both are written, or neither."""

from contextlib import nullcontext

import pytest

from chalicelib import tables
from chalicelib.aws.stores.refusal_writer import DynamoDBRefusalWriter
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.identifiers import time_ordered_id
from chalicelib.errors import Unavailable
from emulators.dynamodb import DynamoDB, cancelled
from tests.support.credentials import ADA, CREDENTIAL, NOW

NAMES = {table: table.name for table in tables.TABLES}


def writer_of(client: DynamoDB) -> DynamoDBRefusalWriter:
    return DynamoDBRefusalWriter(NAMES, Transactions(client, NAMES, 86_400))


def event(at: int) -> AuditEvent:
    return AuditEvent(
        tenant_id=CREDENTIAL.tenant_id,
        event_id=time_ordered_id(at, bytes),
        at=at,
        action="credential.refused",
        actor=ADA,
        source_ip="",
        request_id="",
        outcome="failure",
        client_id=CREDENTIAL.client_id,
    )


def written(client: DynamoDB) -> list[int]:
    """When the events were, the oldest first."""
    return [int(row["at"]["N"]) for row in client.items("audit_events")]


@pytest.mark.parametrize(("later", "events"), [(0, 1), (3599, 1), (3600, 2)])
def test_until_its_time_is_over_there_is_no_other(later: int, events: int) -> None:
    client = DynamoDB()
    writer_of(client).write(event(NOW), "revoked", NOW + 3600)
    with nullcontext() if events == 2 else pytest.raises(Superseded):
        writer_of(client).write(event(NOW + later), "revoked", NOW + later + 3600)
    assert len(written(client)) == events


def test_another_reason_has_its_own_event() -> None:
    client = DynamoDB()
    writer_of(client).write(event(NOW), "revoked", NOW + 3600)
    writer_of(client).write(event(NOW + 1), "address", NOW + 3600)
    assert written(client) == [NOW, NOW + 1]


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError"])
def test_it_is_attempted_once(reason: str) -> None:
    def refuse(call: str) -> None:
        calls.append(call)
        raise cancelled([reason, "None"])

    calls: list[str] = []
    client = DynamoDB(before=refuse)
    with pytest.raises(Unavailable):
        writer_of(client).write(event(NOW), "revoked", NOW + 3600)
    assert calls == ["TransactWriteItems"]
