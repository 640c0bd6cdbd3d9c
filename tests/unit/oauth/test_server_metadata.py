"""What this authorization server says of itself (RFC 8414 §2)."""

import msgspec

from chalicelib.oauth.server_metadata import server_metadata
from chalicelib.security_profiles import FAPI2, OAUTH2

ISSUER = "https://credentials.example.com/base"


def test_every_url_begins_with_the_issuer() -> None:
    said = msgspec.to_builtins(server_metadata(ISSUER, (), (), OAUTH2))
    urls = [value for name, value in said.items() if name.endswith(("_endpoint", "_uri"))]
    assert urls
    assert said["issuer"] == ISSUER
    assert all(url.startswith(f"{ISSUER}/") for url in urls)


def test_an_authorization_endpoint_is_named_where_there_is_one() -> None:
    assert "authorization_endpoint" not in msgspec.to_builtins(server_metadata(ISSUER, (), (), OAUTH2))
    said = msgspec.to_builtins(server_metadata(ISSUER, (), (), OAUTH2, "https://login.example.com/authorize"))
    assert said["authorization_endpoint"] == "https://login.example.com/authorize"
    assert said["response_types_supported"] == ()


def test_the_scopes_are_those_of_the_catalogue_in_its_order() -> None:
    assert server_metadata(ISSUER, ("b", "a"), (), OAUTH2).scopes_supported == ("b", "a")


def test_no_symmetric_algorithm_is_offered() -> None:
    said = msgspec.to_builtins(server_metadata(ISSUER, (), (), OAUTH2))
    offered = {name for names in said.items() if names[0].endswith("_alg_values_supported") for name in names[1]}
    assert offered
    assert not {name for name in offered if name.startswith("HS") or name == "none"}


def test_every_member_is_there_that_openid_connect_discovery_requires() -> None:
    required = {"issuer", "jwks_uri", "response_types_supported", "subject_types_supported"}
    said = msgspec.to_builtins(server_metadata(ISSUER, (), (), OAUTH2))
    assert required | {"token_endpoint", "id_token_signing_alg_values_supported"} <= said.keys()
    assert "RS256" in said["id_token_signing_alg_values_supported"]


def test_resources_are_named_if_they_are_urls() -> None:
    said = server_metadata(
        ISSUER, (), ("https://api.example.com", "urn:example:api", "http://127.0.0.1:8000/mcp"), OAUTH2
    )
    assert said.protected_resources == ("https://api.example.com", "http://127.0.0.1:8000/mcp")


def test_what_a_security_profile_does_not_allow_is_not_offered() -> None:
    said = server_metadata(ISSUER, (), (), FAPI2)
    assert said.token_endpoint_auth_methods_supported == ("private_key_jwt",)
    assert said.dpop_signing_alg_values_supported == ("ES256", "PS256")
    assert said.id_token_signing_alg_values_supported == ("PS256", "ES256")
