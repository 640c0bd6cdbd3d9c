"""Changes of a credential between its creation and its end."""

from collections.abc import Callable
from itertools import count

import pytest
from msgspec.structs import replace

from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential_patch import CredentialPatch
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.errors import (
    CredentialHasNoKey,
    CredentialNotFound,
    CredentialRevoked,
    Forbidden,
    InvalidRequest,
    KeyExists,
    KeyNotFound,
    LastKey,
    LastSecret,
    OverlapNotOver,
    PreconditionFailed,
    SecretNotFound,
    TooManyKeys,
)
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller
from tests.support.client_key import ClientKey
from tests.support.tenant_lab import ADMIN, TenantLab

VIEWER, STRANGER = caller(role="viewer"), caller("globex")
COLLEAGUE = caller(name="Bob Admin")
JWKS = [{**ClientKey().jwk, "kid": str(number)} for number in range(6)]


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


# --- secrets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1])
def test_either_of_two_secrets_is_ended_alone(lab: TenantLab, client_id: str, which: int) -> None:
    both = lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=3600))[0].secrets
    ended = [*both][which]
    left = lab.changes.end_secret(ADMIN, client_id, ended).secrets
    assert left == {secret_id: stored for secret_id, stored in both.items() if secret_id != ended}
    with pytest.raises(SecretNotFound):
        lab.changes.end_secret(ADMIN, client_id, ended)
    with pytest.raises(LastSecret):
        lab.changes.end_secret(ADMIN, client_id, next(iter(left)))
    assert lab.service.get(ADMIN, client_id).secrets == left
    assert lab.audit_events()[0].details["secret_id"] == ended


def test_a_secret_beside_one_whose_overlap_is_over_is_the_last(lab: TenantLab, client_id: str) -> None:
    (first,) = lab.service.get(ADMIN, client_id).secrets
    _, second = lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=1))
    with pytest.raises(LastSecret):
        lab.changes.end_secret(ADMIN, client_id, second.secret_id)
    with pytest.raises(SecretNotFound):
        lab.changes.end_secret(ADMIN, client_id, first)


def test_a_secret_whose_answer_was_lost_is_ended_and_made_anew(lab: TenantLab, client_id: str) -> None:
    (known,) = lab.service.get(ADMIN, client_id).secrets
    lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=3600))
    with pytest.raises(OverlapNotOver):
        lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=3600))
    (lost,) = lab.service.get(ADMIN, client_id).secrets.keys() - {known}
    lab.changes.end_secret(ADMIN, client_id, lost)
    renewed, secret = lab.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=3600))
    assert renewed.secrets.keys() == {known, secret.secret_id}


def test_a_secret_is_ended_in_the_version_that_is_expected(lab: TenantLab, client_id: str) -> None:
    _, secret = lab.service.add_secret(ADMIN, client_id, SecretRequest())
    with pytest.raises(PreconditionFailed):
        lab.changes.end_secret(ADMIN, client_id, secret.secret_id, frozenset({1}))
    assert lab.changes.end_secret(ADMIN, client_id, secret.secret_id, frozenset({2})).version == 3


# --- keys -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_key(lab: TenantLab) -> str:
    """A credential with the first of the keys."""
    return lab.service.create(ADMIN, CredentialRequest(name="x", jwks=JWKS[0]))[0].client_id


def test_keys_are_added_up_to_five_and_removed_down_to_one(lab: TenantLab, with_key: str) -> None:
    for jwk in JWKS[1:5]:
        keys = lab.changes.add_key(ADMIN, with_key, jwk).keys
    assert [key.kid for key in keys] == ["0", "1", "2", "3", "4"]
    with pytest.raises(TooManyKeys):
        lab.changes.add_key(ADMIN, with_key, JWKS[5])
    for kid in "0213":
        lab.changes.remove_key(ADMIN, with_key, kid)
    with pytest.raises(KeyNotFound):
        lab.changes.remove_key(ADMIN, with_key, "0")
    with pytest.raises(LastKey):
        lab.changes.remove_key(ADMIN, with_key, "4")
    assert [key.kid for key in lab.service.get(ADMIN, with_key).keys] == ["4"]
    removed = [event.details for event in lab.audit_events() if event.action == "credential.key_removed"]
    assert [details["kid"] for details in removed] == list("3120")


@pytest.mark.parametrize("jwk", [{"kid": "0"}, {"kid": "other"}], ids=["the kid", "the key"])
def test_a_key_is_there_once(lab: TenantLab, with_key: str, jwk: dict[str, str]) -> None:
    other = JWKS[1] if jwk["kid"] == "0" else JWKS[0]
    with pytest.raises(KeyExists):
        lab.changes.add_key(ADMIN, with_key, other | jwk)


def test_a_key_that_is_none_is_refused_with_what_is_wrong(lab: TenantLab, with_key: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        lab.changes.add_key(ADMIN, with_key, ClientKey().private_jwk)
    assert [fault.pointer for fault in refusal.value.faults] == ["/jwk/d"]


def test_a_credential_with_a_secret_has_no_keys(lab: TenantLab, client_id: str) -> None:
    with pytest.raises(CredentialHasNoKey):
        lab.changes.add_key(ADMIN, client_id, JWKS[0])
    with pytest.raises(KeyNotFound):
        lab.changes.remove_key(ADMIN, client_id, "0")


def test_a_credential_with_a_key_has_no_secrets(lab: TenantLab, with_key: str) -> None:
    with pytest.raises(SecretNotFound):
        lab.changes.end_secret(ADMIN, with_key, "aaaaaa")


def changes(lab: TenantLab, who: Caller, client_id: str) -> list[Callable[[], object]]:
    """Each of them, by this caller."""
    return [
        lambda: lab.changes.edit(who, client_id, CredentialPatch(name="x")),
        lambda: lab.changes.end_secret(who, client_id, "aaaaaa"),
        lambda: lab.changes.add_key(who, client_id, JWKS[0]),
        lambda: lab.changes.remove_key(who, client_id, "kid"),
        lambda: lab.changes.suspend(who, client_id),
        lambda: lab.changes.resume(who, client_id),
    ]


def test_each_event_names_its_credential_and_says_what_was_before_and_what_is_after(lab: TenantLab) -> None:
    made, first = lab.service.create(ADMIN, CredentialRequest(name="Export"))
    assert first is not None
    client_id = made.client_id
    lab.changes.suspend(ADMIN, client_id)
    lab.changes.resume(ADMIN, client_id)
    _, second = lab.service.add_secret(ADMIN, client_id, SecretRequest())
    lab.changes.end_secret(ADMIN, client_id, first.secret_id)
    lab.changes.edit(ADMIN, client_id, CredentialPatch(name="Import"))
    lab.service.revoke(ADMIN, client_id)
    events = lab.audit_events()[::-1]
    assert {event.client_id for event in events} == {client_id}
    assert [event.details["name"] for event in events] == [*5 * ["Export"], "Import", "Import"]
    chosen = {"name": "Export", "description": None, "scopes": (), "expires_at": None}
    chosen |= {"allowed_addresses": (), "security_profile": None}
    one, both = (first.secret_id,), (first.secret_id, second.secret_id)
    assert [(event.action, event.details.get("before"), event.details["after"]) for event in events] == [
        ("credential.created", None, chosen),
        ("credential.suspended", {"status": "active"}, {"status": "suspended"}),
        ("credential.resumed", {"status": "suspended"}, {"status": "active"}),
        ("credential.secret_added", {"secret_ids": one}, {"secret_ids": both}),
        ("credential.secret_ended", {"secret_ids": both}, {"secret_ids": (second.secret_id,)}),
        ("credential.edited", {"name": "Export"}, {"name": "Import"}),
        ("credential.revoked", {"status": "active"}, {"status": "revoked"}),
    ]


def test_the_events_of_keys_say_which_there_were_and_are(lab: TenantLab, with_key: str) -> None:
    lab.changes.add_key(ADMIN, with_key, JWKS[1])
    lab.changes.remove_key(ADMIN, with_key, "0")
    removed, added, *_ = [event.details for event in lab.audit_events()]
    assert (added["before"], added["after"]) == ({"kids": ("0",)}, {"kids": ("0", "1")})
    assert (removed["before"], removed["after"]) == ({"kids": ("0", "1")}, {"kids": ("1",)})
