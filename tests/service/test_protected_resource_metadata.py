"""Protected resource metadata (RFC 9728): a client that knows an API alone learns where to get its tokens."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.support.api_client import Api, claims_of
from tests.support.local_stack import PATIENCE, LocalStack, free_port, started_stack

ISSUER = "https://credentials.example.com"
WELL_KNOWN = "/.well-known/oauth-protected-resource"


def metadata(api: Api) -> dict[str, Any]:
    answer = api.call("GET", WELL_KNOWN)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    said: dict[str, Any] = answer.json
    return said


def test_the_metadata_is_of_this_service_and_names_its_authorization_server(api: Api) -> None:
    said = metadata(api)
    server = api.call("GET", "/.well-known/oauth-authorization-server").json
    assert said == {
        "resource": ISSUER,
        "authorization_servers": [server["issuer"]],
        "bearer_methods_supported": ["header"],
        "dpop_signing_alg_values_supported": server["dpop_signing_alg_values_supported"],
    }


@pytest.mark.parametrize("written", ["{}", "{}/"])
def test_a_token_for_the_resource_that_the_metadata_names_is_taken_here(api: Api, written: str) -> None:
    resource = metadata(api)["resource"]
    token = api.access_token(api.create(), resource=written.format(resource))
    assert claims_of(token)["aud"] == resource
    assert api.whoami(token).status == 200


def test_the_resource_is_written_as_the_audiences_write_it(api: Api) -> None:
    api.restart(AUDIENCES=f"{ISSUER}/")
    assert metadata(api)["resource"] == f"{ISSUER}/"
    token = api.access_token(api.create(), resource=ISSUER)
    assert claims_of(token)["aud"] == f"{ISSUER}/"
    assert api.whoami(token).status == 200


def test_no_key_is_asked_for_where_bound_tokens_are_refused(api: Api) -> None:
    api.restart(ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS="60")
    assert "dpop_signing_alg_values_supported" not in metadata(api)


def test_the_authorization_server_names_the_resources_that_it_issues_tokens_for(api: Api) -> None:
    api.restart(AUDIENCE="urn:example:api")
    named = api.call("GET", "/.well-known/oauth-authorization-server").json["protected_resources"]
    assert named == ["https://reports.example.com", ISSUER]
    for resource in named:
        assert claims_of(api.access_token(api.create(), resource=resource))["aud"] == resource


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """The service where another API shares its host."""
    port = free_port()
    audiences = f"http://127.0.0.1:{port}/orders https://elsewhere.example.com/reports"
    with started_stack(port, AUDIENCES=audiences) as stack:
        yield stack


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=PATIENCE)


@pytest.mark.slow
def test_a_resource_with_a_path_has_its_metadata_where_the_well_known_part_is_put_before_the_path(
    stack: LocalStack,
) -> None:
    answer = get(f"{stack.base_url}{WELL_KNOWN}/orders")
    assert answer.json() == {
        "resource": f"{stack.base_url}/orders",
        "authorization_servers": [stack.base_url],
        "bearer_methods_supported": ["header"],
    }
    head = requests.head(f"{stack.base_url}{WELL_KNOWN}/orders", timeout=PATIENCE)
    assert (head.status_code, head.headers["ETag"]) == (200, answer.headers["ETag"])


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/reports", "/v1/whoami", "/orders/1"])
def test_no_other_path_has_metadata(stack: LocalStack, path: str) -> None:
    assert get(f"{stack.base_url}{WELL_KNOWN}{path}").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("authorization", [None, "Basic x", "Bearer x"])
def test_a_challenge_leads_to_a_token_that_is_let_through(stack: LocalStack, authorization: str | None) -> None:
    whoami = f"{stack.base_url}/v1/whoami"
    challenge = get(whoami, **({"Authorization": authorization} if authorization else {})).headers["WWW-Authenticate"]
    (url,) = re.findall(r'resource_metadata="([^"]+)"', challenge)
    said = get(url).json()
    assert whoami.startswith(said["resource"])
    (issuer,) = said["authorization_servers"]
    token_endpoint = get(f"{issuer}/.well-known/oauth-authorization-server").json()["token_endpoint"]
    created = requests.post(
        f"{stack.base_url}/v1/credentials",
        json={"name": "x"},
        headers={"Authorization": f"Bearer {stack.token()}"},
        timeout=PATIENCE,
    ).json()
    issued = requests.post(
        token_endpoint,
        {"grant_type": "client_credentials", "resource": said["resource"]},
        auth=(created["client_id"], created["client_secret"]),
        timeout=PATIENCE,
    ).json()
    answer = get(whoami, Authorization=f"Bearer {issued['access_token']}")
    assert (answer.status_code, answer.json()["client_id"]) == (200, created["client_id"])
