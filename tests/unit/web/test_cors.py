"""What pages on other origins may send and read."""

import pytest

from chalicelib.web.cors import ANY_ORIGIN

HEADERS = ANY_ORIGIN.get_access_control_headers()


def test_any_origin_may_call_and_none_with_credentials_of_the_browser() -> None:
    assert HEADERS["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in HEADERS


@pytest.mark.parametrize("name", ["Authorization", "Content-Type", "DPoP", "Idempotency-Key", "If-Match"])
def test_a_page_may_send_what_the_service_reads(name: str) -> None:
    assert name in HEADERS["Access-Control-Allow-Headers"].split(",")


@pytest.mark.parametrize("name", ["ETag", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"])
def test_a_page_may_read_what_the_service_answers(name: str) -> None:
    assert name in HEADERS["Access-Control-Expose-Headers"].split(",")


def test_a_page_may_read_a_challenge_under_the_name_that_api_gateway_gives_it() -> None:
    assert "x-amzn-Remapped-WWW-Authenticate" in HEADERS["Access-Control-Expose-Headers"].split(",")
