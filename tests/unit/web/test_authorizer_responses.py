"""Whom an authorizer lets through."""

import re
from typing import NoReturn

import pytest
from chalice.app import AuthRequest

from chalicelib.errors import InvalidToken, Unavailable
from chalicelib.settings import Settings
from chalicelib.web import authorizer_responses
from tests.support.environ import ENVIRON
from tests.support.log_lines import LogLines

SETTINGS = Settings.from_env(ENVIRON)


def _refuses(_presented: object) -> NoReturn:
    raise InvalidToken


def _fails(_presented: object) -> NoReturn:
    raise ZeroDivisionError


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic x", "x"])
def test_an_authorizer_denies_what_is_no_bearer_token(header: str) -> None:
    request = AuthRequest("TOKEN", header, "arn:aws:execute-api:eu-central-1:1:api/stage/GET/x")
    answer = authorizer_responses.for_manager(request, SETTINGS, _refuses, _refuses).to_dict(request)
    assert answer["policyDocument"]["Statement"][0]["Resource"] == []


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        ("Basic dXNlcjpwYXNzd29yZA==", "Bearer"),
        ("Digest x", "Bearer"),
        ("x", "Bearer"),
        ("Bearer x", 'Bearer error="invalid_token"'),
        ("bearer ", 'Bearer error="invalid_token"'),
    ],
)
def test_a_scheme_that_is_no_token_s_is_challenged_without_an_error_code(header: str, challenge: str) -> None:
    request = AuthRequest("TOKEN", header, "arn:aws:execute-api:eu-central-1:1:api/stage/GET/x")
    for answer in (
        authorizer_responses.for_manager(request, SETTINGS, _refuses, _refuses),
        authorizer_responses.for_access_token(request, SETTINGS, _refuses),
    ):
        said = answer.to_dict(request)["context"]["challenge"]
        assert re.sub(r',? resource_metadata="[^"]*"', "", said) == challenge


@pytest.mark.parametrize(("header", "error"), [("Basic x", ""), ("Bearer x", 'error="invalid_token", ')])
def test_who_needs_a_token_of_ours_is_told_where_the_metadata_is(header: str, error: str) -> None:
    request = AuthRequest("TOKEN", header, "arn:aws:execute-api:eu-central-1:1:api/stage/GET/x")
    url = "https://credentials.example.com/.well-known/oauth-protected-resource"
    for answer in (
        authorizer_responses.for_manager(request, SETTINGS, _refuses, _refuses),
        authorizer_responses.for_access_token(request, SETTINGS, _refuses),
    ):
        assert answer.to_dict(request)["context"] == {"challenge": f'Bearer {error}resource_metadata="{url}"'}


def _is_away(_presented: object) -> NoReturn:
    raise Unavailable


REQUEST = AuthRequest("TOKEN", "Bearer secret-token", "arn:aws:execute-api:eu-central-1:1:api/stage/GET/x")


def test_an_outage_is_no_denial_which_a_cache_would_keep(lines: LogLines) -> None:
    with pytest.raises(Unavailable):
        authorizer_responses.for_manager(REQUEST, SETTINGS, _is_away, _is_away)
    with pytest.raises(Unavailable):
        authorizer_responses.for_access_token(REQUEST, SETTINGS, _is_away)
    assert lines() == []  # whatever failed has its line already


def test_a_defect_is_no_denial_either_and_an_error_in_the_log(lines: LogLines) -> None:
    with pytest.raises(ZeroDivisionError):
        authorizer_responses.for_access_token(REQUEST, SETTINGS, _fails)
    assert [line["level"] for line in lines()] == ["ERROR"]
    assert "secret-token" not in str(lines())
