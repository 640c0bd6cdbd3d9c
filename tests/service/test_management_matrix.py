"""Every managed route, asked by everyone who could: who may, who may not, and what another tenant never sees."""

import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import pytest

import app
from tests.support.api_client import Answer, Api
from tests.support.client_key import ClientKey

ADA = "Ada of acme"
ISSUER = "https://credentials.example.com"
Permission = Literal["read", "change", "rotate"]
JWK = dict(ClientKey().jwk) | {"kid": "further"}


class Row(NamedTuple):
    """A route. ``status``: of who may. ``of_one``: it names something of a tenant, which another one has not."""

    permission: Permission
    status: int
    of_one: bool = True
    body: object = None


ROUTES: Mapping[tuple[str, str], Row] = {
    ("POST", "/v1/credentials"): Row("change", 201, of_one=False, body={"name": "x", "scopes": ["orders:read"]}),
    ("GET", "/v1/credentials"): Row("read", 200, of_one=False),
    ("GET", "/v1/credentials/{client_id}"): Row("read", 200),
    ("PATCH", "/v1/credentials/{client_id}"): Row("change", 200, body={"name": "mine now"}),
    ("POST", "/v1/credentials/{client_id}/secrets"): Row("rotate", 201, body={"overlap_seconds": 0}),
    ("DELETE", "/v1/credentials/{client_id}/secrets/{secret_id}"): Row("rotate", 204),
    ("POST", "/v1/credentials/{client_id}/keys"): Row("rotate", 201, body={"jwk": JWK}),
    ("DELETE", "/v1/credentials/{client_id}/keys/{kid}"): Row("rotate", 204),
    ("POST", "/v1/credentials/{client_id}/suspend"): Row("change", 200),
    ("POST", "/v1/credentials/{client_id}/resume"): Row("change", 200),
    ("POST", "/v1/credentials/{client_id}/revoke"): Row("change", 200),
    ("POST", "/v1/credentials/revoke-all"): Row("change", 202, of_one=False),
    ("GET", "/v1/credentials/revoke-all/{revocation_id}"): Row("read", 200),
    ("GET", "/v1/revocations/{revocation_id}"): Row("read", 200),
    ("GET", "/v1/audit-events"): Row("read", 200, of_one=False),
    ("GET", "/v1/console-user"): Row("read", 200, of_one=False),
}
MACHINES: Mapping[str, str] = {
    "manager:write": "credentials:write orders:read",
    "manager:read": "credentials:read orders:read",
    "rotate": "credentials:rotate orders:read",
    "none": "orders:read",
}
MAY: Mapping[Permission, frozenset[str]] = {
    "read": frozenset({"admin", "viewer", "manager:write", "manager:read"}),
    "change": frozenset({"admin", "manager:write"}),
    "rotate": frozenset({"admin", "manager:write"}),
}
CALLERS = ("admin", "viewer", *MACHINES)


class Target(NamedTuple):
    """A credential of acme, and what a path may name of it."""

    created: dict[str, Any]
    names: dict[str, str]


def target(api: Api, path: str, *scopes: str) -> Target:
    """What a path needs, made by acme's admin."""
    names = {"kid": "key-of-acme"}
    if "{revocation_id}" in path:
        names["revocation_id"] = api.console("POST", "/v1/credentials/revoke-all", name=ADA).json["revocation_id"]
    keys = [ClientKey().jwk | {"kid": kid} for kid in ("key-of-acme", "another")] if "/keys" in path else None
    new = {"name": "Payroll of acme", "scopes": scopes or ["orders:read"]} | ({"jwks": {"keys": keys}} if keys else {})
    created = api.console("POST", "/v1/credentials", new, name=ADA).json
    names["client_id"] = created["client_id"]
    if "{secret_id}" in path:
        added = api.console("POST", f"/v1/credentials/{created['client_id']}/secrets", {}).json
        names["secret_id"] = added["secrets"][0]["secret_id"]
    return Target(created, names)


def token(api: Api, scopes: str, tenant: str) -> str:
    made = api.console("POST", "/v1/credentials", {"name": "machine", "scopes": scopes.split()}, tenant=tenant).json
    return api.access_token(made, resource=ISSUER)


def ask(api: Api, method: str, path: str, row: Row, token: str) -> Answer:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return api.call(method, path, headers=headers, body=None if row.body is None else json.dumps(row.body))


def token_of(api: Api, caller: str, tenant: str) -> str:
    if caller in MACHINES:
        return token(api, MACHINES[caller], tenant)
    return api.identity_provider.token(roles=[caller], tenant=tenant, sub=f"{tenant}-{caller}")


def everything(api: Api, of_acme: Target) -> tuple[object, object]:
    """What acme's admin sees of the credential, and of what was done."""
    path = f"/v1/credentials/{of_acme.created['client_id']}"
    return api.console("GET", path).json, api.console("GET", "/v1/audit-events").json


@pytest.fixture(params=ROUTES, ids=" ".join)
def route(request: pytest.FixtureRequest) -> tuple[str, str]:
    named: tuple[str, str] = request.param
    return named


def test_every_managed_route_has_its_row() -> None:
    managed = {
        (method, path)
        for path, methods in app.app.routes.items()
        for method, entry in methods.items()
        if entry.authorizer is not None and entry.authorizer.name == "manager" and method != "HEAD"
    }
    assert managed == ROUTES.keys()


@pytest.mark.parametrize(
    ("method", "path", "caller"),
    [
        (method, path, caller)
        for (method, path), row in ROUTES.items()
        for caller in CALLERS
        if caller in MAY[row.permission]
    ],
)
def test_who_may_is_answered(api: Api, method: str, path: str, caller: str) -> None:
    row, named = ROUTES[method, path], path.format(**target(api, path).names)
    answer = ask(api, method, named, row, token_of(api, caller, "acme"))
    assert answer.status == row.status, answer.text


def test_who_may_not_is_refused_and_changes_nothing(api: Api, route: tuple[str, str]) -> None:
    (method, path), row = route, ROUTES[route]
    of_acme = target(api, path)
    refused = [(caller, token_of(api, caller, "acme")) for caller in CALLERS if caller not in MAY[row.permission]]
    before = everything(api, of_acme)
    for caller, asking in refused:
        answer = ask(api, method, path.format(**of_acme.names), row, asking)
        code = "forbidden" if caller == "viewer" else "insufficient_scope"
        assert (answer.status, answer.json["type"]) == (403, f"urn:problem-type:{code}"), caller
    assert everything(api, of_acme) == before


def test_another_tenants_callers_see_and_touch_nothing(api: Api, route: tuple[str, str]) -> None:
    (method, path), row = route, ROUTES[route]
    of_acme = target(api, path)
    before = everything(api, of_acme)
    for caller in CALLERS:
        answer = ask(api, method, path.format(**of_acme.names), row, token_of(api, caller, "globex"))
        may = caller in MAY[row.permission]
        assert answer.status == (403 if not may else 404 if row.of_one else row.status), (caller, answer.text)
        shown = [name for name in (*of_acme.names.values(), "Payroll of acme", ADA) if name in answer.text]
        assert shown == [], caller
    assert everything(api, of_acme) == before


@pytest.mark.parametrize("scope", ["credentials:rotate", "credentials:write", "credentials:read"])
@pytest.mark.parametrize(("method", "path"), [r for r in ROUTES if "{client_id}" in r[1] and "/keys" not in r[1]])
def test_of_itself_a_credential_may_rotate_and_never_edit(api: Api, method: str, path: str, scope: str) -> None:
    row, itself = ROUTES[method, path], target(api, path, scope, "orders:read")
    asking = api.access_token(itself.created, resource=ISSUER)
    answer = ask(api, method, path.format(**itself.names), row, asking)
    may = {
        "credentials:rotate": row.permission == "rotate",
        "credentials:write": method != "PATCH",
        "credentials:read": row.permission == "read",
    }
    assert answer.status == (row.status if may[scope] else 403), answer.text


@pytest.mark.parametrize("caller", ["manager:write", "manager:read"])
@pytest.mark.parametrize("path", ["/v1/credentials", "/v1/audit-events"])
def test_a_cursor_of_another_tenant_leads_to_nothing_of_it(api: Api, path: str, caller: str) -> None:
    for number in range(3):
        api.create(f"acme's {number}")
    cursor = api.console("GET", f"{path}?limit=1").json["next_cursor"]
    asking = token_of(api, caller, "globex")
    page = api.call("GET", f"{path}?cursor={cursor}", headers={"Authorization": f"Bearer {asking}"})
    assert page.status == 400
    assert "acme" not in page.text


def test_an_idempotency_key_of_another_tenant_tells_nothing(api: Api) -> None:
    made = api.call(
        "POST",
        "/v1/credentials",
        headers={
            "Authorization": f"Bearer {api.identity_provider.token()}",
            "Content-Type": "application/json",
            "Idempotency-Key": '"same"',
        },
        body=json.dumps({"name": "x", "scopes": ["orders:read"]}),
    )
    asking = token_of(api, "manager:write", "globex")
    headers = {"Authorization": f"Bearer {asking}", "Content-Type": "application/json", "Idempotency-Key": '"same"'}
    answer = api.call("POST", "/v1/credentials", headers=headers, body='{"name": "x", "scopes": ["orders:read"]}')
    assert answer.status == 201
    assert made.json["client_id"] not in answer.text


def test_a_token_does_not_become_another_tenants_by_what_it_says(api: Api) -> None:
    """A token is verified by who it says has issued it, and nobody else's signature makes it valid."""
    of_acme = api.create("Payroll of acme", scopes=["credentials:write", "orders:read"])
    forged = api.identity_provider.token(
        iss=ISSUER,
        aud=ISSUER,
        sub=of_acme["client_id"],
        client_id=of_acme["client_id"],
        scope="credentials:write",
        tenant="globex",
    )
    answer = api.call("GET", "/v1/credentials", headers={"Authorization": f"Bearer {forged}"})
    assert answer.status in (401, 403)
    assert "Payroll" not in answer.text
