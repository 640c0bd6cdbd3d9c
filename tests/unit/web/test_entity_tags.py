"""Versions as entity tags, and what If-Match says of them (RFC 9110 §8.8.3, §13.1.1)."""

import pytest

from chalicelib.web.entity_tags import entity_tag, versions


@pytest.mark.parametrize(
    ("if_match", "named"),
    [
        (entity_tag(7), {7}),
        (' "7" ', {7}),
        ('"7", "8"', {7, 8}),
        ('"7","8"', {7, 8}),
        ('"abc", "7"', {7}),
        ('"abc"', set()),
        ('""', set()),
        ('"07"', set()),
        ('"-7"', set()),
        ('W/"7"', set()),
        ('W/"7", "8"', {8}),
        ("*", None),
        (" * ", None),
    ],
)
def test_strong_tags_of_ours_name_versions(if_match: str, named: set[int] | None) -> None:
    assert versions(if_match) == named


@pytest.mark.parametrize("if_match", ["", "7", '"7', '7"', '"7" "8"', '"7",', "*, *", '*, "7"', '"7\x00"', 'w/"7"'])
def test_what_is_no_list_of_tags_is_refused(if_match: str) -> None:
    with pytest.raises(ValueError, match="not a list"):
        versions(if_match)
