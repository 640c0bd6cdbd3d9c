"""Answers that caches may keep, and need not get again while they have not changed."""

import pytest

from chalicelib.web.cacheable_response import cacheable, is_known
from tests.support.requests import request


@pytest.mark.parametrize(
    ("if_none_match", "known"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ('"b",W/"a"', True),
        ("*", True),
        (" * ", True),
        ('"b"', False),
        ("a", False),
        ('"A"', False),
        ('"ba"', False),
        ("", False),
    ],
)
def test_a_client_knows_what_its_header_names(if_none_match: str, known: bool) -> None:
    assert is_known(request(headers={"if-none-match": if_none_match}), '"a"') is known


def test_the_tag_is_that_of_the_content() -> None:
    tags = [cacheable(request(), body, 60).headers["ETag"] for body in ({"a": 1}, {"a": 1}, {"a": 2})]
    assert tags[0] == tags[1] != tags[2]


def test_what_is_known_is_not_sent_again() -> None:
    first = cacheable(request(), {"a": 1}, 60)
    assert (first.status_code, first.body) == (200, '{"a":1}')
    again = cacheable(request(headers={"if-none-match": str(first.headers["ETag"])}), {"a": 1}, 60)
    assert (again.status_code, again.body) == (304, "")
    assert again.headers["Cache-Control"] == "public, max-age=60"
