"""Address blocks are read into one form each, or refused with what to change."""

import pytest

from chalicelib.credentials.allowed_addresses import is_allowed, read_address, read_blocks
from chalicelib.errors import Fault


@pytest.mark.parametrize(
    ("asked", "block"),
    [
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("192.0.2.7", "192.0.2.7/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:DB8:0::/32", "2001:db8::/32"),
        ("2001:db8::7", "2001:db8::7/128"),
        ("::/0", "::/0"),
    ],
)
def test_a_block_has_one_form(asked: str, block: str) -> None:
    assert read_blocks([asked]) == ((block,), ())


def test_a_block_in_two_forms_is_one_and_the_order_stays() -> None:
    assert read_blocks(["192.0.2.7", "10.0.0.0/8", "192.0.2.7/32"])[0] == ("192.0.2.7/32", "10.0.0.0/8")


@pytest.mark.parametrize(
    "asked",
    [
        *("", "x", "/", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2/24", "192.0.2.0/255.255.255.0"),
        *("192.0.2.0/٢٤", "192.0.02.0/24", "192.0.2.0/24/8", " 192.0.2.0/24", "2001:db8::/129", "fe80::1%eth0"),
        *("fe80::%1/64", "::ffff:192.0.2.0/120", "::ffff:192.0.2.7", "localhost", "192.0.2.0-192.0.2.9"),
    ],
)
def test_what_is_no_block_is_refused_where_it_stands(asked: str) -> None:
    blocks, faults = read_blocks(["192.0.2.0/24", asked])
    assert blocks == ()
    assert [fault.pointer for fault in faults] == ["/allowed_addresses/1"]


def test_a_block_wider_than_its_address_says_is_refused_with_the_block_that_may_be_meant() -> None:
    assert read_blocks(["192.0.2.7/24"])[1] == (
        Fault("/allowed_addresses/0", "must have no bits set behind its prefix: 192.0.2.0/24, or the address alone"),
    )


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        *(("192.0.2.0", True), ("192.0.2.255", True), ("192.0.3.0", False), ("::ffff:192.0.2.7", True)),
        *(("2001:db8::7", True), ("2001:db8::8", False), ("2001:db8::7%eth0", False)),
        *((None, False), ("", False), ("x", False), ("192.0.2.7:443", False), ("192.0.2.0/24", False)),
    ],
)
def test_an_address_is_allowed_if_it_is_in_a_block(address: str | None, allowed: bool) -> None:
    assert is_allowed(("192.0.2.0/24", "2001:db8::7/128"), address) is allowed


def test_without_blocks_any_address_is_allowed_and_none_at_all() -> None:
    assert is_allowed((), "192.0.2.7")
    assert is_allowed((), None)


def test_an_address_has_one_form() -> None:
    assert [str(read_address(text)) for text in ("2001:DB8:0::7", "::ffff:192.0.2.7", "x")] == [
        "2001:db8::7",
        "192.0.2.7",
        "None",
    ]
