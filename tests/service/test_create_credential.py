"""A credential is made: POST /v1/credentials."""

import json

import pytest

from chalicelib.settings import MOST_SCOPES
from tests.support.api_client import Api, claims_of
from tests.support.table_items import TableItems


def test_a_created_credential_comes_with_its_secret_and_who_made_it(api: Api) -> None:
    created = api.create("Nightly export", scopes=["orders:read", "orders:write"], expires_at="2099-01-01T00:00:00Z")
    assert created["client_id"].startswith("acc_")
    assert created["client_secret"].startswith("accs_")
    assert created["created_by"] == {"subject": "ada", "name": "Ada Admin", "type": "console_user"}
    assert created["scopes"] == ["orders:read", "orders:write"]
    assert created["expires_at"] == "2099-01-01T00:00:00Z"
    assert created["status"] == "active"


def test_a_credential_without_scopes_gets_the_default_ones(api: Api) -> None:
    assert api.create()["scopes"] == ["orders:read"]


def test_the_secret_is_in_one_answer_and_nowhere_else(
    api: Api, table_items: TableItems, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    created = api.create()
    secret = created["client_secret"]
    api.access_token(created)
    api.exchange(created | {"client_secret": secret[:-1] + ("0" if secret[-1] != "0" else "1")})
    api.form("/oauth/token", {"grant_type": "client_credentials", "client_id": secret, "client_secret": secret})
    api.form("/oauth/token", {"grant_type": secret}, {"Authorization": f"Bearer {secret}"})
    api.form("/oauth/token", {"grant_type": "client_credentials", secret: secret, "scope": secret})
    api.console("POST", "/v1/credentials", {"name": 1, "expires_at": secret, "colour": secret})
    api.console("GET", f"/v1/credentials/{created['client_id']}")
    api.console("GET", "/v1/credentials?status=all")
    api.console("POST", f"/v1/credentials/{created['client_id']}/revoke")
    api.console("POST", "/v1/credentials/revoke-all")
    api.console("GET", "/v1/audit-events")
    api.whoami(secret)
    random_part = secret[len("accs_") + 6 : -6]
    assert sum(random_part in answer for answer in api.answers) == 1
    assert random_part not in caplog.text
    for table in ("tenants", "credentials", "audit_events"):
        assert table_items(table)
        assert random_part not in json.dumps(table_items(table))


def test_a_name_that_deceives_is_refused_by_the_character_and_its_place(api: Api) -> None:
    answer = api.console("POST", "/v1/credentials", {"name": "Night\u200bly", "description": "\u202edlo"})
    faults = {fault["pointer"]: fault["detail"] for fault in answer.json["errors"]}
    assert answer.status == 400
    assert faults.keys() == {"/name", "/description"}
    assert faults["/name"].startswith("must not have U+200B ZERO WIDTH SPACE as its character 6: ")
    assert faults["/description"].startswith("must not have U+202E RIGHT-TO-LEFT OVERRIDE as its character 1: ")


def test_what_the_identity_provider_calls_somebody_is_kept_as_it_is(api: Api) -> None:
    created = api.console("POST", "/v1/credentials", {"name": "x"}, name="Ada\u200b \u202enimdA").json
    assert created["created_by"]["name"] == "Ada\u200b \u202enimdA"
    assert api.console("GET", f"/v1/credentials/{created['client_id']}").json["created_by"] == created["created_by"]


def test_names_travel_unharmed(api: Api) -> None:
    created = api.console("POST", "/v1/credentials", {"name": "Überblick 集計 🔑"}, name="Zoë Ünïcode", sub="x|é")
    assert created.json["name"] == "Überblick 集計 🔑"
    assert created.json["created_by"] == {"subject": "x|é", "name": "Zoë Ünïcode", "type": "console_user"}


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/name"}),
        ({"name": ""}, {"/name"}),
        ({"name": "  "}, {"/name"}),
        ({"name": "x" * 101}, {"/name"}),
        ({"name": "two\nlines"}, {"/name"}),
        ({"name": "turned \u202e around"}, {"/name"}),
        ({"name": "\u3164"}, {"/name"}),
        ({"name": "\u2800"}, {"/name"}),
        ({"name": "Zoe\u0308"}, {"/name"}),
        ({"name": 7}, {"/name"}),
        ({"name": None}, {"/name"}),
        ({"name": "x", "colour": "red"}, {"/colour"}),
        ({"name": "x", "a/b~c": 1}, {"/a~1b~0c"}),
        ({"name": "x", "scopes": "orders:read"}, {"/scopes"}),
        ({"name": "x", "scopes": ["orders:read", 3]}, {"/scopes/1"}),
        ({"name": "x", "scopes": ["orders:read", "nope"]}, {"/scopes/1"}),
        ({"name": "x", "expires_at": "tomorrow"}, {"/expires_at"}),
        ({"name": "x", "expires_at": "2030-01-01T00:00:00"}, {"/expires_at"}),
        ({"name": "x", "expires_at": "2001-01-01T00:00:00Z"}, {"/expires_at"}),
        ({"name": "x", "expires_at": "9999-12-31T23:59:59-05:00"}, {"/expires_at"}),
        ({"name": "x", "expires_at": "0001-01-01T00:00:00+14:00"}, {"/expires_at"}),
        ({"name": "x", "expires_at": 2**60}, {"/expires_at"}),
        ({"name": 7, "scopes": 7, "expires_at": 7, "more": 7}, {"/name", "/scopes", "/expires_at", "/more"}),
        ([], {""}),
        ("not json", {""}),
        ('{"name": "x"', {""}),
        (b'{"name": "\xff"}', {""}),
        ('{"name": "\\ud800"}', {"/name", ""}),
        ({"name": "x" * 17_000}, {""}),
        ("[" * 10_000, {""}),
    ],
)
def test_a_faulty_body_is_refused_with_a_pointer_to_each_fault(api: Api, body: object, pointers: set[str]) -> None:
    answer = api.console("POST", "/v1/credentials", body)
    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {error["pointer"] for error in answer.json["errors"]} <= pointers
    assert answer.json["errors"]
    assert api.console("GET", "/v1/credentials").json["credentials"] == []


def test_a_credential_with_as_many_scopes_as_it_may_have_gets_its_tokens(api: Api) -> None:
    names = [f"scope-{number:02}-{'x' * 10}" for number in range(MOST_SCOPES)]
    api.restart(SCOPES=json.dumps(dict.fromkeys(names, "A scope")), DEFAULT_SCOPES="")
    token = api.access_token(api.create(scopes=names))
    assert claims_of(token)["scope"] == " ".join(names)
    assert api.whoami(token).status == 200


def test_one_scope_too_many_is_refused_with_the_bound(api: Api) -> None:
    answer = api.console("POST", "/v1/credentials", {"name": "x", "scopes": ["orders:read"] * (MOST_SCOPES + 1)})
    assert answer.status == 400
    assert answer.json["errors"][0]["pointer"] == "/scopes"
    assert str(MOST_SCOPES) in answer.json["errors"][0]["detail"]
