"""How bytes and numbers are written as text."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.encoding import base32, base62, base64url


@given(st.binary())
def test_base64url_has_no_padding_and_can_be_read_back(content: bytes) -> None:
    text = base64url(content)
    assert "=" not in text
    assert base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) == content


def test_base64url_has_the_alphabet_that_is_safe_in_urls() -> None:
    assert base64url(b"\xfb\xff\xfe") == "-__-"


@pytest.mark.parametrize(
    ("number", "length", "text"), [(0, 1, "0"), (31, 1, "z"), (32, 2, "10"), (32, 1, "0"), (1, 3, "001"), (0, 0, "")]
)
def test_base32_has_exactly_its_length(number: int, length: int, text: str) -> None:
    assert base32(number, length) == text


@pytest.mark.parametrize(("number", "text"), [(9, "9"), (10, "A"), (35, "Z"), (36, "a"), (61, "z"), (62, "0")])
def test_base62_counts_digits_then_capitals_then_small_letters(number: int, text: str) -> None:
    assert base62(number, 1) == text


@given(st.integers(0, 2**130 - 1), st.integers(0, 2**130 - 1))
def test_base32_sorts_as_the_numbers_do(one: int, other: int) -> None:
    assert (base32(one, 26) < base32(other, 26)) == (one < other)


def test_base32_has_no_letter_that_looks_like_a_digit() -> None:
    assert not set("ilou") & {base32(digit, 1) for digit in range(32)}
