"""A client secret that was found in public, presented to the service over HTTP."""

from typing import Any

import boto3
import pytest

from chalicelib.credentials.identifiers import tenant_of
from tests.support.api_client import Answer, Api
from tests.support.table_items import TableItems

WITHOUT_THE_REQUESTS_ID = ("X-Request-Id",)


def present(api: Api, secret: str) -> Answer:
    return api.form("/leaked-secrets", {"secret": secret})


def shown(answer: Answer) -> tuple[int, dict[str, str], str]:
    headers = {name: value for name, value in answer.headers.items() if name not in WITHOUT_THE_REQUESTS_ID}
    return answer.status, headers, answer.text


def test_a_secret_that_is_presented_is_ended_and_its_tenant_is_told(api: Api) -> None:
    credential, other = api.create(), api.create(name="other")
    present(api, credential["client_secret"])
    assert (api.exchange(credential).status, api.exchange(other).status) == (401, 200)
    path = f"/v1/credentials/{credential['client_id']}"
    assert (api.console("GET", path).json["status"], api.console("GET", path).json["secrets"]) == ("active", [])
    leaked = api.console("GET", "/v1/audit-events?action=credential.secret_leaked").json["audit_events"]
    assert [(event["client_id"], event["actor"]["type"]) for event in leaked] == [(credential["client_id"], "service")]
    assert api.console("GET", "/v1/audit-events", tenant="globex").json["audit_events"] == []
    added = api.console("POST", f"{path}/secrets", {}).json
    assert api.exchange(credential | {"client_secret": added["client_secret"]}).status == 200


def test_the_answer_is_the_same_whatever_was_presented(api: Api) -> None:
    kept, revoked, suspended = (api.create()["client_secret"] for _ in range(3))
    clients: list[Any] = api.console("GET", "/v1/credentials").json["credentials"]
    api.console("POST", f"/v1/credentials/{clients[1]['client_id']}/revoke")
    api.console("POST", f"/v1/credentials/{clients[0]['client_id']}/suspend")
    unknown = "accs_" + "0" * 55
    presented = [kept, kept, revoked, suspended, unknown, kept[:-1], "", "x" * 4000]
    answers = [present(api, secret) for secret in presented]
    assert [shown(answer) for answer in answers] == [shown(answers[0])] * len(presented)
    assert (answers[0].status, answers[0].text) == (204, "")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", "application/x-www-form-urlencoded"),
        ("secret=a&secret=b", "application/x-www-form-urlencoded"),
        ('{"secret": "a"}', "application/json"),
        ("secret=" + "a" * 20_000, "application/x-www-form-urlencoded"),
    ],
    ids=["none", "two", "another type", "too long"],
)
def test_what_is_no_report_is_told_so(api: Api, body: str, content_type: str) -> None:
    answer = api.call("POST", "/leaked-secrets", headers={"Content-Type": content_type}, body=body)
    assert (answer.status, answer.json["type"]) == (400, "urn:problem-type:invalid_request")


def test_the_operator_decides_what_happens(api: Api) -> None:
    api.restart(LEAKED_SECRET_CONSEQUENCE="revoke")
    credential = api.create()
    present(api, credential["client_secret"])
    shown = api.console("GET", f"/v1/credentials/{credential['client_id']}").json
    assert (shown["status"], shown["revoked_by"]["name"]) == ("revoked", "Who presented a leaked secret")


def test_a_secret_of_an_earlier_release_is_found_once_it_was_used(api: Api, table_items: TableItems) -> None:
    credential = api.create()
    boto3.client("dynamodb").update_item(
        TableName="credentials",
        Key={"tenant_id": {"S": tenant_of(credential["client_id"])}, "client_id": {"S": credential["client_id"]}},
        UpdateExpression="REMOVE secrets.#id.has_digest",
        ExpressionAttributeNames={"#id": credential["secrets"][0]["secret_id"]},
    )
    [row] = [item for item in table_items("token_records") if item["token_id"]["S"].startswith("secret-digest:")]
    boto3.client("dynamodb").delete_item(TableName="token_records", Key={"token_id": row["token_id"]})
    present(api, credential["client_secret"])
    assert api.exchange(credential).status == 200
    present(api, credential["client_secret"])
    assert api.exchange(credential).status == 401


def test_nothing_that_was_presented_is_logged_or_answered(api: Api, capfd: pytest.CaptureFixture[str]) -> None:
    secret = api.create()["client_secret"]
    api.answers.clear()
    present(api, secret)
    present(api, secret[:-1])
    assert secret[:-1] not in "".join([*capfd.readouterr(), *api.answers])
