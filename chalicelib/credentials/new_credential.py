"""Requests for a new credential, secret or key, and their rules."""

from collections.abc import Container, Iterator
from typing import Annotated, Any

import msgspec

from chalicelib.credentials.allowed_addresses import AddressBlocks
from chalicelib.credentials.credential import AuthenticationMethod
from chalicelib.credentials.field_rules import (
    Description,
    Expiry,
    Name,
    Scopes,
    description_faults,
    expiry_faults,
    name_faults,
    scope_faults,
)
from chalicelib.errors import Fault
from chalicelib.security_profiles import SecurityProfile, SecurityProfileName


class CredentialRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new credential. Without ``scopes`` it gets the default ones; without ``expires_at`` it ends as late as this
    service lets it, which may be never; without ``allowed_addresses``, up to 20 CIDR blocks, it may be used from
    anywhere.

    ``jwks`` is a JWK Set (RFC 7517 §5) or one JWK: the client authenticates with its own key, and there is no secret.
    ``token_endpoint_auth_method`` (RFC 7591 §2) fixes how the secret must be sent; without it, either way is accepted.
    ``security_profile`` ``fapi2``, for a client with keys alone, holds it to the FAPI 2.0 Security Profile.
    """

    name: Name
    description: Description | None = None
    scopes: Scopes | None = None
    expires_at: Expiry | None = None
    allowed_addresses: AddressBlocks | None = None
    token_endpoint_auth_method: AuthenticationMethod | None = None
    jwks: dict[str, Any] | None = None
    security_profile: SecurityProfileName | None = None


class SecretRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new secret. ``overlap_seconds``: how long the old one stays valid beside it; null: until it is ended."""

    overlap_seconds: Annotated[int, msgspec.Meta(ge=0, le=30 * 86_400)] | None = 86_400


class KeyRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A further public key of a client, as a JWK (RFC 7517 §4)."""

    jwk: dict[str, Any]


def faults_of(
    new: CredentialRequest, known_scopes: Container[str], now: float, latest_end: int, profile: SecurityProfile
) -> Iterator[Fault]:
    """Yields a fault for each rule that a new credential breaks; it ends at ``latest_end`` at the latest.

    ``profile`` is the one that will count for it.

    ``public_keys.read_keys`` checks its keys, ``allowed_addresses.read_blocks`` its addresses.
    """
    yield from name_faults(new.name)
    yield from description_faults(new.description or "")
    yield from scope_faults(new.scopes or (), known_scopes)
    if new.expires_at is not None:
        yield from expiry_faults(new.expires_at, now, latest_end)
    if new.jwks is None and new.token_endpoint_auth_method == "private_key_jwt":  # noqa: S105  (a method)
        yield Fault("/jwks", "is required for private_key_jwt")
    elif new.jwks is None and not profile.shared_secrets:
        yield Fault("/jwks", "is required, since the security profile has no client secrets")
    if new.jwks is not None and new.token_endpoint_auth_method not in (None, "private_key_jwt"):
        yield Fault("/token_endpoint_auth_method", "must be private_key_jwt where there are keys")
