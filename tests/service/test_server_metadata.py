"""Authorization server metadata (RFC 8414), and that it is true."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

import app
from tests.support.api_client import Api, claims_of
from tests.support.client_key import ASSERTION_TYPE, ClientKey, rsa_key
from tests.support.environ import SCOPES


@pytest.fixture
def metadata(api: Api) -> dict[str, Any]:
    answer = api.call("GET", "/.well-known/oauth-authorization-server")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    said: dict[str, Any] = answer.json
    return said


def test_metadata_is_of_the_issuer_of_the_tokens(api: Api, metadata: dict[str, Any]) -> None:
    assert metadata["issuer"] == claims_of(api.access_token(api.create()))["iss"]


def test_the_same_document_is_where_openid_providers_have_theirs(api: Api, metadata: dict[str, Any]) -> None:
    assert api.call("GET", "/.well-known/openid-configuration").json == metadata


def test_a_setting_names_an_authorization_endpoint(api: Api) -> None:
    api.restart(AUTHORIZATION_ENDPOINT="https://login.example.com/authorize")
    for path in ("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"):
        assert api.call("GET", path).json["authorization_endpoint"] == "https://login.example.com/authorize"


def test_every_endpoint_in_the_metadata_is_a_route(metadata: dict[str, Any]) -> None:
    urls = {name: url for name, url in metadata.items() if name.endswith("_endpoint") or name == "jwks_uri"}
    paths = {name: url.removeprefix(metadata["issuer"]) for name, url in urls.items()}
    assert set(paths.values()) <= set(app.app.routes)
    others = {paths["jwks_uri"], paths["status_list_aggregation_endpoint"]}
    assert {path for path in app.app.routes if path.startswith("/oauth/")} == set(paths.values()) - others


def test_metadata_names_every_scope_of_the_catalogue(metadata: dict[str, Any]) -> None:
    assert metadata["scopes_supported"] == list(SCOPES)


def test_metadata_has_one_grant_and_no_response_type(metadata: dict[str, Any]) -> None:
    assert metadata["grant_types_supported"] == ["client_credentials"]
    assert metadata["response_types_supported"] == []


def test_every_method_in_the_metadata_can_be_chosen(api: Api, metadata: dict[str, Any]) -> None:
    methods = metadata["token_endpoint_auth_methods_supported"]
    for method in methods:
        key: dict[str, Any] = {"jwks": ClientKey().jwk} if method == "private_key_jwt" else {}
        assert api.create(token_endpoint_auth_method=method, **key)["token_endpoint_auth_method"] == method
    assert metadata["introspection_endpoint_auth_methods_supported"] == methods
    assert metadata["revocation_endpoint_auth_methods_supported"] == methods


def test_every_algorithm_in_the_metadata_is_asymmetric_and_works(api: Api, metadata: dict[str, Any]) -> None:
    lists = [value for name, value in metadata.items() if name.endswith("_alg_values_supported")]
    assert len(lists) == 5
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
