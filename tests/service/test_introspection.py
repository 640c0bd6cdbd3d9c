"""Token introspection (RFC 7662)."""

from typing import Any

import pytest

from tests.support.api_client import Api, claims_of

REPORTS = "https://reports.example.com"


def foreign(api: Api, tenant: str, **fields: Any) -> dict[str, Any]:
    created: dict[str, Any] = api.console("POST", "/v1/credentials", {"name": "theirs", **fields}, tenant=tenant).json
    return created


def test_an_active_token_is_told_about(api: Api) -> None:
    created, asking = api.create(), api.create(scopes=["introspect"])
    token = api.access_token(created)
    told = {name: value for name, value in claims_of(token).items() if name not in ("generation", "status")}
    assert api.introspect(asking, token) == told | {"active": True, "token_type": "Bearer"}


def test_a_token_for_any_of_our_audiences_is_told_about(api: Api) -> None:
    token = api.access_token(api.create(), resource=REPORTS)
    assert api.introspect(api.create(scopes=["introspect"]), token)["aud"] == REPORTS


def test_of_what_is_no_active_token_nothing_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, created = api.create(scopes=["introspect"]), api.create()
    token = api.access_token(created)
    api.console("POST", f"/v1/credentials/{created['client_id']}/revoke")
    head, payload, signature = api.access_token(api.create()).split(".")
    forged = f"{head}.{payload}.{signature[::-1]}"
    for text in (token, forged, "nonsense", "a.b.c", asking["client_secret"]):
        assert api.introspect(asking, text) == {"active": False}


def test_an_expired_token_is_not_active(api: Api) -> None:
    created = api.create()
    api.clock.set(1_600_000_000)
    token = api.access_token(created)
    api.clock.shift = 0
    assert api.introspect(api.create(scopes=["introspect"]), token) == {"active": False}


def test_introspection_needs_its_scope(api: Api) -> None:
    answer = api.ask("/oauth/introspect", api.create(), token="x")
    assert (answer.status, answer.json["error"]) == (400, "unauthorized_client")


def test_introspection_needs_a_client(api: Api) -> None:
    answer = api.form("/oauth/introspect", {"token": "x"})
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert "WWW-Authenticate" in answer.headers


def test_a_type_hint_changes_nothing(api: Api) -> None:
    asking, token = api.create(scopes=["introspect"]), api.access_token(api.create())
    answer = api.ask("/oauth/introspect", asking, token=token, token_type_hint="refresh_token")
    assert answer.json["active"] is True


def test_another_tenants_token_is_not_told_about(api: Api) -> None:
    token = api.access_token(foreign(api, "globex"))
    assert api.introspect(api.create(scopes=["introspect"]), token) == {"active": False}


@pytest.fixture
def vendor(environ: dict[str, str]) -> None:
    environ["VENDOR_TENANTS"] = "the-vendor another"


def test_the_vendors_own_apis_are_told_about_every_tenants_tokens(vendor: None, api: Api) -> None:
    token = api.access_token(foreign(api, "globex"))
    asking = foreign(api, "the-vendor", scopes=["introspect"])
    assert api.introspect(asking, token)["active"] is True
    assert api.introspect(api.create(scopes=["introspect"]), token) == {"active": False}


def test_an_answer_about_a_token_is_not_cached(api: Api) -> None:
    answer = api.ask("/oauth/introspect", api.create(scopes=["introspect"]), token="x")
    assert answer.headers["Cache-Control"] == "no-store"
