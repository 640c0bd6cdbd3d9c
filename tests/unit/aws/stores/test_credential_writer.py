"""Every write of a credential holds only if nothing has changed since its rows were read."""

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import from_item, to_item
from chalicelib.aws.stores.credential_rows import from_row
from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent, audit_event
from chalicelib.credentials.credential import Credential, StoredSecret
from chalicelib.credentials.tenant import Tenant
from tests.support.callers import caller
from tests.support.credentials import ADA, CREDENTIAL, NOW, TENANT_ID
from tests.support.table_items import TableItems

NAMES = {table: table.name for table in tables.TABLES}
REVOKED = replace(CREDENTIAL, status="revoked", revoked_by=ADA, revoked_at=NOW, version=2)
SUSPENDED = replace(CREDENTIAL, suspended_by=ADA, suspended_at=NOW, expires_at=NOW + 9, version=2)
SECRET = StoredSecret(hash="h", hint="abcd", created_at=NOW)
ROTATED = replace(CREDENTIAL, secrets={"b": SECRET}, version=2)


def event(number: int = 0) -> AuditEvent:
    return audit_event(caller(), "credential.created", NOW + number, bytes)


@pytest.fixture
def writer(aws: None) -> DynamoDBCredentialWriter:
    client = boto3.client("dynamodb")
    return DynamoDBCredentialWriter(client, NAMES, Transactions(client, NAMES, 60))


@pytest.fixture
def inserted(writer: DynamoDBCredentialWriter) -> None:
    writer.reserve_status_index(TENANT_ID)
    writer.insert(CREDENTIAL, event())


def raise_fence() -> None:
    """Raises the tenant's generation, as a revoke-all does."""
    boto3.client("dynamodb").update_item(
        TableName="tenants",
        Key={"tenant_id": {"S": TENANT_ID}},
        UpdateExpression="SET generation = :two",
        ExpressionAttributeValues={":two": {"N": "2"}},
    )


def stored(table_items: TableItems) -> Credential:
    (item,) = table_items("credentials")
    return from_row(item)


def tenant(table_items: TableItems) -> Tenant:
    (item,) = table_items("tenants")
    return from_item(item, Tenant)


def test_each_reservation_has_an_index_of_its_own(writer: DynamoDBCredentialWriter) -> None:
    reserved = [writer.reserve_status_index(TENANT_ID) for _ in range(3)]
    assert [row.next_status_index - 1 for row in reserved] == [0, 1, 2]
    assert {row.generation for row in reserved} == {1}


@pytest.mark.usefixtures("inserted")
def test_a_credential_its_count_and_its_event_are_written_together(table_items: TableItems) -> None:
    assert stored(table_items) == CREDENTIAL
    assert tenant(table_items).active_counts == {1: 1}
    assert len(table_items("audit_events")) == 1


@pytest.mark.usefixtures("inserted")
def test_a_client_id_is_given_once(writer: DynamoDBCredentialWriter, table_items: TableItems) -> None:
    with pytest.raises(Superseded):
        writer.insert(replace(CREDENTIAL, name="another"), event(1))
    assert stored(table_items) == CREDENTIAL
    assert tenant(table_items).active_counts == {1: 1}


@pytest.mark.usefixtures("inserted")
def test_nothing_is_written_behind_a_fence(writer: DynamoDBCredentialWriter, table_items: TableItems) -> None:
    raise_fence()
    other = replace(CREDENTIAL, client_id=CREDENTIAL.client_id[:-1] + "1")
    with pytest.raises(Superseded):
        writer.insert(other, event(1))
    with pytest.raises(Superseded):
        writer.revoke(REVOKED, event(1))
    with pytest.raises(Superseded):
        writer.update(CREDENTIAL, ROTATED, event(1))
    assert stored(table_items) == CREDENTIAL
    assert tenant(table_items).active_counts == {1: 1}
    assert len(table_items("audit_events")) == 1


@pytest.mark.usefixtures("inserted")
def test_a_credential_is_revoked_and_counted_once(writer: DynamoDBCredentialWriter, table_items: TableItems) -> None:
    writer.revoke(REVOKED, event(1))
    with pytest.raises(Superseded):
        writer.revoke(REVOKED, event(2))
    assert stored(table_items) == REVOKED
    assert tenant(table_items).active_counts == {1: 0}
    assert len(table_items("audit_events")) == 2


@pytest.mark.usefixtures("inserted")
def test_of_two_who_change_the_same_version_one_is_superseded(
    writer: DynamoDBCredentialWriter, table_items: TableItems
) -> None:
    writer.update(CREDENTIAL, SUSPENDED, event(1))
    with pytest.raises(Superseded):
        writer.update(CREDENTIAL, ROTATED, event(2))
    assert stored(table_items) == SUSPENDED
    third = replace(ROTATED, version=3)
    writer.update(SUSPENDED, third, event(3))
    with pytest.raises(Superseded):
        writer.update(SUSPENDED, replace(SUSPENDED, name="late", version=3), event(4))
    assert stored(table_items) == third
    assert len(table_items("audit_events")) == 3


@pytest.mark.usefixtures("inserted")
def test_secrets_whose_hash_was_made_anew_meanwhile_are_not_overwritten(
    writer: DynamoDBCredentialWriter, table_items: TableItems
) -> None:
    writer.update(CREDENTIAL, ROTATED, event(1))
    boto3.client("dynamodb").update_item(
        TableName="credentials",
        Key={name: to_item(CREDENTIAL)[name] for name in ("tenant_id", "client_id")},
        UpdateExpression="SET secrets.b.#hash = :new",
        ExpressionAttributeNames={"#hash": "hash"},
        ExpressionAttributeValues={":new": {"S": "anew"}},
    )
    with pytest.raises(Superseded):
        writer.update(ROTATED, replace(ROTATED, secrets={"b": SECRET, "c": SECRET}, version=3), event(2))
    assert stored(table_items).secrets["b"].hash == "anew"


@pytest.mark.usefixtures("inserted")
def test_a_revoked_credential_is_changed_no_more(writer: DynamoDBCredentialWriter, table_items: TableItems) -> None:
    writer.revoke(REVOKED, event(1))
    with pytest.raises(Superseded):
        writer.update(CREDENTIAL, ROTATED, event(2))
    assert stored(table_items) == REVOKED


def test_a_row_that_nobody_made_is_not_revoked(writer: DynamoDBCredentialWriter, table_items: TableItems) -> None:
    boto3.client("dynamodb").put_item(
        TableName="tenants",
        Item=to_item(Tenant(tenant_id=TENANT_ID, generation=1, active_counts={1: 1}, revocations={})),
    )
    with pytest.raises(Superseded):
        writer.revoke(REVOKED, event())
    assert table_items("credentials") == []


def test_of_two_creates_that_both_saw_room_for_one_more_one_comes_through(writer: DynamoDBCredentialWriter) -> None:
    tenant = writer.reserve_status_index(CREDENTIAL.tenant_id)
    second = replace(CREDENTIAL, client_id=CREDENTIAL.client_id[:-1] + "1", generation=tenant.generation)
    writer.insert(CREDENTIAL, event(1), limit=1)
    with pytest.raises(Superseded):
        writer.insert(second, event(2), limit=1)
    writer.insert(second, event(3), limit=2)
