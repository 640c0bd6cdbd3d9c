"""Audiences (RFC 8707), introspection (RFC 7662), revocation of a token (RFC 7009) and metadata (RFC 8414)."""

from typing import Any

import jwt
import pytest
from botocore.exceptions import EndpointConnectionError
from cryptography.hazmat.primitives.asymmetric import ec

import app
from tests.conftest import SCOPES
from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import ASSERTION_TYPE, ClientKey, rsa_key

REPORTS = "https://reports.example.com"


def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def ask(api: Api, path: str, credential: dict[str, Any], **fields: str) -> Answer:
    return api.form(path, fields, basic(credential["client_id"], credential["client_secret"]))


def introspect(api: Api, asking: dict[str, Any], token: str) -> dict[str, Any]:
    answer = ask(api, "/oauth/introspect", asking, token=token)
    assert answer.status == 200, answer.text
    state: dict[str, Any] = answer.json
    return state


def foreign(api: Api, tenant: str, **fields: Any) -> dict[str, Any]:
    created: dict[str, Any] = api.console("POST", "/v1/credentials", {"name": "theirs", **fields}, tenant=tenant).json
    return created


# --- audiences --------------------------------------------------------------------------------------------------------


def test_a_token_is_for_the_default_audience(api: Api) -> None:
    assert claims_of(api.access_token(api.create()))["aud"] == "https://api.example.com"


def test_a_resource_chooses_the_audience(api: Api) -> None:
    assert claims_of(api.access_token(api.create(), resource=REPORTS))["aud"] == REPORTS


@pytest.mark.parametrize(
    "resource", ["https://elsewhere.example.com", "https://reports.example.com/", "https://reports.example.com#x", "x"]
)
def test_a_resource_that_is_not_served_is_refused(api: Api, resource: str) -> None:
    answer = api.exchange(api.create(), resource=resource)
    assert (answer.status, answer.json["error"]) == (400, "invalid_target")


def test_a_token_for_two_resources_is_refused(api: Api) -> None:
    created = api.create()
    fields = [("grant_type", "client_credentials"), ("resource", REPORTS), ("resource", "https://api.example.com")]
    answer = api.form("/oauth/token", fields, basic(created["client_id"], created["client_secret"]))
    assert (answer.status, answer.json["error"]) == (400, "invalid_target")


def test_a_token_for_another_audience_is_refused_here(api: Api) -> None:
    assert api.whoami(api.access_token(api.create(), resource=REPORTS)).status == 403


# --- introspection ----------------------------------------------------------------------------------------------------


def test_an_active_token_is_told_about(api: Api) -> None:
    created, asking = api.create(), api.create(scopes=["introspect"])
    token = api.access_token(created)
    claims = {name: value for name, value in claims_of(token).items() if name not in ("generation", "status")}
    assert introspect(api, asking, token) == claims | {"active": True, "token_type": "Bearer"}


def test_a_token_for_any_of_our_audiences_is_told_about(api: Api) -> None:
    token = api.access_token(api.create(), resource=REPORTS)
    assert introspect(api, api.create(scopes=["introspect"]), token)["aud"] == REPORTS


def test_of_what_is_no_active_token_nothing_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, created = api.create(scopes=["introspect"]), api.create()
    token = api.access_token(created)
    api.console("POST", f"/v1/credentials/{created['client_id']}/revoke")
    head, payload, signature = api.access_token(api.create()).split(".")
    forged = f"{head}.{payload}.{signature[::-1]}"
    for text in (token, forged, "nonsense", "a.b.c", asking["client_secret"]):
        assert introspect(api, asking, text) == {"active": False}


def test_an_expired_token_is_not_active(api: Api) -> None:
    created = api.create()
    api.clock.set(1_600_000_000)
    token = api.access_token(created)
    api.clock.shift = 0
    assert introspect(api, api.create(scopes=["introspect"]), token) == {"active": False}


def test_introspection_needs_its_scope(api: Api) -> None:
    answer = ask(api, "/oauth/introspect", api.create(), token="x")
    assert (answer.status, answer.json["error"]) == (400, "unauthorized_client")


def test_introspection_needs_a_client(api: Api) -> None:
    answer = api.form("/oauth/introspect", {"token": "x"})
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert "WWW-Authenticate" in answer.headers


@pytest.mark.parametrize("path", ["/oauth/introspect", "/oauth/revoke"])
def test_a_token_must_be_named(api: Api, path: str) -> None:
    answer = ask(api, path, api.create(scopes=["introspect"]))
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_a_type_hint_changes_nothing(api: Api) -> None:
    asking, token = api.create(scopes=["introspect"]), api.access_token(api.create())
    answer = ask(api, "/oauth/introspect", asking, token=token, token_type_hint="refresh_token")
    assert answer.json["active"] is True


def test_another_tenants_token_is_not_told_about(api: Api) -> None:
    token = api.access_token(foreign(api, "globex"))
    assert introspect(api, api.create(scopes=["introspect"]), token) == {"active": False}


@pytest.fixture
def vendor(environ: dict[str, str]) -> None:
    environ["VENDOR_TENANTS"] = "the-vendor another"


def test_the_vendors_own_apis_are_told_about_every_tenants_tokens(vendor: None, api: Api) -> None:
    token = api.access_token(foreign(api, "globex"))
    asking = foreign(api, "the-vendor", scopes=["introspect"])
    assert introspect(api, asking, token)["active"] is True
    assert introspect(api, api.create(scopes=["introspect"]), token) == {"active": False}


def test_an_answer_about_a_token_is_not_cached(api: Api) -> None:
    answer = ask(api, "/oauth/introspect", api.create(scopes=["introspect"]), token="x")
    assert answer.headers["Cache-Control"] == "no-store"


# --- revocation -------------------------------------------------------------------------------------------------------


def test_a_client_ends_its_token_everywhere_at_once(api: Api) -> None:
    created = api.create(scopes=["orders:read", "orders:write"])
    token, kept = api.access_token(created), api.access_token(created, scope="orders:read")
    answer = ask(api, "/oauth/revoke", created, token=token)
    assert (answer.status, answer.text) == (200, "")
    assert api.whoami(token).status == 403
    assert introspect(api, api.create(scopes=["introspect"]), token) == {"active": False}
    assert api.whoami(kept).status == 200


def test_to_end_a_token_twice_is_to_end_it(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)
    assert [ask(api, "/oauth/revoke", created, token=token).status for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "accs_x"])
def test_what_is_no_token_is_as_good_as_revoked(api: Api, token: str) -> None:
    assert ask(api, "/oauth/revoke", api.create(), token=token).status == 200


def test_another_clients_token_stays(api: Api) -> None:
    token = api.access_token(api.create())
    answer = ask(api, "/oauth/revoke", api.create(), token=token)
    assert (answer.status, answer.json["error"]) == (400, "unauthorized_client")
    assert api.whoami(token).status == 200


def test_revocation_needs_a_client(api: Api) -> None:
    token = api.access_token(api.create())
    assert api.form("/oauth/revoke", {"token": token}).json["error"] == "invalid_client"
    assert api.whoami(token).status == 200


def test_a_revocation_that_is_not_stored_is_not_confirmed(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)

    def unreachable(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb.eu-central-1.amazonaws.com")

    api.clients.dynamodb.meta.events.register("before-call.dynamodb.PutItem", unreachable)
    answer = ask(api, "/oauth/revoke", created, token=token)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


# --- metadata ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def metadata(api: Api) -> dict[str, Any]:
    answer = api.call("GET", "/.well-known/oauth-authorization-server")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    said: dict[str, Any] = answer.json
    return said


def test_metadata_is_of_the_issuer_of_the_tokens(api: Api, metadata: dict[str, Any]) -> None:
    assert metadata["issuer"] == claims_of(api.access_token(api.create()))["iss"]


def test_every_endpoint_in_the_metadata_is_a_route(metadata: dict[str, Any]) -> None:
    urls = {name: url for name, url in metadata.items() if name.endswith("_endpoint") or name == "jwks_uri"}
    paths = {name: url.removeprefix(metadata["issuer"]) for name, url in urls.items()}
    assert set(paths.values()) <= set(app.app.routes)
    assert {path for path in app.app.routes if path.startswith("/oauth/")} == set(paths.values()) - {paths["jwks_uri"]}


def test_metadata_names_every_scope_of_the_catalogue(metadata: dict[str, Any]) -> None:
    assert metadata["scopes_supported"] == list(SCOPES)


def test_metadata_has_one_grant_and_no_response_type(metadata: dict[str, Any]) -> None:
    assert metadata["grant_types_supported"] == ["client_credentials"]
    assert metadata["response_types_supported"] == []


def test_every_method_in_the_metadata_can_be_chosen(api: Api, metadata: dict[str, Any]) -> None:
    methods = metadata["token_endpoint_auth_methods_supported"]
    for method in methods:
        key = {"jwks": ClientKey().jwk} if method == "private_key_jwt" else {}
        assert api.create(token_endpoint_auth_method=method, **key)["token_endpoint_auth_method"] == method
    assert metadata["introspection_endpoint_auth_methods_supported"] == methods
    assert metadata["revocation_endpoint_auth_methods_supported"] == methods


def test_every_algorithm_in_the_metadata_is_asymmetric_and_works(api: Api, metadata: dict[str, Any]) -> None:
    lists = [value for name, value in metadata.items() if name.endswith("_alg_values_supported")]
    assert len(lists) == 4
    keys = {
        "ES256": ClientKey(),
        "ES384": ClientKey(ec.generate_private_key(ec.SECP384R1()), "ES384"),
        "PS256": ClientKey(rsa_key(), "PS256"),
        "RS256": ClientKey(rsa_key(), "RS256"),
    }
    for algorithms in lists:
        assert set(algorithms) == keys.keys()
    for key in keys.values():
        client_id = api.create(jwks=key.jwk)["client_id"]
        fields = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": key.assertion(client_id),
        }
        assert api.form("/oauth/token", fields, {"DPoP": key.proof()}).json["token_type"] == "DPoP"


# --- what every OAuth endpoint has in common --------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
def test_an_oauth_endpoint_takes_post_alone(api: Api, path: str) -> None:
    answer = api.call("GET", f"{path}?grant_type=client_credentials")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


def test_an_answer_with_a_token_is_not_cached_and_holds_no_refresh_token(api: Api) -> None:
    answer = api.exchange(api.create())
    assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
    assert answer.json.keys() == {"access_token", "token_type", "expires_in", "scope"}


def test_a_parameter_without_a_value_counts_as_left_out(api: Api) -> None:
    assert api.exchange(api.create(), scope="", resource="").json["scope"] == "orders:read"


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
def test_a_client_that_is_refused_is_told_how_to_authenticate(api: Api, path: str) -> None:
    fields = {"grant_type": "client_credentials", "token": "x"}
    answer = api.form(path, fields, basic(api.create()["client_id"], "wrong"))
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
