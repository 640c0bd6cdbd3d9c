"""What this authorization server says of itself (RFC 8414 §2)."""

import msgspec

from chalicelib.oauth.server_metadata import server_metadata

ISSUER = "https://credentials.example.com/base"


def test_every_url_begins_with_the_issuer() -> None:
    said = msgspec.to_builtins(server_metadata(ISSUER, (), ()))
    urls = [value for name, value in said.items() if name.endswith(("_endpoint", "_uri"))]
    assert urls
    assert said["issuer"] == ISSUER
    assert all(url.startswith(f"{ISSUER}/") for url in urls)


def test_an_authorization_endpoint_is_named_where_there_is_one() -> None:
    assert "authorization_endpoint" not in msgspec.to_builtins(server_metadata(ISSUER, (), ()))
    said = msgspec.to_builtins(server_metadata(ISSUER, (), (), "https://login.example.com/authorize"))
    assert said["authorization_endpoint"] == "https://login.example.com/authorize"
    assert said["response_types_supported"] == ()


def test_the_scopes_are_those_of_the_catalogue_in_its_order() -> None:
    assert server_metadata(ISSUER, ("b", "a"), ()).scopes_supported == ("b", "a")


def test_no_symmetric_algorithm_is_offered() -> None:
    said = msgspec.to_builtins(server_metadata(ISSUER, (), ()))
    offered = {name for names in said.items() if names[0].endswith("_alg_values_supported") for name in names[1]}
    assert offered
    assert not {name for name in offered if name.startswith("HS") or name == "none"}


def test_every_member_is_there_that_openid_connect_discovery_requires() -> None:
    required = {"issuer", "jwks_uri", "response_types_supported", "subject_types_supported"}
    said = msgspec.to_builtins(server_metadata(ISSUER, (), ()))
    assert required | {"token_endpoint", "id_token_signing_alg_values_supported"} <= said.keys()
    assert "RS256" in said["id_token_signing_alg_values_supported"]


def test_resources_are_named_if_they_are_urls() -> None:
    said = server_metadata(ISSUER, (), ("https://api.example.com", "urn:example:api", "http://127.0.0.1:8000/mcp"))
    assert said.protected_resources == ("https://api.example.com", "http://127.0.0.1:8000/mcp")
