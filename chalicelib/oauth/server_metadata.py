"""The metadata of this authorization server (RFC 8414)."""

import msgspec

from chalicelib import paths
from chalicelib.credentials.credential import AuthenticationMethod
from chalicelib.credentials.public_keys import ALGORITHMS

METADATA_MAX_AGE = 300
"""Seconds."""

_METHODS: tuple[AuthenticationMethod, ...] = ("client_secret_basic", "client_secret_post", "private_key_jwt")


class ServerMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 8414 §2, RFC 9449 §5.1. No authorization endpoint, hence no response type."""

    issuer: str
    token_endpoint: str
    introspection_endpoint: str
    revocation_endpoint: str
    jwks_uri: str
    scopes_supported: tuple[str, ...]
    response_types_supported: tuple[str, ...] = ()
    grant_types_supported: tuple[str, ...] = ("client_credentials",)
    token_endpoint_auth_methods_supported: tuple[AuthenticationMethod, ...] = _METHODS
    token_endpoint_auth_signing_alg_values_supported: tuple[str, ...] = ALGORITHMS
    introspection_endpoint_auth_methods_supported: tuple[AuthenticationMethod, ...] = _METHODS
    introspection_endpoint_auth_signing_alg_values_supported: tuple[str, ...] = ALGORITHMS
    revocation_endpoint_auth_methods_supported: tuple[AuthenticationMethod, ...] = _METHODS
    revocation_endpoint_auth_signing_alg_values_supported: tuple[str, ...] = ALGORITHMS
    dpop_signing_alg_values_supported: tuple[str, ...] = ALGORITHMS


def server_metadata(issuer: str, scopes: tuple[str, ...]) -> ServerMetadata:
    return ServerMetadata(
        issuer=issuer,
        token_endpoint=issuer + paths.TOKEN,
        introspection_endpoint=issuer + paths.INTROSPECTION,
        revocation_endpoint=issuer + paths.TOKEN_REVOCATION,
        jwks_uri=issuer + paths.JWKS,
        scopes_supported=scopes,
    )


class OpenIDConfiguration(msgspec.Struct, frozen=True, kw_only=True):
    """Where the keys are, for verifiers that look at an OpenID provider's well-known path, as an HTTP API of AWS does.

    This is no OpenID provider: the other members of OpenID Connect Discovery are left out.
    """

    issuer: str
    jwks_uri: str


def openid_configuration(issuer: str) -> OpenIDConfiguration:
    return OpenIDConfiguration(issuer=issuer, jwks_uri=issuer + paths.JWKS)
