"""What a protected resource says of itself (RFC 9728 §2)."""

import msgspec

from chalicelib.oauth.protected_resource_metadata import protected_resource_metadata
from chalicelib.security_profiles import OAUTH2

ISSUER = "https://credentials.example.com"


def test_a_resource_names_its_authorization_server_and_how_a_token_is_sent() -> None:
    assert msgspec.to_builtins(protected_resource_metadata(f"{ISSUER}/orders", ISSUER, OAUTH2)) == {
        "resource": f"{ISSUER}/orders",
        "authorization_servers": (ISSUER,),
        "bearer_methods_supported": ("header",),
    }


def test_where_bound_tokens_are_taken_their_algorithms_are_named() -> None:
    said = msgspec.to_builtins(protected_resource_metadata(ISSUER, ISSUER, OAUTH2, takes_dpop=True))
    assert "ES256" in said["dpop_signing_alg_values_supported"]
    assert "none" not in said["dpop_signing_alg_values_supported"]
