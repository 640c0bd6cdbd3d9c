"""A JSON merge patch (RFC 7396) of what an admin chose of a credential."""

from datetime import datetime, timezone
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from chalicelib.credentials.credential_patch import CredentialPatch, before_and_after, patched
from chalicelib.credentials.public_keys import ClientKey as PublicClientKey
from chalicelib.credentials.public_keys import read_key
from chalicelib.errors import InvalidRequest
from tests.support.client_key import ClientKey
from tests.support.credentials import CREDENTIAL, NOW

SCOPES = {"orders:read", "orders:write"}
FULL = replace(CREDENTIAL, description="Old", expires_at=NOW + 60, allowed_addresses=("192.0.2.0/24",))
P256, P384 = (read_key(ClientKey(ec.generate_private_key(curve)).jwk) for curve in (ec.SECP256R1(), ec.SECP384R1()))
LATER = datetime.fromtimestamp(NOW + 3600, timezone.utc)


@pytest.mark.parametrize(
    ("patch", "changed"),
    [
        ({}, {}),
        ({"name": " Hourly "}, {"name": "Hourly"}),
        ({"description": " New "}, {"description": "New"}),
        ({"description": None}, {"description": None}),
        ({"description": " "}, {"description": None}),
        ({"scopes": ("orders:write", "orders:write")}, {"scopes": ("orders:write",)}),
        ({"scopes": ()}, {"scopes": ()}),
        ({"expires_at": LATER}, {"expires_at": NOW + 3600}),
        ({"expires_at": None}, {"expires_at": None}),
        ({"allowed_addresses": ("2001:DB8::/32",)}, {"allowed_addresses": ("2001:db8::/32",)}),
        ({"allowed_addresses": None}, {"allowed_addresses": ()}),
    ],
    ids=str,
)
def test_what_is_named_is_changed_and_nothing_else(patch: dict[str, Any], changed: dict[str, Any]) -> None:
    after = patched(FULL, CredentialPatch(**patch), SCOPES, NOW)
    assert after == replace(FULL, **changed)
    told = before_and_after(FULL, after)
    assert told == {"before": {name: getattr(FULL, name) for name in changed}, "after": changed}


def test_every_fault_is_named_at_once() -> None:
    patch = CredentialPatch(
        name=" ",
        description="\x00",
        scopes=("nope",),
        expires_at=datetime.fromtimestamp(NOW, timezone.utc),
        allowed_addresses=("x",),
    )
    with pytest.raises(InvalidRequest) as refusal:
        patched(FULL, patch, SCOPES, NOW)
    pointers = {fault.pointer for fault in refusal.value.faults}
    assert pointers == {"/name", "/description", "/scopes/0", "/expires_at", "/allowed_addresses/0"}


def test_a_scope_that_the_catalogue_lost_stays_until_the_scopes_are_changed() -> None:
    old = replace(FULL, scopes=("gone",))
    assert patched(old, CredentialPatch(name="x"), SCOPES, NOW).scopes == ("gone",)
    with pytest.raises(InvalidRequest):
        patched(old, CredentialPatch(scopes=("gone", "orders:read")), SCOPES, NOW)


def test_a_security_profile_is_chosen_and_taken_away() -> None:
    with_key = replace(FULL, keys=(P256,))
    held = patched(with_key, CredentialPatch(security_profile="fapi2"), SCOPES, NOW)
    assert held == replace(with_key, security_profile="fapi2")
    assert patched(held, CredentialPatch(name="x"), SCOPES, NOW).security_profile == "fapi2"
    assert patched(held, CredentialPatch(security_profile=None), SCOPES, NOW) == with_key


@pytest.mark.parametrize(
    ("keys", "told"), [((), "no client secrets"), ((P256, P384), P384.kid)], ids=["a secret", "a P-384 key"]
)
def test_a_credential_that_could_not_keep_a_security_profile_is_not_held_to_it(
    keys: tuple[PublicClientKey, ...], told: str
) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        patched(replace(FULL, keys=keys), CredentialPatch(security_profile="fapi2"), SCOPES, NOW)
    (fault,) = refusal.value.faults
    assert fault.pointer == "/security_profile"
    assert told in fault.detail
