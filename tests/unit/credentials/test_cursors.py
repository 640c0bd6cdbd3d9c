"""A cursor leads to the next page of its own list, and to nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.audit_trail import AuditFilter
from chalicelib.credentials.credential_list import CredentialFilter
from chalicelib.credentials.cursors import cursor_at, position_of
from chalicelib.credentials.identifiers import tenant_key, time_ordered_id
from chalicelib.errors import InvalidRequest

POSITION = time_ordered_id(1_800_000_000, bytes)
ACME, GLOBEX = tenant_key("acme"), tenant_key("globex")
ORDERS = CredentialFilter(search="orders")


def test_a_cursor_says_where_the_page_before_ended() -> None:
    assert position_of(cursor_at(POSITION, ACME, ORDERS), ACME, ORDERS) == POSITION


@pytest.mark.parametrize(
    ("tenant_id", "wanted"),
    [
        (GLOBEX, ORDERS),
        (ACME, CredentialFilter(search="order")),
        (ACME, CredentialFilter(search="orders", status="all")),
        (ACME, AuditFilter()),
    ],
)
def test_a_cursor_of_another_list_is_refused(tenant_id: str, wanted: CredentialFilter | AuditFilter) -> None:
    with pytest.raises(InvalidRequest, match="another list"):
        position_of(cursor_at(POSITION, ACME, ORDERS), tenant_id, wanted)


def test_the_lists_of_credentials_and_of_events_have_no_cursor_in_common() -> None:
    with pytest.raises(InvalidRequest, match="another list"):
        position_of(cursor_at(POSITION, ACME, CredentialFilter()), ACME, AuditFilter())


@given(st.text())
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        position_of(text, ACME, ORDERS)
