"""The rows by which a leaked secret is found, and what follows from it in one transaction."""

import secrets
from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.credential_rows import from_row
from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.leak_store import DynamoDBLeakWriter, DynamoDBSecretDigestReader
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent, audit_event
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import StoredSecret
from chalicelib.credentials.secret_digests import SecretDigest, secret_digest
from chalicelib.errors import Unavailable
from tests.support.callers import caller
from tests.support.credentials import ADA, CREDENTIAL, NOW, TENANT_ID
from tests.support.log_lines import LogLines
from tests.support.table_items import TableItems

NAMES = {table: table.name for table in tables.TABLES}
SECRET = ClientSecret.generate(secrets.token_bytes)
DIGEST = secret_digest(SECRET, CREDENTIAL.client_id)
STORED = StoredSecret(hash="h", hint=SECRET.hint, created_at=NOW, has_digest=True)
MADE = replace(CREDENTIAL, secrets={SECRET.secret_id: STORED})
ENDED = replace(MADE, secrets={}, version=2)
REVOKED = replace(MADE, status="revoked", revoked_by=ADA, revoked_at=NOW, version=2)


def event(number: int = 0) -> AuditEvent:
    return audit_event(caller(), "credential.secret_leaked", NOW + number, bytes)


@pytest.fixture
def writer(aws: None) -> DynamoDBLeakWriter:
    client = boto3.client("dynamodb")
    transactions = Transactions(client, NAMES, 60)
    credentials = DynamoDBCredentialWriter(client, NAMES, transactions)
    credentials.reserve_status_index(TENANT_ID)
    credentials.insert(MADE, event(), digest=DIGEST)
    return DynamoDBLeakWriter(NAMES, transactions)


@pytest.fixture
def reader(aws: None) -> DynamoDBSecretDigestReader:
    return DynamoDBSecretDigestReader(boto3.client("dynamodb"), "token_records")


@pytest.mark.usefixtures("writer")
def test_a_digest_is_found_among_many_that_are_not_there(reader: DynamoDBSecretDigestReader) -> None:
    others = [f"secret-digest:{number}" for number in range(250)]
    assert reader.find([*others, DIGEST.token_id]) == {DIGEST.token_id: DIGEST}
    assert reader.find([]) == {}


def test_a_row_that_leads_nowhere_keeps_no_other_waiting(
    writer: DynamoDBLeakWriter, reader: DynamoDBSecretDigestReader, lines: LogLines
) -> None:
    boto3.client("dynamodb").put_item(TableName="token_records", Item={"token_id": to_value("secret-digest:x")})
    assert reader.find(["secret-digest:x", DIGEST.token_id]) == {DIGEST.token_id: DIGEST}
    assert [line["level"] for line in lines()] == ["ERROR"]


class HalfAnswers:
    """A client that leaves all but one key of a batch for later, so many times."""

    def __init__(self, times: int) -> None:
        self._client: Any = boto3.client("dynamodb")
        self._times = times

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> Any:  # noqa: N803
        ((table, request),) = RequestItems.items()
        if self._times == 0:
            return self._client.batch_get_item(RequestItems=RequestItems)
        self._times -= 1
        first, *rest = request["Keys"]
        answer = self._client.batch_get_item(RequestItems={table: request | {"Keys": [first]}})
        return answer | {"UnprocessedKeys": {table: request | {"Keys": rest}} if rest else {}}


@pytest.mark.usefixtures("writer")
def test_what_a_batch_left_is_asked_for_again() -> None:
    client: Any = HalfAnswers(2)
    reader = DynamoDBSecretDigestReader(client, "token_records", lambda _: None)
    assert reader.find([DIGEST.token_id, "secret-digest:x", "secret-digest:y"]) == {DIGEST.token_id: DIGEST}


@pytest.mark.usefixtures("writer")
def test_a_batch_that_is_never_whole_is_an_outage() -> None:
    client: Any = HalfAnswers(9)
    reader = DynamoDBSecretDigestReader(client, "token_records", lambda _: None)
    with pytest.raises(Unavailable):
        reader.find([f"secret-digest:{number}" for number in range(9)])


@pytest.mark.parametrize(("after", "counted"), [(MADE, 1), (ENDED, 1), (REVOKED, 0)], ids=["told", "ended", "revoked"])
def test_change_mark_and_events_are_written_together(
    writer: DynamoDBLeakWriter, reader: DynamoDBSecretDigestReader, table_items: TableItems, after: Any, counted: int
) -> None:
    writer.write(DIGEST, "x", MADE, after, [event(1), event(2)])
    (row,) = table_items("credentials")
    assert from_row(row) == after
    assert table_items("tenants")[0]["active_counts"]["M"]["1"] == to_value(counted)
    assert reader.find([DIGEST.token_id])[DIGEST.token_id] == replace(DIGEST, consequence="x")
    assert len(table_items("audit_events")) == 3


@pytest.mark.parametrize("seen", [DIGEST, replace(DIGEST, consequence="y"), replace(DIGEST, client_id="acc_other")])
def test_of_two_reports_that_saw_the_same_one_comes_through(
    writer: DynamoDBLeakWriter, table_items: TableItems, seen: SecretDigest
) -> None:
    writer.write(DIGEST, "x", MADE, MADE, [event(1)])
    before = {name: table_items(name) for name in ("credentials", "token_records", "audit_events")}
    with pytest.raises(Superseded):
        writer.write(seen, "z", MADE, ENDED, [event(2)])
    assert {name: table_items(name) for name in before} == before


def test_a_consequence_follows_another(writer: DynamoDBLeakWriter, reader: DynamoDBSecretDigestReader) -> None:
    writer.write(DIGEST, "tell", MADE, MADE, [event(1)])
    writer.write(replace(DIGEST, consequence="tell"), "revoke", MADE, REVOKED, [event(2)])
    assert reader.find([DIGEST.token_id])[DIGEST.token_id].consequence == "revoke"
