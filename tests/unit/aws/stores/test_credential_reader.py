"""The tenants and credentials tables, read."""

from typing import Any

import boto3
import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.token_record_store import DynamoDBRevokedTokens
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.identifiers import client_id, tenant_key
from chalicelib.credentials.ports import Page
from chalicelib.errors import Unavailable
from tests.support.credentials import CREDENTIAL, NOW, TENANT, TENANT_ID
from tests.support.log_lines import LogLines

NAMES = {table: table.name for table in tables.TABLES}


@pytest.fixture
def reader(aws: None) -> DynamoDBCredentialReader:
    return DynamoDBCredentialReader(boto3.client("dynamodb"), NAMES)


def put(table: str, record: Any) -> None:
    boto3.client("dynamodb").put_item(TableName=table, Item=to_item(record))


def made(at: int, tenant_id: str = TENANT_ID) -> Credential:
    return replace(CREDENTIAL, tenant_id=tenant_id, client_id=client_id(tenant_id, at, bytes))


def test_a_credential_comes_with_its_tenant(reader: DynamoDBCredentialReader) -> None:
    put("credentials", CREDENTIAL)
    assert reader.read_with_tenant(CREDENTIAL.client_id) == CredentialWithTenant(CREDENTIAL, None)
    put("tenants", TENANT)
    assert reader.read_with_tenant(CREDENTIAL.client_id) == CredentialWithTenant(CREDENTIAL, TENANT)


def test_the_same_read_tells_whether_a_token_was_revoked(reader: DynamoDBCredentialReader) -> None:
    put("credentials", CREDENTIAL)
    DynamoDBRevokedTokens(boto3.client("dynamodb"), "token_records").add("a", NOW + 60)
    told = {token_id: reader.read_with_tenant(CREDENTIAL.client_id, token_id) for token_id in ("a", "b", None)}
    assert {token_id: found and found.token_is_revoked for token_id, found in told.items()} == {
        "a": True,
        "b": False,
        None: False,
    }


@pytest.mark.parametrize("row", [{}, {"expires_at": {"S": "soon"}}, {"expires_at": {"N": "1"}}], ids=str)
def test_whatever_its_record_says_the_token_is_revoked(reader: DynamoDBCredentialReader, row: dict[str, Any]) -> None:
    put("credentials", CREDENTIAL)
    boto3.client("dynamodb").put_item(TableName="token_records", Item={"token_id": {"S": "a"}, **row})
    found = reader.read_with_tenant(CREDENTIAL.client_id, "a")
    assert found is not None
    assert found.token_is_revoked


def test_what_is_not_there_is_none(reader: DynamoDBCredentialReader) -> None:
    put("tenants", TENANT)
    assert reader.read_with_tenant(CREDENTIAL.client_id) is None
    assert reader.read_tenant(tenant_key("nobody")) is None


def test_pages_go_both_ways_and_stay_in_their_tenant(reader: DynamoDBCredentialReader) -> None:
    mine = [made(NOW + i) for i in range(3)]
    for credential in [*mine, made(NOW, tenant_key("globex"))]:
        put("credentials", credential)
    assert reader.oldest_first(TENANT_ID, "", 10) == Page(mine, more=False)
    assert reader.newest_first(TENANT_ID, None, 10) == Page(mine[::-1], more=False)
    assert reader.oldest_first(TENANT_ID, mine[0].client_id, 1) == Page([mine[1]], more=True)
    assert reader.newest_first(TENANT_ID, mine[1].client_id, 5) == Page([mine[0]], more=False)


class Batches:
    """Answers one batch after the other; the last one again and again."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self._answers = list(answers)

    def batch_get_item(self, *, RequestItems: Any) -> dict[str, Any]:  # noqa: N803
        assert all(keys["ConsistentRead"] for keys in RequestItems.values())
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def answer(credential: Credential, generation: int) -> dict[str, Any]:
    tenant = replace(TENANT, generation=generation)
    return {"Responses": {"tenants": [to_item(tenant)], "credentials": [to_item(credential)]}, "UnprocessedKeys": {}}


UNPROCESSED: dict[str, Any] = {"Responses": {}, "UnprocessedKeys": {"tenants": {"Keys": []}}}
WITHOUT_TOKEN_RECORDS: dict[str, Any] = {
    **answer(replace(CREDENTIAL, generation=2), 2),
    "UnprocessedKeys": {"token_records": {"Keys": []}},
}
"""All of the batch but what would say that the token was revoked."""


@pytest.mark.parametrize("first", [UNPROCESSED, WITHOUT_TOKEN_RECORDS, answer(replace(CREDENTIAL, generation=2), 1)])
def test_a_batch_that_is_incomplete_or_out_of_step_is_read_again(first: dict[str, Any]) -> None:
    client: Any = Batches(first, answer(replace(CREDENTIAL, generation=2), 2))
    waits: list[float] = []
    found = DynamoDBCredentialReader(client, NAMES, waits.append).read_with_tenant(CREDENTIAL.client_id, "a")
    assert found is not None
    assert found.tenant is not None
    assert (found.credential.generation, found.tenant.generation, len(waits)) == (2, 2, 1)


@pytest.mark.parametrize("always", [UNPROCESSED, answer(replace(CREDENTIAL, generation=2), 1)])
def test_a_batch_that_never_comes_right_is_unavailable(always: dict[str, Any], lines: LogLines) -> None:
    client: Any = Batches(always)
    waits: list[float] = []
    with pytest.raises(Unavailable):
        DynamoDBCredentialReader(client, NAMES, waits.append).read_with_tenant(CREDENTIAL.client_id)
    assert len(waits) == 4
    assert [(line["aws_service"], line["aws_operation"]) for line in lines()] == [("dynamodb", "BatchGetItem")]
