"""A tenant has as many credentials as its limit, or its operator, allows."""

import pytest

from chalicelib.credentials.identifiers import tenant_key
from tests.support.api_client import Answer, Api


def ask(api: Api, **claims: str) -> Answer:
    return api.console("POST", "/v1/credentials", {"name": "x"}, **claims)


def overridden(api: Api, limit: int) -> None:
    api.clients.dynamodb.update_item(
        TableName="tenants",
        Key={"tenant_id": {"S": tenant_key("acme")}},
        UpdateExpression="SET max_credentials = :limit",
        ExpressionAttributeValues={":limit": {"N": str(limit)}},
    )


@pytest.fixture(autouse=True)
def two_at_most(api: Api) -> None:
    api.restart(MAX_CREDENTIALS_PER_TENANT="2")


def test_one_too_many_is_refused_with_the_limit_and_leaves_nothing(api: Api) -> None:
    assert [ask(api).status for _ in range(3)] == [201, 201, 409]
    refused = ask(api)
    assert refused.json["type"] == "urn:problem-type:limit_reached"
    assert "has 2 credentials" in refused.json["detail"]
    assert len(api.console("GET", "/v1/credentials").json["credentials"]) == 2
    assert len(api.console("GET", "/v1/audit-events").json["audit_events"]) == 2


def test_what_is_suspended_counts_and_what_is_revoked_does_not(api: Api) -> None:
    first, _ = api.create(), api.create()
    api.console("POST", f"/v1/credentials/{first['client_id']}/suspend")
    assert ask(api).status == 409
    api.console("POST", f"/v1/credentials/{first['client_id']}/revoke")
    assert ask(api).status == 201
    api.console("POST", "/v1/credentials/revoke-all")
    assert [ask(api).status for _ in range(3)] == [201, 201, 409]


def test_each_tenant_has_its_own_limit(api: Api) -> None:
    assert [ask(api).status for _ in range(3)] == [201, 201, 409]
    assert ask(api, tenant="globex").status == 201


@pytest.mark.parametrize(("limit", "statuses"), [(1, [409]), (3, [201, 409]), (0, [201, 201])])
def test_the_operators_number_for_a_tenant_counts_instead(api: Api, limit: int, statuses: list[int]) -> None:
    api.create()
    if limit != 1:
        api.create()
    overridden(api, limit)
    assert [ask(api).status for _ in statuses] == statuses


def test_without_a_limit_there_is_none(api: Api) -> None:
    api.restart(MAX_CREDENTIALS_PER_TENANT="0")
    assert {ask(api).status for _ in range(4)} == {201}
