import re
import secrets

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials import identifiers

times = st.floats(min_value=0, max_value=2**38)


def test_a_tenant_key_is_the_same_every_time_and_shows_nothing_of_the_claim() -> None:
    key = identifiers.tenant_key("acme")
    assert key == identifiers.tenant_key("acme")
    assert re.fullmatch("[0-9a-z]{26}", key)
    assert "acme" not in key


@given(st.text(), st.text())
def test_two_tenants_never_share_a_key(one: str, other: str) -> None:
    assert (identifiers.tenant_key(one) == identifiers.tenant_key(other)) == (one == other)


@given(st.text(), times)
def test_a_client_id_holds_its_tenant_and_its_order(claim: str, now: float) -> None:
    tenant = identifiers.tenant_key(claim)
    client_id = identifiers.client_id(tenant, now, secrets.token_bytes)
    assert identifiers.is_client_id(client_id)
    assert identifiers.tenant_of(client_id) == tenant
    assert identifiers.client_id_at(tenant, identifiers.order_of(client_id)) == client_id


@given(times, times)
def test_ids_sort_by_the_millisecond_they_were_made_in(one: float, other: float) -> None:
    first, second = sorted([one, other])
    if int(first * 1000) < int(second * 1000):
        assert identifiers.time_ordered_id(first, secrets.token_bytes) < identifiers.time_ordered_id(
            second, secrets.token_bytes
        )


def test_a_thousand_ids_of_one_millisecond_differ() -> None:
    assert len({identifiers.time_ordered_id(1.0, secrets.token_bytes) for _ in range(1000)}) == 1000


@given(st.text())
def test_arbitrary_text_is_no_client_id(text: str) -> None:
    assert not identifiers.is_client_id(text)


@given(st.text(alphabet="ilou!A", min_size=1, max_size=1), st.integers(4, 55))
def test_one_foreign_character_spoils_a_client_id(foreign: str, position: int) -> None:
    client_id = identifiers.client_id(identifiers.tenant_key("acme"), 1.0, secrets.token_bytes)
    assert not identifiers.is_client_id(client_id[:position] + foreign + client_id[position + 1 :])
