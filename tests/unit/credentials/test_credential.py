"""The one place that says whether a credential is active."""

import pytest
from msgspec.structs import replace

from chalicelib.credentials.credential import Credential, CredentialWithTenant, Status, StoredSecret
from chalicelib.credentials.tenant import Revocation, Tenant
from tests.support.credentials import ADA, CREDENTIAL, NOW, TENANT

SECOND = Revocation(revocation_id="second", revoked_by=ADA, fenced_at=NOW - 20)
THIRD = Revocation(revocation_id="third", revoked_by=ADA, fenced_at=NOW - 10)
FENCED = replace(TENANT, generation=3, revocations={2: SECOND, 3: THIRD})

SUSPENDED = replace(CREDENTIAL, suspended_by=ADA, suspended_at=NOW)


@pytest.mark.parametrize(
    ("credential", "tenant", "status"),
    [
        (CREDENTIAL, TENANT, "active"),
        (CREDENTIAL, None, "revoked"),
        (CREDENTIAL, FENCED, "revoked"),
        (replace(CREDENTIAL, generation=3), FENCED, "active"),
        (replace(CREDENTIAL, generation=4), FENCED, "revoked"),
        (replace(CREDENTIAL, status="revoked"), TENANT, "revoked"),
        (replace(CREDENTIAL, expires_at=NOW + 1), TENANT, "active"),
        (replace(CREDENTIAL, expires_at=NOW), TENANT, "expired"),
        (replace(CREDENTIAL, expires_at=NOW), FENCED, "revoked"),
        (SUSPENDED, TENANT, "suspended"),
        (SUSPENDED, FENCED, "revoked"),
        (replace(SUSPENDED, expires_at=NOW), TENANT, "expired"),
        (replace(SUSPENDED, expires_at=NOW + 1), TENANT, "suspended"),
        (replace(SUSPENDED, status="revoked"), TENANT, "revoked"),
    ],
)
def test_the_effective_status_follows_from_row_tenant_and_time(
    credential: Credential, tenant: Tenant | None, status: Status
) -> None:
    found = CredentialWithTenant(credential, tenant)
    assert found.effective(NOW).status == status
    assert found.is_active(NOW) == (status == "active")


def test_a_credential_behind_several_fences_was_revoked_by_the_first() -> None:
    effective = CredentialWithTenant(CREDENTIAL, FENCED).effective(NOW)
    assert (effective.revocation_id, effective.revoked_at, effective.revoked_by) == ("second", NOW - 20, ADA)
    younger = CredentialWithTenant(replace(CREDENTIAL, generation=2), FENCED).effective(NOW)
    assert younger.revocation_id == "third"


def test_a_revoked_row_keeps_its_own_stamp_behind_a_fence() -> None:
    revoked = replace(CREDENTIAL, status="revoked", revoked_at=7)
    assert CredentialWithTenant(revoked, FENCED).effective(NOW) == revoked


def test_a_secret_is_valid_until_its_end() -> None:
    ending = StoredSecret(hash="h", hint="abcd", created_at=0, expires_at=NOW)
    credential = replace(CREDENTIAL, secrets={"a": ending, "b": replace(ending, expires_at=None)})
    assert credential.valid_secret("a", NOW - 1) == ending
    assert credential.valid_secret("a", NOW) is None
    assert credential.valid_secret("b", NOW) is not None
    assert credential.valid_secret("c", NOW) is None


@pytest.mark.parametrize(("expires_at", "by", "then"), [(None, 9, 9), (5, 9, 5), (9, 5, 5)])
def test_a_secret_never_gets_more_time_than_it_had(expires_at: int | None, by: int, then: int) -> None:
    assert StoredSecret(hash="h", hint="x", created_at=0, expires_at=expires_at).ending_by(by).expires_at == then
