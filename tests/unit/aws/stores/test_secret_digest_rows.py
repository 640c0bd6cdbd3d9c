"""The rows that lead from a secret to its credential: written with the secret, or once for an older one."""

import secrets
from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.credential_rows import from_row, to_row
from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.secret_digest_rows import DynamoDBSecretDigestWriter
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent, audit_event
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import StoredSecret
from chalicelib.credentials.secret_digests import SecretDigest, secret_digest
from chalicelib.errors import OutcomeUnknown
from emulators.dynamodb import DynamoDB, client_error
from tests.support.callers import caller
from tests.support.credentials import CREDENTIAL, NOW, TENANT_ID
from tests.support.table_items import TableItems

NAMES = {table: table.name for table in tables.TABLES}
SECRET = ClientSecret.generate(secrets.token_bytes)
OLDER = StoredSecret(hash="h", hint=SECRET.hint, created_at=NOW)
DIGEST = secret_digest(SECRET, CREDENTIAL.client_id)
ROW = {"token_id": to_value(DIGEST.token_id), "client_id": to_value(CREDENTIAL.client_id)}


def event(number: int = 0) -> AuditEvent:
    return audit_event(caller(), "credential.created", NOW + number, bytes)


def transactions(client: Any) -> Transactions:
    return Transactions(client, NAMES, 60, lambda _: None)


@pytest.fixture
def writer(aws: None) -> DynamoDBSecretDigestWriter:
    client = boto3.client("dynamodb")
    client.put_item(TableName="credentials", Item=to_row(replace(CREDENTIAL, secrets={SECRET.secret_id: OLDER})))
    return DynamoDBSecretDigestWriter(NAMES, transactions(client))


def test_an_older_secret_gets_its_digest_and_is_known_to_have_it(
    writer: DynamoDBSecretDigestWriter, table_items: TableItems
) -> None:
    writer.write(DIGEST, SECRET.secret_id)
    writer.write(DIGEST, SECRET.secret_id)
    assert table_items("token_records") == [ROW]
    (row,) = table_items("credentials")
    assert from_row(row) == replace(CREDENTIAL, secrets={SECRET.secret_id: replace(OLDER, has_digest=True)})


def test_what_else_a_digests_row_says_stays(writer: DynamoDBSecretDigestWriter, table_items: TableItems) -> None:
    reported = ROW | {"consequence": to_value("tell")}
    boto3.client("dynamodb").put_item(TableName="token_records", Item=reported)
    writer.write(DIGEST, SECRET.secret_id)
    assert table_items("token_records") == [reported]


def test_a_secret_that_was_ended_meanwhile_gets_no_digest(
    writer: DynamoDBSecretDigestWriter, table_items: TableItems
) -> None:
    with pytest.raises(Superseded):
        writer.write(DIGEST, "other1")
    assert table_items("token_records") == []


def test_a_transaction_on_the_row_is_not_waited_for() -> None:
    def conflict(call: str) -> None:
        calls.append(call)
        raise client_error("TransactionConflictException")

    calls: list[str] = []
    with pytest.raises(Exception, match="TransactionConflict"):
        DynamoDBSecretDigestWriter(NAMES, transactions(DynamoDB(before=conflict))).write(DIGEST, SECRET.secret_id)
    assert calls == ["TransactWriteItems"]


@pytest.mark.usefixtures("aws")
def test_a_new_secret_and_its_digest_are_written_together(table_items: TableItems) -> None:
    client = boto3.client("dynamodb")
    credentials = DynamoDBCredentialWriter(client, NAMES, transactions(client))
    credentials.reserve_status_index(TENANT_ID)
    credentials.insert(CREDENTIAL, event(), digest=DIGEST)
    second = SecretDigest(token_id="secret-digest:second", client_id=CREDENTIAL.client_id)
    rotated = replace(CREDENTIAL, secrets={SECRET.secret_id: OLDER}, version=2)
    credentials.update(CREDENTIAL, rotated, event(1), digest=second)
    rows = {row["token_id"]["S"]: row["client_id"]["S"] for row in table_items("token_records")}
    assert rows == {DIGEST.token_id: CREDENTIAL.client_id, second.token_id: CREDENTIAL.client_id}
    with pytest.raises(Superseded):
        credentials.update(CREDENTIAL, rotated, event(2), digest=replace(DIGEST, token_id="secret-digest:third"))
    assert len(table_items("token_records")) == 2


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_lost_answer_leaves_neither_the_credential_nor_the_digest_alone(lost: str) -> None:
    def lose(call: str) -> None:
        if call == "TransactWriteItems":
            raise client_error("InternalServerError", status=500)

    client = DynamoDB()
    credentials = DynamoDBCredentialWriter(client, NAMES, transactions(client))
    credentials.reserve_status_index(TENANT_ID)
    setattr(client, lost, lose)
    with pytest.raises(OutcomeUnknown):
        credentials.insert(CREDENTIAL, event(), digest=DIGEST)
    assert len(client.items("credentials")) == len(client.items("token_records")) == (0 if lost == "before" else 1)
