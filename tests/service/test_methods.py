"""Methods of the routes: HEAD wherever there is GET (RFC 9110 §9.1, §9.3.2), and what the others get."""

import pytest
import requests

import app
from tests.support.api_client import Api
from tests.support.local_stack import LocalStack

READ = [path for path, methods in app.app.routes.items() if "GET" in methods]
PUBLIC = [path for path in READ if "{" not in path and app.app.routes[path]["GET"].authorizer is None]
OF_ONE_ANSWER = {"date", "x-request-id"}


def told(answer: requests.Response) -> dict[str, str]:
    """The headers that do not tell one answer from the next, by their names in lower case."""
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in OF_ONE_ANSWER}


@pytest.mark.parametrize("path", READ)
def test_what_can_be_got_can_be_asked_for_without_its_body_by_whoever_may_get_it(path: str) -> None:
    get, head = (app.app.routes[path][method] for method in ("GET", "HEAD"))
    assert (get.view_name, get.authorizer) == (head.view_name, head.authorizer)


@pytest.mark.slow
@pytest.mark.parametrize("path", PUBLIC)
def test_head_has_the_status_and_headers_of_get_and_no_body(running_stack: LocalStack, path: str) -> None:
    got, asked = (requests.request(method, running_stack.base_url + path, timeout=30) for method in ("GET", "HEAD"))
    assert int(got.headers["Content-Length"]) > 0
    assert (asked.status_code, told(asked), asked.content) == (got.status_code, told(got), b"")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/v1/whoami", "/v1/credentials", "/status-lists"])
def test_a_guarded_route_challenges_another_scheme_without_an_error_code(running_stack: LocalStack, path: str) -> None:
    challenges = {
        scheme: requests.get(
            running_stack.base_url + path, headers={"Authorization": f"{scheme} dXNlcjpwYXNzd29yZA=="}, timeout=30
        ).headers["WWW-Authenticate"]
        for scheme in ("Basic", "Bearer")
    }
    url = f"{running_stack.base_url}/.well-known/oauth-protected-resource"
    assert challenges == {
        "Basic": f'Bearer resource_metadata="{url}"',
        "Bearer": f'Bearer error="invalid_token", resource_metadata="{url}"',
    }


@pytest.mark.slow
def test_head_is_guarded_as_get_is(running_stack: LocalStack) -> None:
    url = f"{running_stack.base_url}/v1/credentials"
    authorized = {"Authorization": f"Bearer {running_stack.token()}"}
    for method in ("GET", "HEAD"):
        assert requests.request(method, url, timeout=30).status_code == 401
        assert requests.request(method, url, headers=authorized, timeout=30).status_code == 200


@pytest.mark.parametrize("path", app.app.routes)
def test_another_method_is_refused_and_the_answer_names_those_that_there_are(api: Api, path: str) -> None:
    filled = path.replace("{", "").replace("}", "")
    answer = api.call("PUT", filled, headers={"Content-Type": "text/plain"}, body="x")
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(", ")) == app.app.routes[path].keys()
    assert "method_not_allowed" in answer.text


def test_the_function_answers_a_revocation_with_neither_a_body_nor_a_type(api: Api) -> None:
    created = api.create()
    answer = api.ask("/oauth/revoke", created, token=api.access_token(created))
    assert (answer.status, answer.text) == (200, "")
    assert "Content-Type" not in answer.headers


@pytest.mark.slow
def test_a_revocation_is_answered_with_neither_a_body_nor_a_type(running_stack: LocalStack) -> None:
    authorized = {"Authorization": f"Bearer {running_stack.token()}"}
    created = requests.post(
        f"{running_stack.base_url}/v1/credentials", json={"name": "Revokes"}, headers=authorized, timeout=30
    ).json()
    client = (created["client_id"], created["client_secret"])
    answer = requests.post(f"{running_stack.base_url}/oauth/revoke", {"token": "x"}, auth=client, timeout=30)
    assert (answer.status_code, answer.content) == (200, b"")
    assert "Content-Type" not in answer.headers
