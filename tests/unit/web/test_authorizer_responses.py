"""Whom an authorizer lets through."""

from typing import NoReturn

import pytest
from chalice.app import AuthRequest

from chalicelib.web import authorizer_responses


def _fails(_presented: object) -> NoReturn:
    raise ZeroDivisionError


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic x", "x"])
def test_an_authorizer_denies_what_is_no_bearer_token(header: str) -> None:
    request = AuthRequest("TOKEN", header, "arn:aws:execute-api:eu-central-1:1:api/stage/GET/x")
    answer = authorizer_responses.for_console_user(request, _fails).to_dict(request)
    assert answer["policyDocument"]["Statement"][0]["Resource"] == []


def test_an_authorizer_that_fails_denies(caplog: pytest.LogCaptureFixture) -> None:
    request = AuthRequest("TOKEN", "Bearer secret-token", "arn:aws:execute-api:eu-central-1:1:api/stage/GET/x")
    answer = authorizer_responses.for_access_token(request, "https://credentials.example.com", _fails).to_dict(request)
    assert answer["policyDocument"]["Statement"][0]["Resource"] == []
    assert "secret-token" not in caplog.text
