"""What the console does with single credentials, over DynamoDB in memory."""

import threading
from collections.abc import Callable
from itertools import count

import pytest

from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.errors import (
    Conflict,
    CredentialHasNoSecret,
    CredentialNotActive,
    CredentialNotFound,
    Forbidden,
    InvalidRequest,
    OverlapNotOver,
)
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller
from tests.support.client_key import ClientKey
from tests.support.tenant_lab import ADMIN, TenantLab

VIEWER, STRANGER = caller(role="viewer"), caller("globex")
AT_ONCE = SecretRequest(overlap_seconds=0)
NEW = CredentialRequest(name=" Nightly export ")


@pytest.fixture
def lab() -> TenantLab:
    return TenantLab(DynamoDB(), count().__next__)


def test_a_credential_has_one_secret_that_is_kept_as_a_hash_alone(lab: TenantLab) -> None:
    credential, secret = lab.service.create(ADMIN, NEW)
    assert secret is not None
    [(secret_id, stored)] = credential.secrets.items()
    assert (credential.name, secret_id, stored.hint) == ("Nightly export", secret.secret_id, secret.hint)
    assert secret.reveal() not in repr(lab.credentials())
    assert lab.credentials() == [credential]


def test_a_credential_with_a_key_has_no_secret_and_gets_none(lab: TenantLab) -> None:
    credential, secret = lab.service.create(ADMIN, CredentialRequest(name="x", jwks=dict(ClientKey().jwk)))
    assert (secret, credential.secrets, credential.token_endpoint_auth_method) == (None, {}, "private_key_jwt")
    with pytest.raises(CredentialHasNoSecret):
        lab.service.add_secret(ADMIN, credential.client_id, SecretRequest())


def test_a_credential_that_breaks_a_rule_is_not_made(lab: TenantLab) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        lab.service.create(ADMIN, CredentialRequest(name=" ", scopes=("nope",), jwks={}))
    assert {fault.pointer for fault in refusal.value.faults} == {"/name", "/scopes/0", "/jwks/keys"}
    assert lab.credentials() == []


def test_a_viewer_changes_nothing(lab: TenantLab) -> None:
    credential, _ = lab.service.create(ADMIN, NEW)
    changes: list[Callable[[], object]] = [
        lambda: lab.service.create(VIEWER, NEW),
        lambda: lab.service.revoke(VIEWER, credential.client_id),
        lambda: lab.service.add_secret(VIEWER, credential.client_id, SecretRequest()),
    ]
    for change in changes:
        with pytest.raises(Forbidden):
            change()
    assert lab.credentials() == [credential]


def test_another_tenants_credential_does_not_exist(lab: TenantLab) -> None:
    credential, _ = lab.service.create(ADMIN, NEW)
    calls: list[Callable[[], object]] = [
        lambda: lab.service.get(STRANGER, credential.client_id),
        lambda: lab.service.revoke(STRANGER, credential.client_id),
        lambda: lab.service.add_secret(STRANGER, credential.client_id, SecretRequest()),
    ]
    for call in calls:
        with pytest.raises(CredentialNotFound):
            call()
    assert lab.credentials() == [credential]


def test_a_second_secret_begins_an_overlap_and_a_third_waits_for_its_end(lab: TenantLab) -> None:
    client_id = lab.service.create(ADMIN, NEW)[0].client_id
    rotated, secret = lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=3600))
    ends = {secret_id: stored.expires_at for secret_id, stored in rotated.secrets.items()}
    assert len(ends) == 2
    assert ends.pop(secret.secret_id) is None
    assert None not in ends.values()
    with pytest.raises(OverlapNotOver):
        lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=3600))
    at_once, newest = lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=0))
    assert at_once.secrets.keys() == {newest.secret_id}


def test_a_credential_is_revoked_once_and_stays_so(lab: TenantLab) -> None:
    client_id = lab.service.create(ADMIN, NEW)[0].client_id
    assert lab.service.count_active(ADMIN) == 1
    revoked = lab.service.revoke(ADMIN, client_id)
    assert (revoked.status, revoked.revoked_by) == ("revoked", ADMIN.actor)
    assert lab.service.revoke(ADMIN, client_id) == lab.service.get(ADMIN, client_id) == revoked
    assert lab.service.count_active(ADMIN) == 0
    with pytest.raises(CredentialNotActive):
        lab.service.add_secret(ADMIN, client_id, SecretRequest())


def test_a_create_that_meets_a_transaction_on_its_tenants_row_waits_for_it() -> None:
    """The first create's transaction holds the tenant's row until the second has been refused."""
    refused = threading.Event()

    def let_the_first_end(_seconds: float) -> None:
        refused.set()
        creating.join()

    client = DynamoDB(during=lambda _: refused.wait(60))
    first = TenantLab(client, count().__next__)
    second = TenantLab(client, count().__next__, environment=1, sleep=let_the_first_end)
    creating = threading.Thread(target=first.create)
    creating.start()
    while not client.calls["TransactWriteItems"]:
        second.reader.read_tenant(ADMIN.tenant_id)
    second.create()
    assert refused.is_set()
    assert len(second.credentials()) == second.service.count_active(ADMIN) == 2


def test_of_two_rotates_without_overlap_at_once_one_comes_through() -> None:
    """The second reads before the first has written: it would end a secret that it has not seen."""
    client = DynamoDB()
    first, second = TenantLab(client, count().__next__), TenantLab(client, count().__next__, environment=1)
    client_id = first.service.create(ADMIN, NEW)[0].client_id
    shown: list[str] = []

    def rotate_in_between(call: str) -> None:
        if call == "TransactWriteItems":
            client.before = None
            shown.append(first.service.add_secret(ADMIN, client_id, AT_ONCE)[1].secret_id)

    client.before = rotate_in_between
    with pytest.raises(Conflict, match="added a secret meanwhile"):
        second.service.add_secret(ADMIN, client_id, AT_ONCE)
    assert list(first.service.get(ADMIN, client_id).secrets) == shown
    assert second.service.add_secret(ADMIN, client_id, AT_ONCE)[1].secret_id not in shown
