"""Names that come twice in a JSON object (RFC 8259 §4)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.json_objects import repeated_names


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ('{"a": 1, "a": 1}', ["/a"]),
        ('{"a": 1, "\\u0061": 2, "a": 3}', ["/a", "/a"]),
        ('{"a": {"b/c": 1, "b/c": {}}}', ["/a/b~1c"]),
        ('{"a": [0, {"b": 1, "b": 2}], "a": [{"c": 1, "c": 2}]}', ["/a/1/b", "/a", "/a/0/c"]),
        ('[[{"": 1, "": 2}]]', ["/0/0/"]),
    ],
)
def test_each_name_that_comes_again_is_told_by_its_place(content: str, places: list[str]) -> None:
    assert list(repeated_names(content.encode())) == places


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_a_value_that_was_serialized_has_none(value: object) -> None:
    assert list(repeated_names(json.dumps(value).encode())) == []
