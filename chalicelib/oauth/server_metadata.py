"""The metadata of this authorization server (RFC 8414).

The same document is at OpenID Connect's well-known path, where many clients and verifiers look first, or only there.
"""

import msgspec

from chalicelib import paths
from chalicelib.credentials.credential import AuthenticationMethod
from chalicelib.security_profiles import SecurityProfile
from chalicelib.signing_keys.keys import SIGNING_ALGORITHMS

METADATA_MAX_AGE = 300
"""Seconds."""

_SECRET_METHODS: tuple[AuthenticationMethod, ...] = ("client_secret_basic", "client_secret_post")
_KEY_METHODS: tuple[AuthenticationMethod, ...] = ("private_key_jwt",)


class ServerMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 8414 §2, RFC 9449 §5.1, RFC 9728 §4. No grant has a response type.

    ``authorization_endpoint`` is there for clients that insist on one: it is not ours, and no grant here leads to it.
    ``subject_types_supported`` and ``id_token_signing_alg_values_supported`` are what OpenID Connect Discovery §3
    requires of a document at its path. There are no ID tokens: verifiers take from it how access tokens may be signed.
    """

    issuer: str
    token_endpoint: str
    introspection_endpoint: str
    revocation_endpoint: str
    jwks_uri: str
    scopes_supported: tuple[str, ...]
    protected_resources: tuple[str, ...]
    authorization_endpoint: str | msgspec.UnsetType = msgspec.UNSET
    status_list_aggregation_endpoint: str | msgspec.UnsetType = msgspec.UNSET
    response_types_supported: tuple[str, ...] = ()
    grant_types_supported: tuple[str, ...] = ("client_credentials",)
    token_endpoint_auth_methods_supported: tuple[AuthenticationMethod, ...]
    token_endpoint_auth_signing_alg_values_supported: tuple[str, ...]
    introspection_endpoint_auth_methods_supported: tuple[AuthenticationMethod, ...]
    introspection_endpoint_auth_signing_alg_values_supported: tuple[str, ...]
    revocation_endpoint_auth_methods_supported: tuple[AuthenticationMethod, ...]
    revocation_endpoint_auth_signing_alg_values_supported: tuple[str, ...]
    dpop_signing_alg_values_supported: tuple[str, ...]
    subject_types_supported: tuple[str, ...] = ("public",)
    id_token_signing_alg_values_supported: tuple[str, ...]


def server_metadata(
    issuer: str,
    scopes: tuple[str, ...],
    audiences: tuple[str, ...],
    profile: SecurityProfile,
    authorization_endpoint: str | None = None,
    has_status_lists: bool = True,
) -> ServerMetadata:
    """``audiences``: those that are URLs are named as protected resources (RFC 9728 §1.2).

    ``profile`` is the one that counts for every client.
    """
    methods = (*_SECRET_METHODS, *_KEY_METHODS) if profile.shared_secrets else _KEY_METHODS
    return ServerMetadata(
        issuer=issuer,
        token_endpoint=issuer + paths.TOKEN,
        introspection_endpoint=issuer + paths.INTROSPECTION,
        revocation_endpoint=issuer + paths.TOKEN_REVOCATION,
        jwks_uri=issuer + paths.JWKS,
        scopes_supported=scopes,
        protected_resources=tuple(uri for uri in audiences if uri.startswith(("https://", "http://"))),
        authorization_endpoint=authorization_endpoint or msgspec.UNSET,
        status_list_aggregation_endpoint=issuer + paths.STATUS_LISTS if has_status_lists else msgspec.UNSET,
        token_endpoint_auth_methods_supported=methods,
        token_endpoint_auth_signing_alg_values_supported=profile.algorithms,
        introspection_endpoint_auth_methods_supported=methods,
        introspection_endpoint_auth_signing_alg_values_supported=profile.algorithms,
        revocation_endpoint_auth_methods_supported=methods,
        revocation_endpoint_auth_signing_alg_values_supported=profile.algorithms,
        dpop_signing_alg_values_supported=profile.algorithms,
        id_token_signing_alg_values_supported=tuple(name for name in SIGNING_ALGORITHMS if name in profile.algorithms),
    )
