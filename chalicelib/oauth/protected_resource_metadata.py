"""The metadata of the protected resources on this service's host: where to get a token for them (RFC 9728)."""

import msgspec

from chalicelib.security_profiles import SecurityProfile


class ProtectedResourceMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9728 §2.

    ``scopes_supported`` is left out: clients ask for all that it lists, and few credentials have every scope. What a
    request needs beyond a token, the challenge to it says (RFC 6750 §3).
    """

    resource: str
    authorization_servers: tuple[str, ...]
    bearer_methods_supported: tuple[str, ...] = ("header",)
    dpop_signing_alg_values_supported: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    dpop_bound_access_tokens_required: bool | msgspec.UnsetType = msgspec.UNSET


def protected_resource_metadata(
    resource: str, issuer: str, profile: SecurityProfile, *, takes_dpop: bool = False
) -> ProtectedResourceMetadata:
    """``takes_dpop``: the resource is known to take tokens that are bound to a key.

    ``profile`` is the one that counts for every client.
    """
    return ProtectedResourceMetadata(
        resource=resource,
        authorization_servers=(issuer,),
        dpop_signing_alg_values_supported=profile.algorithms if takes_dpop else msgspec.UNSET,
        dpop_bound_access_tokens_required=(takes_dpop and profile.sender_constrained) or msgspec.UNSET,
    )
