"""Clients of an older endpoint: they send JSON, and to a path of their own, where the settings let them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.support.api_client import Answer, Api, basic, claims_of
from tests.support.client_key import ASSERTION_TYPE, ClientKey
from tests.support.local_stack import PATIENCE, LocalStack, started_stack

JSON = {"Content-Type": "application/json"}
ALIAS = "/v1/partner/oauth/token"


def grant(credential: dict[str, Any]) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_id": credential["client_id"],
        "client_secret": credential["client_secret"],
    }


def by_assertion(key: ClientKey, credential: dict[str, Any], audience: str) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": key.assertion(credential["client_id"], aud=audience),
    }


def post(api: Api, body: object, headers: dict[str, str] | None = None) -> Answer:
    content = body if isinstance(body, str) else json.dumps(body)
    return api.call("POST", "/oauth/token", headers=JSON | (headers or {}), body=content)


@pytest.fixture
def json_api(api: Api) -> Api:
    api.restart(TOKEN_REQUEST_JSON="true")
    return api


def test_json_is_refused_unless_a_setting_allows_it(api: Api) -> None:
    answer = post(api, grant(api.create()))
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_a_json_object_gets_what_a_form_gets(json_api: Api) -> None:
    credential = json_api.create(scopes=["orders:read", "orders:write"])
    asked = {"scope": "orders:write", "resource": "https://reports.example.com"}
    answer = post(json_api, grant(credential) | asked)
    claims = claims_of(answer.json["access_token"])
    assert (answer.status, claims["scope"], claims["aud"]) == (200, asked["scope"], asked["resource"])
    assert answer.json.keys() == json_api.exchange(credential, **asked).json.keys()
    in_the_header = basic(credential["client_id"], credential["client_secret"])
    assert post(json_api, {"grant_type": "client_credentials"}, in_the_header).status == 200


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": ["client_credentials"]}, "invalid_request"),
        ({"client_secret": "accs_wrong"}, "invalid_client"),
        ({"client_secret": None}, "invalid_request"),
        ({"client_secret": "\ud800"}, "invalid_request"),
        ({"client_assertion": "a.b.c"}, "invalid_request"),
        ({"scope": "orders:fly"}, "invalid_scope"),
        ({"resource": "https://elsewhere.example.com"}, "invalid_target"),
        ({"x": "y" * 20_000}, "invalid_request"),
    ],
    ids=str,
)
def test_a_wrong_json_object_gets_the_error_of_the_same_form(
    json_api: Api, changed: dict[str, object], error: str
) -> None:
    assert post(json_api, grant(json_api.create()) | changed).json["error"] == error


def test_a_parameter_that_comes_twice_in_json_is_refused(json_api: Api) -> None:
    twice = json.dumps(grant(json_api.create()))[:-1] + ', "grant_type": "client_credentials"}'
    answer = post(json_api, twice)
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_no_other_oauth_endpoint_takes_json(json_api: Api) -> None:
    credential = json_api.create(scopes=["introspect"])
    asked = json.dumps(grant(credential) | {"token": json_api.access_token(credential)})
    for path in ("/oauth/introspect", "/oauth/revoke"):
        assert json_api.call("POST", path, headers=JSON, body=asked).status == 400


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    with started_stack(TOKEN_REQUEST_JSON="true", TOKEN_PATH_ALIASES=ALIAS) as stack:
        yield stack


def created(stack: LocalStack, **fields: object) -> dict[str, Any]:
    answer = requests.post(
        f"{stack.base_url}/v1/credentials",
        json={"name": "x", **fields},
        headers={"Authorization": f"Bearer {stack.token()}"},
        timeout=PATIENCE,
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.slow
def test_a_client_of_an_older_endpoint_need_not_change(stack: LocalStack) -> None:
    credential = created(stack)
    answer = requests.post(
        f"{stack.base_url}/v1/partner/oauth/token",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        data=json.dumps(
            {
                "grant_type": "client_credentials",
                "client_id": credential["client_id"],
                "client_secret": credential["client_secret"],
            }
        ),
        timeout=PATIENCE,
    )
    token = answer.json()
    assert answer.status_code == 200
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 900)
    called = requests.get(
        f"{stack.base_url}/v1/whoami",
        headers={"Authorization": f"{token['token_type']} {token['access_token']}"},
        timeout=PATIENCE,
    )
    assert called.json()["client_id"] == credential["client_id"]


@pytest.mark.slow
def test_a_clients_key_serves_at_an_alias_too(stack: LocalStack) -> None:
    key, called = ClientKey(), stack.base_url + ALIAS
    credential = created(stack, jwks=key.jwk)
    form = by_assertion(key, credential, called)
    answer = requests.post(called, data=form, headers={"DPoP": key.proof(url=called)}, timeout=PATIENCE)
    assert (answer.status_code, answer.json()["token_type"]) == (200, "DPoP"), answer.text
    elsewhere = {"DPoP": key.proof(url=f"{stack.base_url}/oauth/token")}
    form = by_assertion(key, credential, called)
    answer = requests.post(called, data=form, headers=elsewhere, timeout=PATIENCE)
    assert answer.json()["error"] == "invalid_dpop_proof"


@pytest.mark.slow
def test_discovery_does_not_lead_to_an_alias_and_the_openapi_document_has_it(stack: LocalStack) -> None:
    metadata = requests.get(f"{stack.base_url}/.well-known/oauth-authorization-server", timeout=PATIENCE).json()
    assert metadata["token_endpoint"] == f"{stack.base_url}/oauth/token"
    paths = requests.get(f"{stack.base_url}/openapi.json", timeout=PATIENCE).json()["paths"]
    usual, alias = paths["/oauth/token"]["post"], paths[ALIAS]["post"]
    assert usual["requestBody"]["content"].keys() == {"application/x-www-form-urlencoded", "application/json"}
    assert alias | {"operationId": None} == usual | {"operationId": None}
    assert (usual["operationId"], alias["operationId"]) == ("issue_token", "issue_token_v1_partner_oauth_token")


@pytest.mark.slow
def test_a_page_on_another_origin_may_call_an_alias(stack: LocalStack) -> None:
    preflight = requests.options(stack.base_url + ALIAS, headers={"Origin": "https://x.example"}, timeout=PATIENCE)
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert requests.get(stack.base_url + ALIAS, timeout=PATIENCE).status_code == 405
