"""Whatever stands in a row: it is shown as far as it can be read, breaks no other, and makes nothing active."""

import logging
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import UNREADABLE, to_item
from chalicelib.aws.stores.audit_event_reader import DynamoDBAuditEventReader
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.credential_rows import from_row, to_row
from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader
from chalicelib.aws.stores.readable_rows import read_audit_event, read_credential, read_key_schedule, read_tenant
from chalicelib.clock import LAST_SECOND
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.audit_trail import AuditEventPage, AuditFilter, AuditTrail
from chalicelib.credentials.credential import Credential, CredentialWithTenant, StoredSecret
from chalicelib.credentials.credential_list import CredentialFilter, CredentialPage
from chalicelib.credentials.tenant import Revocation, Sweep, Tenant
from chalicelib.errors import Unavailable
from chalicelib.signing_keys import key_schedule
from chalicelib.web import managed_responses
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller
from tests.support.credentials import ADA, CREDENTIAL, NOW, TENANT
from tests.support.key_schedules import key
from tests.support.tenant_lab import NAMES
from tests.unit.credentials.test_sweep import lab_of

ALL = CredentialFilter(status="all")
FULL = replace(
    CREDENTIAL,
    secrets={"abcdef": StoredSecret(hash="$argon2id$", hint="abcd", created_at=NOW)},
    expires_at=NOW + 60,
    description="d",
    allowed_addresses=("192.0.2.0/24",),
)
FENCED = replace(
    TENANT,
    generation=2,
    revocations={2: Revocation(revocation_id="0" * 26, revoked_by=ADA, fenced_at=NOW)},
    sweep=Sweep(through=2, cursor="", swept={}),
)
EVENT = AuditEvent(
    tenant_id=TENANT.tenant_id,
    event_id="0" * 26,
    at=NOW,
    action="credential.created",
    actor=ADA,
    source_ip="192.0.2.1",
    request_id="r",
    outcome="success",
    details={"name": "x"},
)
SCHEDULE = key_schedule.rotate(key_schedule.initial(key("key-0"), NOW), key("key-1"), NOW)

numbers = st.one_of(
    st.integers(-(10**37), 10**37).map(str),
    st.sampled_from(["0", "-1", "1.5", "1E+20", str(LAST_SECOND), str(LAST_SECOND + 1), "253402318799", str(2**63)]),
)
values = st.recursive(
    st.one_of(
        st.text(max_size=8).map(lambda text: {"S": text}),
        st.sampled_from(["active", "revoked", "suspended", "frozen"]).map(lambda text: {"S": text}),
        numbers.map(lambda number: {"N": number}),
        st.booleans().map(lambda flag: {"BOOL": flag}),
        st.just({"NULL": True}),
        st.just({"B": "AA=="}),
        st.just({"SS": ["a"]}),
        st.just({"NS": ["1"]}),
    ),
    lambda members: st.one_of(
        st.lists(members, max_size=3).map(lambda items: {"L": items}),
        st.dictionaries(st.text(max_size=4), members, max_size=3).map(lambda items: {"M": items}),
    ),
    max_leaves=4,
)


def broken(row: dict[str, Any], keys: set[str]) -> st.SearchStrategy[dict[str, Any]]:
    """The row with some attributes, never its keys, taken out or replaced, and others added."""
    names = st.sampled_from([*sorted(row.keys() - keys), "suspended_at", "suspended_by", "keys", "version", "unknown"])
    changes = st.dictionaries(names, st.one_of(st.none(), values), min_size=1, max_size=4)
    return changes.map(lambda made: {k: v for k, v in (row | made).items() if v is not None})


def is_readable(read: Callable[[], object]) -> bool:
    try:
        read()
    except UNREADABLE:
        return False
    return True


@given(broken(to_row(FULL), {"tenant_id", "client_id"}))
def test_a_credential_is_shown_whatever_stands_in_its_row(row: dict[str, Any]) -> None:
    credential = read_credential(row)
    assert (credential.tenant_id, credential.client_id) == (FULL.tenant_id, FULL.client_id)
    for tenant in (TENANT, FENCED, None):
        shown = CredentialWithTenant(credential, tenant).effective(NOW)
        page = managed_responses.credential_page(CredentialPage(credentials=(shown,), next_cursor=None))
        assert msgspec.json.decode(page.body)["credentials"][0]["client_id"] == FULL.client_id
    state = {name: value for name, value in row.items() if name not in ("name", "description", "created_by")}
    whole = {"name": {"S": "x"}, "created_by": to_row(FULL)["created_by"]}
    understood = is_readable(lambda: from_row(row)) or all(
        is_readable(lambda name=name: from_row(to_row(FULL) | whole | {name: row[name]}))  # type: ignore[misc]
        for name in row.keys() & {"status", "generation", "secrets", "scopes", "keys", "suspended_at", "version"}
    )
    if not understood or not {"status", "generation", "secrets", "scopes"} <= state.keys():
        assert not CredentialWithTenant(credential, TENANT).is_active(0)


@given(broken(to_item(FENCED), {"tenant_id"}), st.booleans())
def test_a_tenant_is_read_whatever_stands_in_its_row_and_revives_nothing(row: dict[str, Any], older: bool) -> None:
    try:
        tenant = read_tenant(row)
    except Unavailable:
        number = row.get("generation", {}).get("N", "none")
        assert not is_readable(lambda: int(number))
        return
    credential = CREDENTIAL if older else replace(CREDENTIAL, generation=2)
    found = CredentialWithTenant(credential, tenant)
    assert found.is_active(NOW) == (credential.generation == tenant.generation)
    for fence in tenant.revocations:
        assert tenant.total(fence) >= tenant.swept(fence) or tenant.sweep is not None


@given(broken(to_item(EVENT), {"tenant_id", "event_id"}))
def test_an_audit_event_is_shown_whatever_stands_in_its_row(row: dict[str, Any]) -> None:
    page = AuditEventPage(audit_events=(read_audit_event(row),), next_cursor=None)
    assert msgspec.json.decode(managed_responses.audit_event_page(page).body)["audit_events"][0]["event_id"] == "0" * 26


@given(broken(to_item(SCHEDULE), set()))
def test_keys_that_can_be_read_stay_in_the_schedule(row: dict[str, Any]) -> None:
    try:
        schedule = read_key_schedule(row)
    except Unavailable:
        return
    assert schedule.keys
    assert all(isinstance(published, key_schedule.KeyRecord) for published in schedule.keys)


def test_the_keys_beside_a_broken_one_verify_on() -> None:
    row = to_item(SCHEDULE)
    row["keys"]["L"][1]["M"]["signs_from"] = {"S": "soon"}
    assert [published.kid for published in read_key_schedule(row).keys] == ["key-0"]


def test_a_schedule_that_can_be_read_in_part_is_not_changed() -> None:
    client = DynamoDB()
    row = {"tenant_id": {"S": tables.SIGNING_KEYS_ROW}} | to_item(SCHEDULE) | {"gone": {"S": "?"}}
    client.load("tenants", [row])
    assert DynamoDBKeyScheduleReader(client, "tenants").read()
    with pytest.raises(Unavailable):
        DynamoDBKeyScheduleReader(client, "tenants", to_change=True).read()


BEYOND = {"expires_at": {"N": "253402318799"}}


def test_a_time_beyond_the_last_is_shown_as_the_last_and_the_credential_stays_active() -> None:
    credential = read_credential(to_row(FULL) | BEYOND)
    assert credential == replace(FULL, expires_at=LAST_SECOND)
    assert CredentialWithTenant(credential, TENANT).is_active(NOW)


@pytest.mark.parametrize("change", [{"name": {"N": "1"}}, {"created_by": {"S": "x"}}, {"revoked_at": {"S": "?"}}])
def test_what_is_only_shown_takes_no_credential_out_of_use(change: dict[str, Any]) -> None:
    assert CredentialWithTenant(read_credential(to_row(FULL) | change), TENANT).is_active(NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"status": {"S": "frozen"}},
        {"status": {"N": "1"}},
        {"generation": {"S": "1"}},
        {"expires_at": {"S": "never"}},
        {"suspended_at": {"S": "yesterday"}},
        {"secrets": {"M": {"abcdef": {"S": "x"}}}},
        {"allowed_addresses": {"S": "everywhere"}},
        {"token_endpoint_auth_method": {"S": "tls_client_auth"}},
    ],
    ids=str,
)
def test_a_credential_whose_state_is_not_understood_is_not_active(
    change: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert CredentialWithTenant(read_credential(to_row(FULL) | change), TENANT).effective(NOW).status == "revoked"
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.__dict__["row"] == {"tenant_id": FULL.tenant_id, "client_id": FULL.client_id}
    assert record.__dict__["unreadable"] == list(change)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(broken(to_row(FULL), {"tenant_id", "client_id"}))
def test_a_broken_row_keeps_no_other_out_of_the_list_and_no_sweep_from_its_end(row: dict[str, Any]) -> None:
    client = DynamoDB()
    lab = lab_of(client)
    admin = caller("acme")
    lab.create()
    lab.create()
    broken_id = FULL.client_id.replace(FULL.tenant_id, admin.tenant_id)
    client.load("credentials", [row | {"tenant_id": {"S": admin.tenant_id}, "client_id": {"S": broken_id}}])
    listed = lab.list.page(admin, ALL, None, 10).credentials
    assert {credential.client_id for credential in listed} == {broken_id, *(client_id for client_id, _ in lab.known)}
    assert lab.service.get(admin, broken_id).client_id == broken_id
    assert sum(credential.status == "active" for credential in listed) >= 2
    lab.revoke_all()
    lab.sweep()
    assert lab.tenant().sweep is None
    reader = DynamoDBCredentialReader(client, NAMES)
    tenant = reader.read_tenant(admin.tenant_id)
    rows = reader.oldest_first(admin.tenant_id, "", 10).rows
    assert not any(CredentialWithTenant(credential, tenant).is_active(0) for credential in rows)


def test_a_row_under_no_client_id_is_in_nobodys_way() -> None:
    client = DynamoDB()
    lab = lab_of(client)
    admin = caller("acme")
    for _ in range(3):
        lab.create()
    for name in ("zzz", "aaa", "acc_"):
        client.load("credentials", [to_row(FULL) | {"tenant_id": {"S": admin.tenant_id}, "client_id": {"S": name}}])
    found: list[str] = []
    cursor = None
    while True:
        page = lab.list.page(admin, ALL, cursor, 1)
        found += [credential.client_id for credential in page.credentials]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == [client_id for client_id, _ in reversed(lab.known)]


def test_a_broken_event_keeps_no_other_out_of_the_trail() -> None:
    client = DynamoDB()
    lab = lab_of(client)
    lab.create()
    client.load("audit_events", [to_item(EVENT) | {"actor": {"S": "?"}, "details": {"L": []}}])
    page = AuditTrail(DynamoDBAuditEventReader(client, "audit_events")).page(caller("acme"), AuditFilter(), None, 10)
    assert len(page.audit_events) == 2


def test_every_attribute_of_a_credential_is_one_that_is_only_shown_or_takes_it_out_of_use() -> None:
    for field in msgspec.structs.fields(Credential):
        if field.name in ("tenant_id", "client_id"):
            continue
        credential = read_credential(to_row(FULL) | {field.name: {"SS": ["x"]}})
        only_shown = field.name in {
            "name",
            "description",
            "created_by",
            "created_at",
            "revoked_by",
            "revoked_at",
            "revocation_id",
            "status_index",
            "last_used_at",
            "last_used_from",
            "last_uses",
        }
        assert CredentialWithTenant(credential, TENANT).is_active(NOW) == only_shown, field.name


def test_where_the_dead_places_cannot_be_read_all_are_dead() -> None:
    tenant: Tenant = read_tenant(to_item(TENANT) | {"dead_below": {"S": "?"}})
    assert tenant.dead_below > 10**9
