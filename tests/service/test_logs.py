"""What is logged of a request, and what never is."""

import json
from typing import Any

from tests.support.api_client import Api, basic
from tests.support.log_lines import LogLines


def exchanges(lines: LogLines) -> list[Any]:
    return [written for written in lines() if written["message"] == "token request"]


def test_an_exchange_is_one_line_that_names_the_client_and_no_secret(api: Api, lines: LogLines) -> None:
    credential = api.create()
    token = api.access_token(credential)
    [written] = exchanges(lines)
    assert written["outcome"] == "issued"
    assert written["client_id"] == credential["client_id"]
    assert written["request_id"]
    assert written["Duration"] > 0
    everything = json.dumps(lines())
    assert credential["client_secret"] not in everything
    assert token not in everything


def test_a_refused_exchange_is_one_line_with_the_error_code(api: Api, lines: LogLines) -> None:
    credential = api.create()
    api.exchange(credential, scope="orders:write")
    api.exchange(credential | {"client_secret": "accs_wrong"})
    assert [written["outcome"] for written in exchanges(lines)] == ["invalid_scope", "invalid_client"]


def test_a_secret_in_the_field_of_the_client_id_is_not_logged(api: Api, lines: LogLines) -> None:
    secret = api.create()["client_secret"]
    api.form("/oauth/token", {"grant_type": "client_credentials"}, basic(secret, secret))
    [written] = exchanges(lines)
    assert "client_id" not in written
    assert secret not in json.dumps(lines())


def test_a_request_that_cannot_be_read_does_not_get_the_client_of_the_one_before(api: Api, lines: LogLines) -> None:
    api.exchange(api.create())
    api.call("POST", "/oauth/token", body="x")
    assert "client_id" not in exchanges(lines)[-1]


def test_a_console_token_that_is_only_wrong_does_not_ring_that_alarm(api: Api, lines: LogLines) -> None:
    api.console("GET", "/v1/credentials", aud="another")
    assert not [written for written in lines() if "identity_provider" in written]
