"""What this authorization server says of itself (RFC 8414 §2)."""

import msgspec

from chalicelib.oauth.server_metadata import openid_configuration, server_metadata

ISSUER = "https://credentials.example.com/base"


def test_every_url_begins_with_the_issuer() -> None:
    for document in (server_metadata(ISSUER, ()), openid_configuration(ISSUER)):
        said = msgspec.to_builtins(document)
        urls = [value for name, value in said.items() if name.endswith(("_endpoint", "_uri"))]
        assert urls
        assert said["issuer"] == ISSUER
        assert all(url.startswith(f"{ISSUER}/") for url in urls)


def test_the_scopes_are_those_of_the_catalogue_in_its_order() -> None:
    assert server_metadata(ISSUER, ("b", "a")).scopes_supported == ("b", "a")


def test_no_symmetric_algorithm_is_offered() -> None:
    said = msgspec.to_builtins(server_metadata(ISSUER, ()))
    offered = {name for names in said.items() if names[0].endswith("_alg_values_supported") for name in names[1]}
    assert offered
    assert not {name for name in offered if name.startswith("HS") or name == "none"}


def test_what_is_no_openid_provider_says_nothing_else_of_one() -> None:
    assert msgspec.to_builtins(openid_configuration(ISSUER)).keys() == {"issuer", "jwks_uri"}
