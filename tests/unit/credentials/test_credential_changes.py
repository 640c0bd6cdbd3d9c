"""Changes of a credential between its creation and its end."""

from collections.abc import Callable
from itertools import count

import pytest
from msgspec.structs import replace

from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential_patch import CredentialPatch
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.errors import CredentialNotFound, CredentialRevoked, Forbidden, InvalidRequest, PreconditionFailed
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller
from tests.support.tenant_lab import ADMIN, TenantLab

VIEWER, STRANGER = caller(role="viewer"), caller("globex")
COLLEAGUE = caller(name="Bob Admin")


@pytest.fixture
def lab() -> TenantLab:
    return TenantLab(DynamoDB(), count().__next__)


@pytest.fixture
def client_id(lab: TenantLab) -> str:
    return lab.service.create(ADMIN, CredentialRequest(name="Nightly export"))[0].client_id


def events(lab: TenantLab) -> list[str]:
    return [event.action for event in lab.audit_events()]


def test_a_viewer_changes_nothing(lab: TenantLab, client_id: str) -> None:
    before = lab.credentials()
    for change in changes(lab, VIEWER, client_id):
        with pytest.raises(Forbidden):
            change()
    assert lab.credentials() == before


def test_another_tenants_credential_does_not_exist(lab: TenantLab, client_id: str) -> None:
    before = lab.credentials()
    for change in changes(lab, STRANGER, client_id):
        with pytest.raises(CredentialNotFound):
            change()
    assert lab.credentials() == before


@pytest.mark.parametrize("end", ["revoke", "revoke_all", "suspended, then revoke_all"])
def test_a_revoked_credential_is_changed_no_more(lab: TenantLab, client_id: str, end: str) -> None:
    if end.startswith("suspended"):
        lab.changes.suspend(ADMIN, client_id)
    if end == "revoke":
        lab.service.revoke(ADMIN, client_id)
    else:
        lab.revocations.revoke_all(ADMIN)
    before = lab.credentials()
    for change in changes(lab, ADMIN, client_id):
        with pytest.raises(CredentialRevoked):
            change()
    assert lab.credentials() == before
    assert lab.service.get(ADMIN, client_id).status == "revoked"


def test_a_suspended_credential_says_by_whom_and_when_and_again_the_same(lab: TenantLab, client_id: str) -> None:
    suspended = lab.changes.suspend(ADMIN, client_id)
    assert (suspended.status, suspended.suspended_by) == ("suspended", ADMIN.actor)
    assert lab.changes.suspend(COLLEAGUE, client_id) == lab.service.get(COLLEAGUE, client_id) == suspended
    assert events(lab) == ["credential.suspended", "credential.created"]


def test_a_resumed_credential_is_as_it_was_and_again_the_same(lab: TenantLab, client_id: str) -> None:
    before = lab.service.get(ADMIN, client_id)
    lab.changes.suspend(ADMIN, client_id)
    resumed = lab.changes.resume(COLLEAGUE, client_id)
    assert lab.unversioned(resumed) == lab.unversioned(before)
    assert lab.changes.resume(ADMIN, client_id) == resumed
    assert events(lab) == ["credential.resumed", "credential.suspended", "credential.created"]


def test_a_credential_that_nobody_suspended_is_resumed_without_a_trace(lab: TenantLab, client_id: str) -> None:
    before = lab.credentials()
    assert lab.changes.resume(ADMIN, client_id).status == "active"
    assert lab.credentials() == before
    assert events(lab) == ["credential.created"]


def test_a_suspended_credential_may_be_rotated_before_it_is_resumed(lab: TenantLab, client_id: str) -> None:
    lab.changes.suspend(ADMIN, client_id)
    rotated, _ = lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=0))
    assert rotated.status == "suspended"
    assert lab.changes.resume(ADMIN, client_id).secrets == rotated.secrets


def test_a_suspended_credential_counts_among_those_that_a_revoke_all_revokes(lab: TenantLab, client_id: str) -> None:
    lab.changes.suspend(ADMIN, client_id)
    assert lab.service.count_active(ADMIN) == 1
    progress = lab.revocations.revoke_all(ADMIN)
    assert (progress.total, progress.swept) == (1, 1)
    lab.assert_swept()


def test_a_suspended_credential_is_revoked_for_good(lab: TenantLab, client_id: str) -> None:
    lab.changes.suspend(ADMIN, client_id)
    assert lab.service.revoke(ADMIN, client_id).status == "revoked"
    assert lab.service.count_active(ADMIN) == 0


def test_each_change_is_a_new_version(lab: TenantLab, client_id: str) -> None:
    versions = [
        lab.service.get(ADMIN, client_id).version,
        lab.changes.suspend(ADMIN, client_id).version,
        lab.changes.resume(ADMIN, client_id).version,
        lab.service.add_secret(ADMIN, client_id, SecretRequest())[0].version,
        lab.service.revoke(ADMIN, client_id).version,
        lab.service.get(ADMIN, client_id).version,
    ]
    assert versions == [1, 2, 3, 4, 5, 5]


def test_an_edit_keeps_all_that_it_does_not_name(lab: TenantLab, client_id: str) -> None:
    before = lab.service.get(ADMIN, client_id)
    after = lab.changes.edit(ADMIN, client_id, CredentialPatch(name="Hourly export"))
    assert lab.unversioned(after) == lab.unversioned(replace(before, name="Hourly export"))
    assert lab.changes.edit(COLLEAGUE, client_id, CredentialPatch(name="Hourly export")) == after
    assert events(lab) == ["credential.edited", "credential.created"]


def test_an_edit_that_breaks_a_rule_is_not_made(lab: TenantLab, client_id: str) -> None:
    before = lab.credentials()
    with pytest.raises(InvalidRequest):
        lab.changes.edit(ADMIN, client_id, CredentialPatch(name="x", scopes=("nope",)))
    assert lab.credentials() == before


def test_a_change_for_another_version_is_refused_unless_it_is_so_already(lab: TenantLab, client_id: str) -> None:
    first, second = frozenset({1}), frozenset({2})
    assert lab.changes.suspend(ADMIN, client_id, first).version == 2
    assert lab.changes.suspend(ADMIN, client_id, first).version == 2
    before = lab.credentials()
    with pytest.raises(PreconditionFailed):
        lab.changes.resume(ADMIN, client_id, first)
    with pytest.raises(PreconditionFailed):
        lab.changes.edit(ADMIN, client_id, CredentialPatch(name="x"), first)
    assert lab.credentials() == before
    assert lab.changes.resume(ADMIN, client_id, first | second).version == 3


def changes(lab: TenantLab, who: Caller, client_id: str) -> list[Callable[[], object]]:
    """Each of them, by this caller."""
    return [
        lambda: lab.changes.edit(who, client_id, CredentialPatch(name="x")),
        lambda: lab.changes.suspend(who, client_id),
        lambda: lab.changes.resume(who, client_id),
    ]
