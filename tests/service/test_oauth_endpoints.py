"""What every OAuth endpoint has in common."""

import pytest

from tests.support.api_client import Api, basic


@pytest.mark.parametrize("path", ["/oauth/introspect", "/oauth/revoke"])
def test_a_token_must_be_named(api: Api, path: str) -> None:
    answer = api.ask(path, api.create(scopes=["introspect"]))
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
def test_an_oauth_endpoint_takes_post_alone(api: Api, path: str) -> None:
    answer = api.call("GET", f"{path}?grant_type=client_credentials")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
def test_a_client_that_is_refused_is_told_how_to_authenticate(api: Api, path: str) -> None:
    fields = {"grant_type": "client_credentials", "token": "x"}
    answer = api.form(path, fields, basic(api.create()["client_id"], "wrong"))
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
