"""What console users ask of the managed endpoints."""

import pytest

from chalicelib.credentials.audit_trail import AuditFilter
from chalicelib.credentials.credential_list import CredentialFilter
from chalicelib.errors import InvalidRequest
from chalicelib.web import managed_requests
from tests.support.chalice_requests import request
from tests.support.credentials import CREDENTIAL

CURSOR = "0" * 42


def test_a_caller_is_whom_the_authorizer_let_through() -> None:
    context = {"tenant_id": "t", "subject": "x%7C%C3%A9", "name": "Zo%C3%AB", "roles": "admin other viewer"}
    caller = managed_requests.caller(request(authorizer=context))
    assert (caller.tenant_id, caller.subject, caller.name) == ("t", "x|é", "Zoë")
    assert caller.roles == frozenset({"admin", "viewer"})
    assert (caller.source_ip, caller.request_id) == ("192.0.2.1", "request-1")
    assert (caller.type, caller.scopes) == ("console_user", frozenset())


def test_a_credential_has_the_role_of_its_scopes_and_no_other() -> None:
    context = {"type": "credential", "tenant_id": "t", "subject": "acc_1", "name": "CI", "scope": "credentials:read x"}
    caller = managed_requests.caller(request(authorizer=context | {"roles": "admin"}))
    assert (caller.type, caller.subject, caller.name) == ("credential", "acc_1", "CI")
    assert caller.roles == frozenset({"viewer"})
    assert caller.scopes == frozenset({"credentials:read", "x"})


@pytest.mark.parametrize(
    ("query", "page"),
    [
        (None, (None, 50)),
        ({}, (None, 50)),
        ({"limit": [""], "cursor": [""]}, (None, 50)),
        ({"limit": ["1"]}, (None, 1)),
        ({"limit": ["500"], "cursor": [CURSOR]}, (CURSOR, 500)),
    ],
)
def test_a_page_has_fifty_unless_it_is_said(query: dict[str, list[str]] | None, page: tuple[str | None, int]) -> None:
    assert managed_requests.page(request(query=query)) == page


@pytest.mark.parametrize(
    "query",
    [
        *({"limit": [limit]} for limit in ("0", "501", "-1", "+5", "1.0", "٣", "x", "01", "0001", " 5")),
        {"limit": ["1", "2"]},
        {"cursor": [CURSOR, CURSOR]},
    ],
    ids=str,
)
def test_a_faulty_page_is_refused(query: dict[str, list[str]]) -> None:
    with pytest.raises(InvalidRequest):
        managed_requests.page(request(query=query))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (None, CredentialFilter()),
        ({"status": ["all"], "search": ["  "]}, CredentialFilter(status="all")),
        (
            {
                "search": [" Export "],
                "scope": ["orders:read"],
                "created_by": ["ada"],
                "unused_since": ["2026-11-25T01:00:00.5+01:00"],
            },
            CredentialFilter(search="Export", scope="orders:read", created_by="ada", unused_since=1_795_564_800),
        ),
    ],
)
def test_a_list_has_active_credentials_unless_it_is_said(
    query: dict[str, list[str]] | None, wanted: CredentialFilter
) -> None:
    assert managed_requests.credential_filter(request(query=query)) == wanted


@pytest.mark.parametrize(
    "query",
    [
        {"status": ["ACTIVE"]},
        {"serach": ["x"]},
        {"search": ["x" * 101]},
        {"search": ["a", "b"]},
        {"unused_since": ["yesterday"]},
        {"unused_since": ["2026-11-25T00:00:00"]},
        {"unused_since": ["1795564800"]},
    ],
    ids=str,
)
def test_a_faulty_filter_is_refused(query: dict[str, list[str]]) -> None:
    with pytest.raises(InvalidRequest):
        managed_requests.credential_filter(request(query=query))


def test_the_audit_trail_is_whole_unless_it_is_said() -> None:
    assert managed_requests.audit_filter(request()) == AuditFilter()
    query = {"client_id": [CREDENTIAL.client_id], "action": ["credential.edited"], "actor": ["ada"]}
    times = {"since": ["1970-01-01T00:00:01Z"], "until": ["1970-01-01T00:00:02Z"]}
    assert managed_requests.audit_filter(request(query=query | times)) == AuditFilter(
        client_id=CREDENTIAL.client_id, action="credential.edited", actor="ada", since=1, until=2
    )


@pytest.mark.parametrize(
    "query",
    [
        {"client_id": ["acc_x"]},
        {"status": ["all"]},
        {"action": ["credential.eaten"]},
        {"since": ["now"]},
        {"since": ["1970-01-01T00:00:02Z"], "until": ["1970-01-01T00:00:02Z"]},
    ],
    ids=str,
)
def test_a_faulty_audit_filter_is_refused(query: dict[str, list[str]]) -> None:
    with pytest.raises(InvalidRequest):
        managed_requests.audit_filter(request(query=query))


@pytest.mark.parametrize(
    ("accept", "export"),
    [
        ("application/jsonl", True),
        ("Application/JSONL;q=0.5, */*", True),
        ("*/*", False),
        ("application/json, application/jsonl", False),
        ("", False),
    ],
)
def test_who_asks_for_json_lines_alone_gets_an_export(accept: str, export: bool) -> None:
    assert managed_requests.asks_for_export(request(headers={"accept": accept})) is export
