"""Every error, rendered in the format of its route."""

import json
from typing import Any

import pytest

from chalicelib.errors import (
    ExchangeLimitReached,
    Fault,
    Forbidden,
    InvalidClient,
    InvalidRequest,
    InvalidToken,
    Refusal,
    Unavailable,
)
from chalicelib.web.error_response import OAUTH_ERROR, PROBLEM, ErrorFormat

FAULTY = InvalidRequest("The body is not valid.", (Fault("/name", "is required"),))


def content(format_: ErrorFormat, refusal: Refusal) -> Any:
    return json.loads(format_.render(refusal, "request-1").body)


def test_a_problem_is_of_rfc_9457() -> None:
    assert content(PROBLEM, FAULTY) == {
        "type": "urn:problem-type:invalid_request",
        "title": InvalidRequest.title,
        "status": 400,
        "detail": "The body is not valid.",
        "request_id": "request-1",
        "errors": [{"pointer": "/name", "detail": "is required"}],
    }


def test_a_problem_without_faults_has_no_list_of_them() -> None:
    assert "errors" not in content(PROBLEM, Forbidden())


def test_an_oauth_error_has_the_two_members_of_rfc_6749() -> None:
    assert content(OAUTH_ERROR, FAULTY) == {
        "error": "invalid_request",
        "error_description": "The body is not valid. It is required.",
    }


@pytest.mark.parametrize("format_", [PROBLEM, OAUTH_ERROR])
@pytest.mark.parametrize(
    ("refusal", "header", "value"),
    [
        (Unavailable(), "Retry-After", "1"),
        (ExchangeLimitReached("Too many.", 17), "Retry-After", "17"),
        (InvalidClient(), "WWW-Authenticate", 'Basic realm="oauth", charset="UTF-8"'),
        (InvalidToken(), "WWW-Authenticate", 'Bearer error="invalid_token"'),
    ],
)
def test_a_refusal_has_the_header_that_says_what_to_do(
    format_: ErrorFormat, refusal: Refusal, header: str, value: str
) -> None:
    response = format_.render(refusal, "request-1")
    assert response.headers[header] == value
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == format_.media_type
    assert response.status_code == refusal.status


def test_another_refusal_has_neither() -> None:
    assert not {"Retry-After", "WWW-Authenticate"} & PROBLEM.render(Forbidden(), "request-1").headers.keys()
