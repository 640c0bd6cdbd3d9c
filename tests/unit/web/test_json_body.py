"""A JSON body becomes a typed value, or all that is wrong with it is said at once."""

from typing import Annotated

import msgspec
import pytest

from chalicelib.errors import InvalidRequest, UnsupportedMediaType
from chalicelib.web.json_body import read_body
from chalicelib.web.request import LONGEST_BODY
from tests.support.chalice_requests import request

JSON = {"content-type": "application/json"}


class Body(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, msgspec.Meta(min_length=1)]
    numbers: tuple[int, ...] = ()


def pointers(body: str) -> list[str]:
    with pytest.raises(InvalidRequest) as refusal:
        read_body(request(body, JSON), Body)
    return [fault.pointer for fault in refusal.value.faults]


def test_a_body_is_read_into_its_type() -> None:
    assert read_body(request('{"name": "x", "numbers": [1]}', JSON), Body) == Body(name="x", numbers=(1,))


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_the_media_type_may_have_parameters_and_capitals(content_type: str) -> None:
    assert read_body(request('{"name": "x"}', {"content-type": content_type}), Body).name == "x"


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/jsonl", "application/x-www-form-urlencoded"])
def test_another_media_type_is_refused_before_the_body_is_read(content_type: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        read_body(request("not json", {"content-type": content_type}), Body)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"name": "x"} {}', "[" * 5_000])
def test_what_is_no_json_object_is_a_fault_of_the_whole(body: str) -> None:
    assert pointers(body) == [""]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{}", ["/name"]),
        ('{"name": ""}', ["/name"]),
        ('{"name": "x", "numbers": [1, "2"]}', ["/numbers/1"]),
        ('{"a/b~c": 1, "numbers": 7}', ["/a~1b~0c", "/name", "/numbers"]),
        ('{"name": "x", "name": "y"}', ["/name"]),
        ('{"name": "x", "numbers": [{"a": 1, "a": 1}]}', ["/numbers/0/a"]),
    ],
)
def test_every_fault_is_named_by_its_place(body: str, expected: list[str]) -> None:
    assert pointers(body) == expected


def test_a_body_may_be_as_long_as_the_limit_and_no_longer() -> None:
    fitting = '{"name": "x"}'.ljust(LONGEST_BODY)
    assert read_body(request(fitting, JSON), Body).name == "x"
    assert pointers(f"{fitting} ") == [""]
