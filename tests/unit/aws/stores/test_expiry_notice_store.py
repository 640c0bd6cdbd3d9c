"""What ends soon is found in the whole table, page by page, and told of once."""

from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.aws.stores.expiry_notice_store import DynamoDBCredentialDirectory, DynamoDBNoticeWriter
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import audit_event
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.expiry_notices import Window
from chalicelib.credentials.identifiers import client_id, tenant_key
from chalicelib.credentials.ports import IdempotencyRecord
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller
from tests.support.credentials import ADA, CREDENTIAL, NOW
from tests.support.tenant_lab import NAMES

WINDOWS = [Window(NOW, NOW + 10), Window(NOW + 100, NOW + 110)]


def ending_at(second: int, tenant: str = "acme", **members: Any) -> Credential:
    tenant_id = tenant_key(tenant)
    made = client_id(tenant_id, second, bytes)
    return replace(CREDENTIAL, tenant_id=tenant_id, client_id=made, expires_at=second, **members)


FOUND = [ending_at(NOW + 1), ending_at(NOW + 10, "globex"), ending_at(NOW + 110)]
OTHERS = [
    ending_at(NOW),
    ending_at(NOW + 11),
    ending_at(NOW + 100, "globex"),
    ending_at(NOW + 2, status="revoked", revoked_at=NOW),
    ending_at(NOW + 3, suspended_at=NOW, suspended_by=ADA),
    replace(CREDENTIAL, client_id=client_id(CREDENTIAL.tenant_id, NOW + 5, bytes)),
]


@pytest.mark.parametrize("engine", ["moto", "the emulator"])
def test_the_rows_of_all_tenants_that_end_within_a_window_are_found(aws: None, engine: str) -> None:
    client: Any = boto3.client("dynamodb") if engine == "moto" else DynamoDB()
    for credential in (*FOUND, *OTHERS):
        client.put_item(TableName="credentials", Item=to_row(credential))
    pages = DynamoDBCredentialDirectory(client, "credentials").ending_within(WINDOWS)
    assert sorted(found for page in pages for found in page) == sorted(credential.client_id for credential in FOUND)


class Pages:
    """Answers a scan page by page, and keeps where each page began."""

    def __init__(self, *pages: list[str]) -> None:
        self._pages = pages
        self.begun: list[Any] = []

    def scan(self, **arguments: Any) -> dict[str, Any]:
        number = len(self.begun)
        self.begun.append(arguments.get("ExclusiveStartKey"))
        more = {"LastEvaluatedKey": {"client_id": {"S": f"after {number}"}}} if number + 1 < len(self._pages) else {}
        return {"Items": [{"client_id": {"S": name}} for name in self._pages[number]], **more}


def test_a_scan_goes_on_after_a_page_that_has_nothing() -> None:
    client: Any = Pages(["a"], [], ["b", "c"])
    assert list(DynamoDBCredentialDirectory(client, "credentials").ending_within(WINDOWS)) == [["a"], [], ["b", "c"]]
    assert client.begun == [None, {"client_id": {"S": "after 0"}}, {"client_id": {"S": "after 1"}}]


def test_a_notice_is_written_once_with_the_record_of_it() -> None:
    client = DynamoDB()
    writer = DynamoDBNoticeWriter(Transactions(client, NAMES, 86_400, lambda _: None))
    record = IdempotencyRecord(
        token_id="expiry-notice:x", fingerprint="x", made="event", made_at=NOW, expires_at=NOW + 10
    )
    writer.write_notice(audit_event(caller(), "credential.expiring", NOW, bytes), record)
    with pytest.raises(Superseded):
        writer.write_notice(audit_event(caller(), "credential.expiring", NOW + 1, bytes), record)
    assert [len(client.items(table.name)) for table in (tables.AUDIT_EVENTS, tables.TOKEN_RECORDS)] == [1, 1]
