"""The metadata of the protected resources on this service's host: where to get a token for them (RFC 9728)."""

import msgspec

from chalicelib.credentials.public_keys import ALGORITHMS


class ProtectedResourceMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9728 §2.

    ``scopes_supported`` is left out: clients ask for all that it lists, and few credentials have every scope. What a
    request needs beyond a token, the challenge to it says (RFC 6750 §3).
    """

    resource: str
    authorization_servers: tuple[str, ...]
    bearer_methods_supported: tuple[str, ...] = ("header",)
    dpop_signing_alg_values_supported: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


def protected_resource_metadata(resource: str, issuer: str, *, takes_dpop: bool = False) -> ProtectedResourceMetadata:
    """``takes_dpop``: the resource is known to take tokens that are bound to a key."""
    return ProtectedResourceMetadata(
        resource=resource,
        authorization_servers=(issuer,),
        dpop_signing_alg_values_supported=ALGORITHMS if takes_dpop else msgspec.UNSET,
    )
