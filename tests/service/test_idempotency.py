"""A request under an Idempotency-Key is carried out once, however often it is sent."""

import json
import time
from typing import Any

import pytest

from tests.support.api_client import Answer, Api

NEW = {"name": "Nightly export"}


def send(api: Api, path: str, body: dict[str, Any] | None, key: str) -> Answer:
    headers = {"Authorization": f"Bearer {api.identity_provider.token()}", "Content-Type": "application/json"}
    content = None if body is None else json.dumps(body)
    return api.call("POST", path, headers=headers | {"Idempotency-Key": key}, body=content)


def actions(api: Api) -> list[str]:
    return [event["action"] for event in api.console("GET", "/v1/audit-events").json["audit_events"]]


def test_a_create_that_is_sent_again_names_the_first_ones_credential_and_makes_no_second(api: Api) -> None:
    first = send(api, "/v1/credentials", NEW, "key-1")
    again = send(api, "/v1/credentials", {**NEW}, '"key-1"')
    assert (first.status, again.status) == (201, 409)
    assert again.json["type"] == "urn:problem-type:already_created"
    assert again.json["client_id"] == first.json["client_id"]
    assert "client_secret" not in again.text
    assert len(api.console("GET", "/v1/credentials").json["credentials"]) == 1
    assert actions(api) == ["credential.created"]


def test_another_body_under_the_key_is_refused(api: Api) -> None:
    send(api, "/v1/credentials", NEW, "key-1")
    other = send(api, "/v1/credentials", {"name": "another"}, "key-1")
    assert (other.status, other.json["type"]) == (422, "urn:problem-type:idempotency_key_reused")
    assert send(api, "/v1/credentials", {"name": "another"}, "key-2").status == 201


def test_a_key_is_one_tenants_alone(api: Api) -> None:
    send(api, "/v1/credentials", NEW, "key-1")
    stranger = api.console("POST", "/v1/credentials", NEW, headers={"Idempotency-Key": "key-1"}, tenant="globex")
    assert stranger.status == 201


def test_a_secret_that_is_added_again_is_named_so_that_it_can_be_ended(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets"
    added = send(api, path, {}, "key-1")
    again = send(api, path, {}, "key-1")
    assert (added.status, again.status, again.json["type"]) == (201, 409, "urn:problem-type:already_created")
    assert again.json["client_id"] == created["client_id"]
    assert again.json["secret_id"] == added.json["secrets"][-1]["secret_id"]
    assert api.console("DELETE", f"{path}/{again.json['secret_id']}").status == 204
    assert api.exchange(created).status == 200


def test_the_same_key_on_another_credential_is_another_request(api: Api) -> None:
    for client_id in (api.create()["client_id"], api.create()["client_id"]):
        assert send(api, f"/v1/credentials/{client_id}/secrets", {}, "key-1").status == 201


def test_a_revoke_all_that_is_sent_again_spares_what_was_created_in_between(api: Api) -> None:
    old = api.create()
    first = send(api, "/v1/credentials/revoke-all", None, "key-1")
    new = api.create()
    again = send(api, "/v1/credentials/revoke-all", None, "key-1")
    assert (first.status, again.status) == (202, 202)
    assert again.json == first.json
    assert api.exchange(old).status == 401
    assert api.exchange(new).status == 200
    assert actions(api).count("credentials.revoked_all") == 1
    assert send(api, "/v1/credentials/revoke-all", None, "key-2").json["generation"] == first.json["generation"] + 1


def test_a_key_is_forgotten_after_a_day(api: Api) -> None:
    first = send(api, "/v1/credentials", NEW, "key-1")
    api.clock.set(time.time() + 86_390)
    assert send(api, "/v1/credentials", NEW, "key-1").status == 409
    api.clock.set(time.time() + 86_402)
    second = send(api, "/v1/credentials", NEW, "key-1")
    assert second.status == 201
    assert send(api, "/v1/credentials", NEW, "key-1").json["client_id"] == second.json["client_id"]
    assert second.json["client_id"] != first.json["client_id"]


@pytest.mark.parametrize("key", ["", " ", '""', '"open', "two words", "a,b", "ü", "x" * 256, '"a";p=1'])
@pytest.mark.parametrize("path", ["/v1/credentials", "/v1/credentials/revoke-all"])
def test_what_is_no_key_is_refused_and_nothing_is_done(api: Api, path: str, key: str) -> None:
    answer = send(api, path, NEW, key)
    assert (answer.status, answer.json["type"]) == (400, "urn:problem-type:invalid_request")
    assert "Idempotency-Key" in answer.json["detail"]
    assert actions(api) == []


def test_the_key_itself_is_not_stored(api: Api) -> None:
    send(api, "/v1/credentials", NEW, "a-key-of-my-own")
    rows = api.clients.dynamodb.scan(TableName="token_records")["Items"]
    assert [row["token_id"]["S"].partition(":")[0] for row in rows].count("idempotency") == 1
    assert "a-key-of-my-own" not in str(rows)
