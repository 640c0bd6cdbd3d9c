"""A credential is edited: PATCH /v1/credentials/{client_id}."""

import json
from typing import Any

import pytest
import requests

from tests.support.api_client import Answer, Api, claims_of
from tests.support.client_key import ClientKey
from tests.support.local_stack import PATIENCE, LocalStack

ALL: dict[str, Any] = {
    "name": "Hourly export",
    "description": "Sends the orders",
    "scopes": ["orders:read", "orders:write"],
    "expires_at": "2035-01-01T00:00:00Z",
    "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
}


def patch(api: Api, client_id: str, body: Any, if_match: str | None = None, **claims: Any) -> Answer:
    headers = {
        "Authorization": f"Bearer {api.identity_provider.token(**claims)}",
        "Content-Type": "application/merge-patch+json",
    }
    if if_match is not None:
        headers["If-Match"] = if_match
    return api.call("PATCH", f"/v1/credentials/{client_id}", headers=headers, body=json.dumps(body))


def test_what_is_named_is_changed_and_shown_from_then_on(api: Api) -> None:
    created = api.create()
    answer = patch(api, created["client_id"], ALL)
    assert answer.status == 200
    before = {name: value for name, value in created.items() if name != "client_secret"}
    assert answer.json == before | ALL
    assert api.console("GET", f"/v1/credentials/{created['client_id']}").json == answer.json


def test_null_takes_away_and_what_is_absent_stays(api: Api) -> None:
    client_id = api.create(**ALL)["client_id"]
    cleared = patch(api, client_id, {"description": None, "expires_at": None, "allowed_addresses": None}).json
    assert [cleared[name] for name in ("description", "expires_at", "allowed_addresses")] == [None, None, None]
    assert (cleared["name"], cleared["scopes"]) == (ALL["name"], ALL["scopes"])


def test_a_body_may_be_sent_as_plain_json_and_as_nothing_else(api: Api) -> None:
    one = f"/v1/credentials/{api.create()['client_id']}"
    assert api.console("PATCH", one, {"name": "x"}).json["name"] == "x"
    headers = {"Authorization": f"Bearer {api.identity_provider.token()}", "Content-Type": "text/plain"}
    assert api.call("PATCH", one, headers=headers, body=b"{}").status == 415


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"status": "active"}, "/status"),
        ({"client_id": "x"}, "/client_id"),
        ({"name": None}, "/name"),
        ({"name": ""}, "/name"),
        ({"scopes": None}, "/scopes"),
        ({"scopes": ["nope"]}, "/scopes/0"),
        ({"expires_at": "2001-01-01T00:00:00Z"}, "/expires_at"),
        ({"description": "x" * 501}, "/description"),
        ({"allowed_addresses": []}, "/allowed_addresses"),
        ({"allowed_addresses": ["192.0.2.0/24"] * 21}, "/allowed_addresses"),
        ({"allowed_addresses": ["192.0.2.1/24"]}, "/allowed_addresses/0"),
        ([], ""),
    ],
    ids=str,
)
def test_a_faulty_change_is_refused_and_changes_nothing(api: Api, body: Any, pointer: str) -> None:
    created = api.create()
    answer = patch(api, created["client_id"], body)
    assert answer.status == 400
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert api.console("GET", f"/v1/credentials/{created['client_id']}").headers["ETag"] == '"1"'


def test_a_lost_update_is_refused(api: Api) -> None:
    client_id = api.create()["client_id"]
    seen = api.console("GET", f"/v1/credentials/{client_id}").headers["ETag"]
    assert patch(api, client_id, {"name": "first"}, seen).status == 200
    lost = patch(api, client_id, {"name": "second"}, seen)
    assert (lost.status, lost.json["type"]) == (412, "urn:problem-type:precondition_failed")
    current = api.console("GET", f"/v1/credentials/{client_id}")
    assert current.json["name"] == "first"
    assert patch(api, client_id, {"name": "second"}, current.headers["ETag"]).json["name"] == "second"


def test_whoever_lost_the_answer_asks_again_and_gets_it(api: Api) -> None:
    client_id = api.create()["client_id"]
    first, again = (patch(api, client_id, {"name": "x"}, '"1"') for _ in range(2))
    assert (first.status, first.text, first.headers["ETag"]) == (again.status, again.text, again.headers["ETag"])


@pytest.mark.parametrize(("if_match", "status"), [("*", 200), (None, 200), ('"9"', 412), ('W/"1"', 412), ("1", 400)])
def test_what_an_if_match_names(api: Api, if_match: str | None, status: int) -> None:
    assert patch(api, api.create()["client_id"], {"name": "x"}, if_match).status == status


def test_every_answer_with_one_credential_has_its_version(api: Api) -> None:
    created = api.console("POST", "/v1/credentials", {"name": "x"})
    one = f"/v1/credentials/{created.json['client_id']}"
    answers = [
        created,
        api.console("GET", one),
        api.console("PATCH", one, {"name": "y"}),
        api.console("POST", f"{one}/secrets", {}),
        api.console("POST", f"{one}/suspend"),
        api.console("POST", f"{one}/resume"),
        api.console("POST", f"{one}/revoke"),
        api.console("GET", one),
    ]
    assert [answer.headers["ETag"] for answer in answers] == ['"1"', '"1"', '"2"', '"3"', '"4"', '"5"', '"6"', '"6"']


def test_a_page_of_another_origin_may_edit_and_read_the_version(api: Api) -> None:
    one = f"/v1/credentials/{api.create()['client_id']}"
    assert {"ETag", "X-Request-Id"} <= set(
        api.console("GET", one).headers["Access-Control-Expose-Headers"].replace(" ", "").split(",")
    )


def test_the_next_exchange_has_the_scopes_that_were_left(api: Api) -> None:
    created = api.create(scopes=["orders:read", "orders:write"])
    patch(api, created["client_id"], {"scopes": ["orders:write"]})
    assert claims_of(api.access_token(created))["scope"] == "orders:write"
    assert api.exchange(created, scope="orders:read").json["error"] == "invalid_scope"


def test_an_expired_credential_is_active_again_with_a_later_expiry(api: Api) -> None:
    created = api.create(expires_at="2035-01-01T00:00:00Z")
    api.clock.shift += 20 * 365 * 86_400
    assert api.exchange(created).status == 401
    assert patch(api, created["client_id"], {"expires_at": None}).json["status"] == "active"
    assert api.exchange(created).status == 200


def test_a_suspended_credential_is_edited_and_stays_suspended(api: Api) -> None:
    client_id = api.create()["client_id"]
    api.console("POST", f"/v1/credentials/{client_id}/suspend")
    edited = patch(api, client_id, ALL).json
    assert (edited["status"], edited["expires_at"]) == ("suspended", ALL["expires_at"])
    resumed = api.console("POST", f"/v1/credentials/{client_id}/resume").json
    assert (resumed["status"], resumed["expires_at"]) == ("active", ALL["expires_at"])


def test_the_audit_trail_says_how_it_was_and_how_it_is(api: Api) -> None:
    client_id = api.create()["client_id"]
    patch(api, client_id, {"scopes": ["orders:read", "orders:write"], "description": "x", "name": "Nightly export"})
    patch(api, client_id, {"description": "x"})
    edited, created = api.console("GET", "/v1/audit-events").json["audit_events"]
    assert (created["action"], edited["action"], edited["client_id"]) == (
        "credential.created",
        "credential.edited",
        client_id,
    )
    assert edited["details"] == {
        "name": "Nightly export",
        "before": {"scopes": ["orders:read"], "description": None},
        "after": {"scopes": ["orders:read", "orders:write"], "description": "x"},
    }


def test_a_viewer_edits_nothing(api: Api) -> None:
    client_id = api.create()["client_id"]
    assert patch(api, client_id, {"name": "x"}, roles=["viewer"]).status == 403
    assert api.console("GET", f"/v1/credentials/{client_id}").json["name"] == "Nightly export"


@pytest.mark.slow
def test_a_page_of_another_origin_may_patch_and_delete_over_a_socket(running_stack: LocalStack) -> None:
    credentials = f"{running_stack.base_url}/v1/credentials"
    console = {"Authorization": f"Bearer {running_stack.token()}"}
    made = requests.post(
        credentials, json={"name": "x", "jwks": {**ClientKey().jwk, "kid": "a/b"}}, headers=console, timeout=PATIENCE
    )
    one = f"{credentials}/{made.json()['client_id']}"
    keys = f"{one}/keys"
    for url, method in ((one, "PATCH"), (f"{keys}/a%2Fb", "DELETE")):
        preflight = requests.options(url, headers={"Origin": "https://x.example"}, timeout=PATIENCE)
        assert method in preflight.headers["Access-Control-Allow-Methods"]
        assert "If-Match" in preflight.headers["Access-Control-Allow-Headers"]
    assert requests.post(keys, json={"jwk": ClientKey().jwk}, headers=console, timeout=PATIENCE).status_code == 201
    edited = requests.patch(one, json={"name": "y"}, headers=console | {"If-Match": '"2"'}, timeout=PATIENCE)
    assert (edited.status_code, edited.headers["ETag"]) == (200, '"3"')
    removed = requests.delete(f"{keys}/a%2Fb", headers=console | {"If-Match": '"3"'}, timeout=PATIENCE)
    assert (removed.status_code, removed.content) == (204, b"")
