"""What console users ask of the managed endpoints."""

import pytest

from chalicelib.credentials.identifiers import time_ordered_id
from chalicelib.errors import InvalidRequest
from chalicelib.web import managed_requests
from tests.support.requests import request

CURSOR = time_ordered_id(1, bytes)


def test_a_caller_is_whom_the_authorizer_let_through() -> None:
    context = {"tenant_id": "t", "subject": "x%7C%C3%A9", "name": "Zo%C3%AB", "roles": "admin other viewer"}
    caller = managed_requests.caller(request(authorizer=context))
    assert (caller.tenant_id, caller.subject, caller.name) == ("t", "x|é", "Zoë")
    assert caller.roles == frozenset({"admin", "viewer"})
    assert (caller.source_ip, caller.request_id) == ("192.0.2.1", "request-1")


@pytest.mark.parametrize(
    ("query", "page"),
    [
        (None, (None, 50)),
        ({}, (None, 50)),
        ({"limit": [""], "cursor": [""]}, (None, 50)),
        ({"limit": ["1"]}, (None, 1)),
        ({"limit": ["100"], "cursor": [CURSOR]}, (CURSOR, 100)),
    ],
)
def test_a_page_has_fifty_unless_it_is_said(query: dict[str, list[str]] | None, page: tuple[str | None, int]) -> None:
    assert managed_requests.page(request(query=query)) == page


@pytest.mark.parametrize(
    "query",
    [
        *({"limit": [limit]} for limit in ("0", "101", "-1", "+5", "1.0", "٣", "x", "0001", " 5")),
        {"limit": ["1", "2"]},
        {"cursor": ["x"]},
        {"cursor": [CURSOR, CURSOR]},
    ],
    ids=str,
)
def test_a_faulty_page_is_refused(query: dict[str, list[str]]) -> None:
    with pytest.raises(InvalidRequest):
        managed_requests.page(request(query=query))


def test_a_list_is_of_active_credentials_unless_it_is_said() -> None:
    assert managed_requests.status(request()) == "active"
    assert managed_requests.status(request(query={"status": ["all"]})) == "all"
    with pytest.raises(InvalidRequest):
        managed_requests.status(request(query={"status": ["ACTIVE"]}))
