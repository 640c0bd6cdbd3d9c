"""Token Status Lists: their encoding, and whose bits they have."""

import base64
import random
import threading
import zlib
from typing import Any

import jwt
import pytest

from chalicelib.errors import StatusListNotFound
from chalicelib.oauth import status_list
from chalicelib.oauth.status_list import StatusLists
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.signing_keys.jws import JwtSigner
from emulators.dynamodb import DynamoDB
from tests.support.clocks import Clock
from tests.support.tenant_lab import ADMIN, KEY_RING, TenantLab, bits_of
from tests.unit.credentials.test_sweep import populate


def test_the_encoding_is_the_specification_s_example() -> None:
    revoked = {i for i, status in enumerate([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]) if status}
    lst = status_list.encoded(revoked)
    content = zlib.decompress(base64.urlsafe_b64decode(lst + "=" * (-len(lst) % 4)))
    assert content[:2] == bytes([0xB9, 0xA3])  # §4.1 of the draft
    assert not any(content[2:])


def test_no_two_credentials_of_a_tenant_share_a_place_even_when_a_create_starts_over() -> None:
    client = DynamoDB()
    lab = TenantLab(client, iter(range(10**6)).__next__)
    lab.create()
    raised = False

    def fence_in_between(call: str) -> None:
        nonlocal raised
        if call == "UpdateItem" and not raised:
            raised = True
            lab.revoke_all()

    client.after = fence_in_between
    lab.create()
    client.after = None
    rows = lab.credentials()
    assert [row.generation for row in rows] == [1, 2]
    assert len({row.status_index for row in rows}) == 2
    bits = bits_of(lab.status_lists().get(ADMIN.tenant_id, "0"))
    assert [bits[row.status_index] for row in rows] == [1, 0]


@pytest.mark.parametrize(
    ("by_the_clock", "by_the_other"),
    [
        pytest.param(30, 0, id="time passes while the environment is frozen"),
        pytest.param(-3_600, 30, id="the clock is set back by an hour"),
        pytest.param(5, 30, id="the clock is set back by less than the list's age"),
    ],
)
def test_a_revocation_is_in_the_list_in_time_whatever_the_clocks_do(
    clock: Clock, by_the_clock: float, by_the_other: float
) -> None:
    lab, monotonic = TenantLab(DynamoDB(), iter(range(10**6)).__next__), Clock(0)
    lists = StatusLists(
        lab.reader, JwtSigner(KEY_RING, SecurityProfiles()), "https://issuer.example", 300, clock, monotonic
    )
    lab.create()
    before = lists.get(ADMIN.tenant_id, "0")
    lab.revoke_all()
    assert lists.get(ADMIN.tenant_id, "0") == before
    clock.advance(by_the_clock)
    monotonic.advance(by_the_other)
    assert sum(bits_of(lists.get(ADMIN.tenant_id, "0"))) == 1


def with_three_lists() -> tuple[DynamoDB, TenantLab]:
    """A credential in the first list of a tenant and one in the third."""
    client = DynamoDB()
    lab = TenantLab(client, iter(range(10**6)).__next__)
    lab.create()
    give_out_places(client, 2 * status_list.SIZE)
    lab.create()
    client.calls.clear()
    return client, lab


def give_out_places(client: DynamoDB, count: int) -> None:
    [tenant] = client.items("tenants")
    client.load("tenants", [tenant | {"next_status_index": {"N": str(count)}}])


def test_a_tenants_rows_are_read_once_for_all_of_its_lists() -> None:
    client, lab = with_three_lists()
    client.load("credentials", [_revoked(item) for item in client.items("credentials")])
    lists = lab.status_lists()
    ones = [sum(bits_of(lists.get(ADMIN.tenant_id, number))) for number in ("0", "1", "2", "0")]
    assert ones == [1, 0, 1, 1]
    assert client.calls == {"GetItem": 2, "Query": 1}


def test_a_list_is_as_old_as_the_reading_whenever_it_was_signed(clock: Clock) -> None:
    _, lab = with_three_lists()
    lists = StatusLists(
        lab.reader, JwtSigner(KEY_RING, SecurityProfiles()), "https://issuer.example", 300, clock, lambda: 0
    )
    read_at = clock()
    lists.get(ADMIN.tenant_id, "0")
    clock.advance(29)
    signed_later = lists.get(ADMIN.tenant_id, "2")
    claims = jwt.decode(signed_later, options={"verify_signature": False})
    assert (claims["iat"], claims["exp"]) == (int(read_at), int(read_at) + 300)
    lab.revoke_all()
    clock.advance(1)
    assert sum(bits_of(lists.get(ADMIN.tenant_id, "2"))) == 1


def test_a_list_that_was_begun_since_the_reading_is_there_at_once() -> None:
    client = DynamoDB()
    lab = TenantLab(client, iter(range(10**6)).__next__)
    lab.create()
    lists = lab.status_lists()
    lists.get(ADMIN.tenant_id, "0")
    give_out_places(client, status_list.SIZE + 1)
    assert sum(bits_of(lists.get(ADMIN.tenant_id, "1"))) == 0


@pytest.mark.parametrize(("tenant_id", "number"), [("0" * 26, "0"), (ADMIN.tenant_id, "3")])
def test_a_list_that_is_not_there_costs_one_read(tenant_id: str, number: str) -> None:
    client, lab = with_three_lists()
    with pytest.raises(StatusListNotFound):
        lab.status_lists().get(tenant_id, number)
    assert client.calls == {"GetItem": 1}


def test_of_two_who_ask_for_a_tenants_lists_at_once_one_does_the_work() -> None:
    client, lab = with_three_lists()
    lists, got = lab.status_lists(), list[str]()
    second = threading.Thread(target=lambda: got.append(lists.get(ADMIN.tenant_id, "0")), daemon=True)

    def begin_the_second(call: str) -> None:
        if call == "Query" and second.ident is None:
            second.start()
            second.join(0.1)  # it is not done before the first is

    client.before = begin_the_second
    got.append(lists.get(ADMIN.tenant_id, "0"))
    second.join()
    assert client.calls == {"GetItem": 2, "Query": 1}
    assert got[0] == got[1]


@pytest.mark.slow
def test_ten_thousand_credentials_have_two_lists_that_kms_can_sign() -> None:
    client = DynamoDB()
    populate(client, 10_000)
    lab = TenantLab(client, iter(range(10**6)).__next__)
    client.load("credentials", [_revoked(item) for item in client.items("credentials")[:90:3]])
    first, second = (lab.status_lists().get(ADMIN.tenant_id, number) for number in ("0", "1"))
    assert sum(bits_of(first)) == 30
    assert sum(bits_of(second)) == 0
    lab.revoke_all()
    first, second = (lab.status_lists().get(ADMIN.tenant_id, number) for number in ("0", "1"))
    assert sum(bits_of(first)) == 8_192
    assert sum(bits_of(second)) == 10_000 - 8_192


def _revoked(item: dict[str, Any]) -> dict[str, Any]:
    return item | {"status": {"S": "revoked"}, "revoked_at": {"N": "1"}}


def test_a_list_of_any_content_stays_below_what_kms_signs() -> None:
    chosen = random.Random(0)  # noqa: S311
    worst = {i for i in range(status_list.SIZE) if chosen.random() < 0.5}
    assert len(status_list.encoded(worst)) * 4 / 3 < 4_096 - 1_000


@pytest.mark.parametrize(("given_out", "lists"), [(0, 1), (1, 1), (8_192, 1), (8_193, 2), (16_384, 2)])
def test_a_tenant_has_a_list_for_each_8192_places(given_out: int, lists: int) -> None:
    lab = TenantLab(DynamoDB(), iter(range(10**6)).__next__)
    assert len(lab.status_lists().uris(ADMIN.tenant_id, given_out)) == lists
