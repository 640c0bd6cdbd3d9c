"""The hashes in the credentials table, written anew."""

from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib.aws.stores.attribute_values import from_item, to_item
from chalicelib.aws.stores.secret_hash_writer import DynamoDBSecretHashWriter
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.credential import Credential, StoredSecret
from chalicelib.errors import Unavailable
from emulators.dynamodb import DynamoDB, client_error
from tests.support.credentials import CREDENTIAL
from tests.support.table_items import TableItems

OLD = StoredSecret(hash="old", hint="abcd", created_at=1)
NEW = replace(OLD, hash="new")


@pytest.fixture
def writer(aws: None) -> DynamoDBSecretHashWriter:
    client = boto3.client("dynamodb")
    client.put_item(TableName="credentials", Item=to_item(replace(CREDENTIAL, secrets={"a": OLD, "b": OLD})))
    return DynamoDBSecretHashWriter(client, "credentials")


def stored(table_items: TableItems) -> Credential:
    (item,) = table_items("credentials")
    return from_item(item, Credential)


def test_one_hash_is_replaced_and_nothing_else(writer: DynamoDBSecretHashWriter, table_items: TableItems) -> None:
    writer.replace_hash(CREDENTIAL.client_id, "a", OLD, NEW)
    assert stored(table_items) == replace(CREDENTIAL, secrets={"a": NEW, "b": OLD})


@pytest.mark.parametrize(("secret_id", "old"), [("a", replace(OLD, hash="older")), ("gone", OLD)])
def test_a_hash_that_is_no_longer_the_old_one_stays(
    writer: DynamoDBSecretHashWriter, table_items: TableItems, secret_id: str, old: Any
) -> None:
    with pytest.raises(Superseded):
        writer.replace_hash(CREDENTIAL.client_id, secret_id, old, NEW)
    assert stored(table_items).secrets == {"a": OLD, "b": OLD}


def test_a_transaction_on_the_row_is_not_waited_for() -> None:
    def conflict(_call: str) -> None:
        calls.append(_call)
        raise client_error("TransactionConflictException")

    calls: list[str] = []
    client = DynamoDB(before=conflict)
    with pytest.raises(Unavailable):
        DynamoDBSecretHashWriter(client, "credentials").replace_hash(CREDENTIAL.client_id, "a", OLD, NEW)
    assert calls == ["UpdateItem"]
