"""OAuth parameters in a JSON object are read as strictly as those in a form."""

import json

import pytest

from chalicelib.errors import InvalidRequest
from chalicelib.web.json_parameters import read_parameters
from chalicelib.web.request import LONGEST_BODY
from tests.support.chalice_requests import request


def test_the_members_come_in_their_order() -> None:
    assert read_parameters(request('{"b": "1", "a": "", "\\u00fc": "\\ud83d\\udd11"}'), 3) == [
        ("b", "1"),
        ("a", ""),
        ("ü", "🔑"),
    ]
    assert read_parameters(request("{}"), 0) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "not well-formed"),
        ('{"a": "1"', "not well-formed"),
        ('{"a": "1"} {}', "not well-formed"),
        ("[" * 10_000, "must be a JSON object"),
        ("[]", "must be a JSON object"),
        ('[["a", "1"]]', "must be a JSON object"),
        ('"a=1"', "must be a JSON object"),
        ("null", "must be a JSON object"),
        ('{"a": "1", "a": "1"}', "more than once"),
        ('{"a": "1", "\\u0061": "1"}', "more than once"),
        ('{"a": "1", "b": "2", "c": "3", "d": "4"}', "too many"),
        ('{"a": 1}', "each of its members a string"),
        ('{"a": null}', "each of its members a string"),
        ('{"a": true}', "each of its members a string"),
        ('{"a": NaN}', "not well-formed"),
        ('{"a": ["1"]}', "each of its members a string"),
        ('{"a": {"b": "1"}}', "each of its members a string"),
        ('{"a": "\\ud800"}', "not well-formed"),
        ('{"\\udfff": "1"}', "not well-formed"),
    ],
)
def test_what_is_no_object_of_strings_is_refused(body: str, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        read_parameters(request(body), 3)


def test_a_body_over_the_bound_is_refused_unread() -> None:
    with pytest.raises(InvalidRequest):
        read_parameters(request(json.dumps({"a": "x" * LONGEST_BODY})), 3)
