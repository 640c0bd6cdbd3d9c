"""The last uses in the credentials table, beside what has a version."""

from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import from_item, to_item
from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.last_use_writer import DynamoDBLastUseWriter
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import audit_event
from chalicelib.credentials.credential import Credential, StoredSecret, Use
from chalicelib.errors import Unavailable
from emulators.dynamodb import DynamoDB, client_error
from tests.support.callers import caller
from tests.support.credentials import CREDENTIAL, NOW, TENANT
from tests.support.release_before import read_by_release_before
from tests.support.table_items import TableItems

SECRET = StoredSecret(hash="h", hint="abcd", created_at=1)
UNUSED = replace(CREDENTIAL, secrets={"a": SECRET, "b": SECRET})
USE = Use(at=NOW, network="192.0.2.0/24")
USED = replace(UNUSED, last_used_at=NOW, last_used_from="192.0.2.0/24", last_uses={"a": USE})
LATER = Use(at=NOW + 900, network=None)


@pytest.fixture
def writer(aws: None) -> DynamoDBLastUseWriter:
    put(UNUSED)
    return DynamoDBLastUseWriter(boto3.client("dynamodb"), "credentials")


def put(credential: Credential) -> None:
    boto3.client("dynamodb").put_item(TableName="credentials", Item=to_item(credential))


def stored(table_items: TableItems) -> Credential:
    (item,) = table_items("credentials")
    return from_item(item, Credential)


def test_a_first_use_is_written_and_nothing_else(writer: DynamoDBLastUseWriter, table_items: TableItems) -> None:
    writer.write(UNUSED, "a", USE, NOW - 900)
    assert stored(table_items) == USED


def test_further_uses_stand_beside_it(writer: DynamoDBLastUseWriter, table_items: TableItems) -> None:
    put(USED)
    writer.write(USED, "b", LATER, NOW)
    writer.write(USED, "a", LATER, NOW)
    assert stored(table_items) == replace(
        USED, last_used_at=NOW + 900, last_used_from=None, last_uses={"a": LATER, "b": LATER}
    )


@pytest.mark.parametrize("seen", [UNUSED, USED])
def test_of_two_who_write_one_use_one_does(
    writer: DynamoDBLastUseWriter, table_items: TableItems, seen: Credential
) -> None:
    put(seen)
    writer.write(seen, "a", LATER, NOW)
    with pytest.raises(Superseded):
        writer.write(seen, "a", replace(LATER, network="10.0.0.0/24"), NOW)
    assert stored(table_items).last_uses == {"a": LATER}


def test_a_secret_that_is_no_more_is_forgotten(writer: DynamoDBLastUseWriter, table_items: TableItems) -> None:
    many = replace(USED, last_uses={"a": USE, "gone": USE, "gone too": USE})
    put(many)
    writer.write(many, "b", LATER, NOW)
    assert stored(table_items).last_uses == {"a": USE, "b": LATER}


@pytest.mark.parametrize("seen", [UNUSED, USED])
def test_no_row_is_made_for_a_credential_that_is_gone(aws: None, table_items: TableItems, seen: Credential) -> None:
    with pytest.raises(Superseded):
        DynamoDBLastUseWriter(boto3.client("dynamodb"), "credentials").write(seen, "a", USE, 0)
    assert table_items("credentials") == []


def test_a_transaction_on_the_row_is_not_waited_for() -> None:
    def conflict(call: str) -> None:
        calls.append(call)
        raise client_error("TransactionConflictException")

    calls: list[str] = []
    with pytest.raises(Unavailable):
        DynamoDBLastUseWriter(DynamoDB(before=conflict), "credentials").write(UNUSED, "a", USE, 0)
    assert calls == ["UpdateItem"]


@pytest.mark.parametrize("seen", [UNUSED, USED])
def test_an_edit_of_what_was_read_before_a_use_still_comes_through(seen: Credential) -> None:
    client = DynamoDB()
    client.load("tenants", [to_item(TENANT)])
    client.load("credentials", [to_row(seen)])
    DynamoDBLastUseWriter(client, "credentials").write(seen, "b", LATER, NOW)
    names = {table: table.name for table in tables.TABLES}
    editor = DynamoDBCredentialWriter(client, names, Transactions(client, names, 86_400))
    after = replace(seen, name="Renamed", secrets={"b": SECRET}, version=2)
    event = audit_event(caller("acme"), "credential.edited", NOW, bytes)
    editor.update(seen, after, event)
    (row,) = client.items("credentials")
    kept = from_item(row, Credential)
    assert (kept.name, [*kept.secrets], kept.last_uses["b"]) == ("Renamed", ["b"], LATER)


def test_the_release_before_reads_a_row_with_uses() -> None:
    rows: list[Any] = [read_by_release_before(to_row(credential)) for credential in (UNUSED, USED)]
    assert rows[0] == rows[1]
