"""Rows of credentials: this release and the one before read each other's."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.credential_rows import from_row, to_row
from chalicelib.credentials.credential import FIRST_VERSION, Credential, StoredSecret
from chalicelib.credentials.public_keys import read_key
from tests.support.client_key import ClientKey
from tests.support.credentials import ADA, CREDENTIAL, NOW
from tests.support.release_before import read_by_release_before

SECRET = StoredSecret(hash="h", hint="abcd", created_at=NOW, expires_at=NOW + 60)
PLAIN = replace(CREDENTIAL, secrets={"aaaaaa": SECRET}, expires_at=NOW + 3600)
WITH_KEY = replace(CREDENTIAL, token_endpoint_auth_method="private_key_jwt", keys=(read_key(dict(ClientKey().jwk)),))
SUSPENSION: dict[str, Any] = {"suspended_by": ADA, "suspended_at": NOW, "version": 2}
SUSPENDED = [replace(CREDENTIAL, **SUSPENSION), replace(PLAIN, **SUSPENSION), replace(WITH_KEY, **SUSPENSION)]
ALL = [CREDENTIAL, PLAIN, WITH_KEY, replace(PLAIN, version=7), *SUSPENDED]

ROW_OF_THE_RELEASE_BEFORE: dict[str, Any] = {
    "tenant_id": {"S": CREDENTIAL.tenant_id},
    "client_id": {"S": CREDENTIAL.client_id},
    "name": {"S": "Nightly export"},
    "status": {"S": "active"},
    "generation": {"N": "1"},
    "scopes": {"L": [{"S": "orders:read"}]},
    "secrets": {"M": {}},
    "created_by": {"M": {"subject": {"S": "ada"}, "name": {"S": "Ada Admin"}}},
    "created_at": {"N": str(NOW)},
    "status_index": {"N": "0"},
}
"""As it stands in the tables of whoever deployed it."""


@pytest.mark.parametrize("credential", ALL)
def test_a_row_reads_as_what_was_written(credential: Credential) -> None:
    assert from_row(to_row(credential)) == credential


def test_this_release_reads_a_row_of_the_one_before_with_defaults() -> None:
    read = from_row(ROW_OF_THE_RELEASE_BEFORE)
    assert read == CREDENTIAL
    assert (read.version, read.suspended_at) == (FIRST_VERSION, None)


@pytest.mark.parametrize("credential", ALL)
def test_the_release_before_reads_a_row_of_this_one(credential: Credential) -> None:
    before = read_by_release_before(to_row(credential))
    kept = {"client_id", "name", "status", "generation", "scopes", "created_at", "status_index", "keys", "secrets"}
    assert {name: to_item(before)[name] for name in kept & to_item(credential).keys()} == {
        name: value for name, value in to_item(credential).items() if name in kept
    }


@pytest.mark.parametrize("credential", SUSPENDED)
@pytest.mark.parametrize("now", [1, NOW - 3600, NOW, NOW + 10**9])
def test_to_the_release_before_a_suspended_credential_is_not_active_whatever_its_clock(
    credential: Credential, now: int
) -> None:
    assert read_by_release_before(to_row(credential)).effective_status(credential.generation, now) == "expired"


def test_a_resumed_credential_is_as_it_was_to_the_release_before() -> None:
    resumed = replace(SUSPENDED[1], suspended_by=None, suspended_at=None, version=3)
    assert to_row(resumed) == to_row(PLAIN) | {"version": {"N": "3"}}


def test_what_the_sweep_of_the_release_before_stamps_stays_readable() -> None:
    stamp = {"status": {"S": "revoked"}, "revoked_at": {"N": "9"}, "revoked_by": to_row(CREDENTIAL)["created_by"]}
    assert from_row(to_row(SUSPENDED[1]) | stamp) == replace(
        SUSPENDED[1], status="revoked", revoked_at=9, revoked_by=ADA
    )
