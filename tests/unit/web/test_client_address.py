"""Which address counts, with and without proxies of the operator's own."""

from typing import Any

import pytest

from chalicelib.web.client_address import client_address


def event(source_ip: object = "192.0.2.1", *forwarded: str) -> dict[str, Any]:
    return {
        "multiValueHeaders": {"X-Forwarded-For": list(forwarded)} if forwarded else None,
        "requestContext": {"identity": {"sourceIp": source_ip}},
    }


def test_without_proxies_it_is_the_address_that_called_whatever_the_client_says() -> None:
    assert client_address(event("192.0.2.1", "203.0.113.9, 192.0.2.1"), 0) == "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "address"), [(1, "198.51.100.4"), (2, "203.0.113.9"), (3, "10.0.0.1"), (4, None), (5, None)]
)
def test_behind_proxies_it_is_what_the_first_of_them_was_called_from(proxies: int, address: str | None) -> None:
    forwarded = "10.0.0.1, 203.0.113.9,198.51.100.4 , 192.0.2.1"
    assert client_address(event("192.0.2.1", forwarded), proxies) == address


def test_what_a_client_puts_before_it_does_not_count() -> None:
    assert client_address(event("192.0.2.1", "10.0.0.1", "203.0.113.9, 192.0.2.1"), 1) == "203.0.113.9"


@pytest.mark.parametrize(
    "forwarded", ["", "192.0.2.1", "unknown, 192.0.2.1", "203.0.113.9:4711, 192.0.2.1", ", 192.0.2.1", "_x, 192.0.2.1"]
)
def test_behind_a_proxy_what_is_no_address_there_is_none(forwarded: str) -> None:
    assert client_address(event("192.0.2.1", forwarded), 1) is None


@pytest.mark.parametrize("empty", [{}, {"requestContext": {}}, {"requestContext": {"identity": {"sourceIp": None}}}])
@pytest.mark.parametrize("proxies", [0, 1])
def test_an_event_that_says_nothing_has_none(empty: dict[str, Any], proxies: int) -> None:
    assert client_address(empty, proxies) is None


def test_it_is_in_canonical_form() -> None:
    assert client_address(event("2001:DB8:0:0::7"), 0) == "2001:db8::7"
