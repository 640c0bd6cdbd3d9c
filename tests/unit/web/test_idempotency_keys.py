"""The header Idempotency-Key."""

import re

import pytest

from chalicelib.web.idempotency_keys import IDEMPOTENCY_KEY, LONGEST_KEY, read_key


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ('"8e03978e-40d5-43dd-bc93-6894a57f9324"', "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        (' "two words" ', "two words"),
        (r'"a \"quote\" and a \\"', 'a "quote" and a \\'),
        ("x" * LONGEST_KEY, "x" * LONGEST_KEY),
    ],
)
def test_a_key_may_be_quoted_or_bare(header: str, key: str) -> None:
    assert read_key(header) == key
    assert re.fullmatch(IDEMPOTENCY_KEY, header.strip())


@pytest.mark.parametrize(
    "header", ["", '""', '"open', '"a" "b"', r'"\x"', "two words", "a,b", "a\\b", "ü", "\x7f", '"a";p=1', "x" * 256]
)
def test_what_is_no_key(header: str) -> None:
    with pytest.raises(ValueError, match="key"):
        read_key(header)
