"""A change of what an admin chose of a credential: a JSON merge patch (RFC 7396)."""

from collections.abc import Container, Iterator

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from chalicelib.credentials.allowed_addresses import AddressBlocks, read_blocks
from chalicelib.credentials.audit_event import Detail, FieldValue
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.field_rules import (
    Description,
    Expiry,
    Name,
    Scopes,
    description_faults,
    expiry_faults,
    latest_end,
    name_faults,
    scope_faults,
)
from chalicelib.errors import Fault, InvalidRequest
from chalicelib.security_profiles import SECURITY_PROFILES, SecurityProfileName

_FIELDS = ("name", "description", "scopes", "expires_at", "allowed_addresses", "security_profile")


class CredentialPatch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is absent stays. null takes away the description, the expiry, the limit on addresses, or the security
    profile, which only a console user may.
    """

    name: Name | UnsetType = UNSET
    description: Description | UnsetType | None = UNSET
    scopes: Scopes | UnsetType = UNSET
    expires_at: Expiry | UnsetType | None = UNSET
    allowed_addresses: AddressBlocks | UnsetType | None = UNSET
    security_profile: SecurityProfileName | UnsetType | None = UNSET


def patched(
    before: Credential,
    patch: CredentialPatch,
    known_scopes: Container[str],
    now: float,
    longest_life: int | None = None,
) -> Credential:
    """The credential as the patch would have it. Raises InvalidRequest with a fault for each rule that it breaks.

    ``longest_life``: seconds from its creation to the latest end that it may get; None: it may have none.
    """
    blocks, block_faults = read_blocks(patch.allowed_addresses or ())
    faults = (
        *_faults(patch, known_scopes),
        *_end_faults(before, patch, now, longest_life),
        *_profile_faults(before, patch),
        *block_faults,
    )
    if faults:
        raise InvalidRequest("The change breaks a rule.", faults)
    after = before
    if patch.name is not UNSET:
        after = replace(after, name=patch.name.strip())
    if patch.description is not UNSET:
        after = replace(after, description=(patch.description or "").strip() or None)
    if patch.scopes is not UNSET:
        after = replace(after, scopes=tuple(dict.fromkeys(patch.scopes)))
    if patch.expires_at is not UNSET:
        after = replace(after, expires_at=None if patch.expires_at is None else int(patch.expires_at.timestamp()))
    if patch.allowed_addresses is not UNSET:
        after = replace(after, allowed_addresses=blocks)
    if patch.security_profile is not UNSET:
        after = replace(after, security_profile=patch.security_profile)
    return after


def chosen(credential: Credential) -> dict[str, FieldValue]:
    """All that an admin chose of a credential, but for its secrets and keys."""
    return {name: getattr(credential, name) for name in _FIELDS}


def before_and_after(before: Credential, after: Credential) -> dict[str, Detail]:
    """What an audit event says of a change: what differs, as it was and as it is."""
    old, new = chosen(before), chosen(after)
    differing = [name for name in _FIELDS if old[name] != new[name]]
    return {"before": {name: old[name] for name in differing}, "after": {name: new[name] for name in differing}}


def secrets_before_and_after(before: Credential, after: Credential) -> dict[str, Detail]:
    """The ids of the secrets that there were and that there are."""
    return {"before": {"secret_ids": tuple(before.secrets)}, "after": {"secret_ids": tuple(after.secrets)}}


def _faults(patch: CredentialPatch, known_scopes: Container[str]) -> Iterator[Fault]:
    if patch.name is not UNSET:
        yield from name_faults(patch.name)
    if patch.description:
        yield from description_faults(patch.description)
    if patch.scopes:
        yield from scope_faults(patch.scopes, known_scopes)


def _end_faults(before: Credential, patch: CredentialPatch, now: float, longest_life: int | None) -> Iterator[Fault]:
    if patch.expires_at:
        yield from expiry_faults(patch.expires_at, now, latest_end(before.created_at, longest_life))
    elif patch.expires_at is None and longest_life is not None:
        yield Fault("/expires_at", "must be a time, since each credential here must end")


def _profile_faults(before: Credential, patch: CredentialPatch) -> Iterator[Fault]:
    """A credential is held to a profile only once all that it has agrees: to be held to it does not break its client's
    key, nor leave a secret behind.
    """
    if not patch.security_profile:
        return
    profile = SECURITY_PROFILES[patch.security_profile]
    if not profile.shared_secrets and not before.keys:
        yield Fault("/security_profile", "has no client secrets: make a new credential with keys")
    for key in before.keys:
        if not key.suits(profile.algorithms):
            allowed = " or ".join(profile.algorithms)
            yield Fault("/security_profile", f"needs keys for {allowed}, and the key {key.kid} is for none of them")
