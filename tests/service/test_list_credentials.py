"""Credentials are listed: GET /v1/credentials."""

import pytest

from tests.support.api_client import Api


def test_credentials_are_listed_newest_first(api: Api) -> None:
    names = [api.create(f"Credential {i}")["name"] for i in range(5)]
    listed = api.console("GET", "/v1/credentials").json["credentials"]
    assert {credential["name"] for credential in listed} == set(names)
    assert [c["created_at"] for c in listed] == sorted((c["created_at"] for c in listed), reverse=True)


def test_pages_hold_each_credential_once(api: Api) -> None:
    made = {api.create(f"Credential {i}")["client_id"] for i in range(7)}
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = api.console("GET", f"/v1/credentials?limit=3&cursor={cursor}").json
        seen += [credential["client_id"] for credential in page["credentials"]]
        cursor = page["next_cursor"]
    assert len(seen) == 7
    assert set(seen) == made


def test_no_listing_ever_holds_a_secret_or_a_hash(api: Api) -> None:
    api.create()
    (listed,) = api.console("GET", "/v1/credentials?status=all").json["credentials"]
    assert not {"client_secret", "hash", "tenant_id"} & listed.keys()
    assert {"secret_id", "hint", "created_at", "expires_at", "last_used_at", "last_used_from"} == listed["secrets"][
        0
    ].keys()


def test_revoked_credentials_are_listed_on_demand(api: Api) -> None:
    kept, gone = api.create("kept")["client_id"], api.create("gone")["client_id"]
    api.console("POST", f"/v1/credentials/{gone}/revoke")

    def listed(status: str) -> set[str]:
        page = api.console("GET", f"/v1/credentials?status={status}").json
        return {credential["client_id"] for credential in page["credentials"]}

    assert listed("active") == {kept}
    assert listed("revoked") == {gone}
    assert listed("all") == {kept, gone}


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=501", "limit=x", "limit=1&limit=2", "limit=٣"),
        *("cursor=x", "status=dead", "unused_since=yesterday", f"search={'x' * 101}"),
    ],
)
def test_a_faulty_query_is_refused(api: Api, query: str) -> None:
    answer = api.console("GET", f"/v1/credentials?{query}")
    assert (answer.status, answer.json["type"]) == (400, "urn:problem-type:invalid_request")


def test_credentials_are_searched(api: Api) -> None:
    found = api.create("Nightly export", description="Orders", scopes=["orders:read", "orders:write"])["client_id"]
    api.create("Import")
    for query in ("search=EXPORT", "search=orders", f"search={found[-8:]}", "scope=orders:write"):
        page = api.console("GET", f"/v1/credentials?{query}").json
        assert [credential["client_id"] for credential in page["credentials"]] == [found], query
    assert len(api.console("GET", "/v1/credentials?created_by=ada").json["credentials"]) == 2
    assert len(api.console("GET", "/v1/credentials?unused_since=2100-01-01T00:00:00Z").json["credentials"]) == 2
    assert api.console("GET", "/v1/credentials?unused_since=2020-01-01T00:00:00Z").json["credentials"] == []


def test_a_cursor_goes_with_its_own_tenant_and_parameters(api: Api) -> None:
    for number in range(3):
        api.create(f"Credential {number}")
    cursor = api.console("GET", "/v1/credentials?limit=1&search=credential").json["next_cursor"]
    assert api.console("GET", f"/v1/credentials?limit=2&search=credential&cursor={cursor}").status == 200
    for answer in (
        api.console("GET", f"/v1/credentials?cursor={cursor}"),
        api.console("GET", f"/v1/audit-events?cursor={cursor}"),
        api.console("GET", f"/v1/credentials?limit=1&search=credential&cursor={cursor}", tenant="globex"),
    ):
        assert (answer.status, answer.json["detail"]) == (
            400,
            "cursor is of another list: send it with the same parameters as the page before.",
        )
