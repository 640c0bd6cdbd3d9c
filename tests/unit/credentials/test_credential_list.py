"""Credentials are listed and searched, over DynamoDB in memory."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.credentials.callers import Actor
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.credential_list import MOST_ROWS, CredentialFilter
from chalicelib.credentials.identifiers import client_id, order_of
from chalicelib.credentials.new_credential import CredentialRequest
from chalicelib.errors import InvalidRequest
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller
from tests.support.credentials import ADA, CREDENTIAL, NOW
from tests.support.tenant_lab import ADMIN, TenantLab

NEW, STRANGER = CredentialRequest(name="Nightly export"), caller("globex")
ALL = CredentialFilter(status="all")


@pytest.fixture
def client() -> DynamoDB:
    return DynamoDB()


@pytest.fixture
def lab(client: DynamoDB) -> TenantLab:
    return TenantLab(client, count().__next__)


def rows(number: int, first: int = 0) -> list[Credential]:
    """Credentials of the admin's tenant, each made a second after the one before."""
    return [
        replace(
            CREDENTIAL,
            tenant_id=ADMIN.tenant_id,
            client_id=client_id(ADMIN.tenant_id, NOW + i, bytes),
            name=f"Program {i}",
            created_at=NOW + i,
            status_index=i + 1,
        )
        for i in range(first, first + number)
    ]


def stored(client: DynamoDB, lab: TenantLab, *credentials: Credential) -> None:
    """Beside one that makes the tenant's row, and is older than they are."""
    lab.service.create(ADMIN, CredentialRequest(name="The first"))
    client.load("credentials", [to_row(credential) for credential in credentials])


def found(lab: TenantLab, wanted: CredentialFilter) -> list[str]:
    """The names, over all pages."""
    names: list[str] = []
    cursor = None
    while True:
        page = lab.list.page(ADMIN, wanted, cursor, 2)
        names += [credential.name for credential in page.credentials]
        cursor = page.next_cursor
        if cursor is None:
            return names


def test_a_list_goes_on_where_the_page_before_ended_and_has_what_was_asked_for(lab: TenantLab) -> None:
    made = [lab.service.create(ADMIN, NEW)[0].client_id for _ in range(5)]
    lab.service.revoke(ADMIN, made[2])
    active = [client_id for client_id in made if client_id != made[2]]
    first = lab.list.page(ADMIN, CredentialFilter(), None, 3)
    assert first.next_cursor is not None
    second = lab.list.page(ADMIN, CredentialFilter(), first.next_cursor, 3)
    assert [row.client_id for row in (*first.credentials, *second.credentials)] == active[::-1]
    assert second.next_cursor is None
    revoked = lab.list.page(ADMIN, CredentialFilter(status="revoked"), None, 3)
    assert [row.client_id for row in revoked.credentials] == [made[2]]
    assert lab.list.page(STRANGER, ALL, None, 3).credentials == ()


def test_a_cursor_of_another_tenant_or_of_another_filter_is_refused(lab: TenantLab) -> None:
    for asking in (ADMIN, STRANGER):
        for _ in range(3):
            lab.service.create(asking, NEW)
    cursor = lab.list.page(STRANGER, ALL, None, 1).next_cursor
    with pytest.raises(InvalidRequest):
        lab.list.page(ADMIN, ALL, cursor, 1)
    with pytest.raises(InvalidRequest):
        lab.list.page(STRANGER, CredentialFilter(), cursor, 1)


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("EXPORT", ["Straße export", "Nightly Export"]),
        ("strasse", ["Straße export"]),
        ("ｎｉｇｈｔｌｙ", ["Nightly Export"]),
        ("warehouse", ["Import"]),
        ("nothing of the kind", []),
    ],
)
def test_a_search_finds_names_and_descriptions_in_capitals_or_not(
    lab: TenantLab, search: str, names: list[str]
) -> None:
    lab.service.create(ADMIN, CredentialRequest(name="Nightly Export"))
    lab.service.create(ADMIN, CredentialRequest(name="Import", description="Orders for the Warehouse"))
    lab.service.create(ADMIN, CredentialRequest(name="Straße export"))
    assert found(lab, CredentialFilter(search=search)) == names


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_search_for_a_part_of_a_name_finds_it(before: str, part: str) -> None:
    client = DynamoDB()
    lab = TenantLab(client, count().__next__)
    [row] = rows(1)
    stored(client, lab, replace(row, name=f"{before} {part}"))
    assert row.client_id in {
        c.client_id for c in lab.list.page(ADMIN, CredentialFilter(search=part), None, 9).credentials
    }


def test_a_search_finds_a_client_id_by_its_end(client: DynamoDB, lab: TenantLab) -> None:
    made = rows(3)
    stored(client, lab, *made)
    assert found(lab, CredentialFilter(search=order_of(made[1].client_id).upper())) == ["Program 1"]


def test_a_list_has_the_credentials_of_one_scope_or_of_who_made_them(client: DynamoDB, lab: TenantLab) -> None:
    one, other, third = rows(3)
    bob = Actor(subject="bob", name=ADA.name)
    stored(client, lab, one, replace(other, scopes=("orders:read", "reports:read")), replace(third, created_by=bob))
    assert found(lab, CredentialFilter(scope="reports:read")) == ["Program 1"]
    assert found(lab, CredentialFilter(scope="reports")) == []
    assert found(lab, CredentialFilter(created_by="bob")) == ["Program 2"]
    assert found(lab, CredentialFilter(created_by=ADA.subject, scope="orders:read")) == ["Program 1", "Program 0"]


def test_one_that_ends_within_a_fortnight_is_about_to_expire(client: DynamoDB, lab: TenantLab) -> None:
    soon, edge, later, gone, suspended = rows(5)
    day = 86_400
    stored(
        client,
        lab,
        replace(soon, expires_at=NOW + 10 * day),
        replace(edge, expires_at=NOW + 14 * day),
        replace(later, expires_at=NOW + 15 * day),
        replace(gone, expires_at=NOW),
        replace(suspended, expires_at=NOW + day, suspended_at=NOW, suspended_by=ADA),
    )
    assert found(lab, CredentialFilter(status="expiring")) == ["Program 1", "Program 0"]
    assert "Program 0" in found(lab, CredentialFilter(status="active"))


def test_one_that_was_made_since_then_does_not_count_as_unused(client: DynamoDB, lab: TenantLab) -> None:
    old, new = rows(2)
    stored(client, lab, old, new)
    assert "Program 1" not in found(lab, CredentialFilter(unused_since=new.created_at))
    assert "Program 0" in found(lab, CredentialFilter(unused_since=new.created_at))


def test_a_page_without_a_match_leads_on_while_there_is_more_to_read(client: DynamoDB, lab: TenantLab) -> None:
    stored(client, lab, *rows(MOST_ROWS + 50))
    wanted = CredentialFilter(search="the first")
    client.calls.clear()
    first = lab.list.page(ADMIN, wanted, None, 50)
    assert first.credentials == ()
    assert first.next_cursor is not None
    assert client.calls == {"Query": 4, "GetItem": 4}
    second = lab.list.page(ADMIN, wanted, first.next_cursor, 50)
    assert [credential.name for credential in second.credentials] == ["The first"]
    assert second.next_cursor is None


def test_a_first_page_costs_one_read_of_a_hundred_rows(client: DynamoDB, lab: TenantLab) -> None:
    stored(client, lab, *rows(300))
    client.calls.clear()
    page = lab.list.page(ADMIN, CredentialFilter(), None, 50)
    assert len(page.credentials) == 50
    assert client.calls == {"Query": 1, "GetItem": 1}


def test_one_that_was_used_since_then_does_not_count_as_unused(client: DynamoDB, lab: TenantLab) -> None:
    old, other = rows(2)
    use = other.created_at + 100
    stored(client, lab, replace(old, last_used_at=use), other)
    assert "Program 0" not in found(lab, CredentialFilter(unused_since=use))
    assert "Program 0" in found(lab, CredentialFilter(unused_since=use + 1))
