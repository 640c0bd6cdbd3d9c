"""Schemas as makers of clients read them."""

from typing import Literal

import msgspec
import pytest

from chalicelib.web.openapi.schemas import Schemas


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    kind: Literal["a", "b"] | None = None
    size: int = 0


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """A ``thing``.

    With parts.
    """

    name: str
    note: str | None = None
    parts: tuple[Part, ...] = ()
    link: str | msgspec.UnsetType = msgspec.UNSET


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    seconds: int = 60
    note: str | None = None


def test_a_member_that_is_always_answered_is_required() -> None:
    schemas = Schemas()
    assert schemas.answered(Thing) == {"$ref": "#/components/schemas/Thing"}
    thing = schemas.components()["Thing"]
    assert thing["required"] == ["name", "note", "parts"]
    assert thing["properties"]["note"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert thing["properties"]["link"] == {"type": "string"}


def test_a_member_that_is_left_out_of_an_answer_is_neither_required_nor_null() -> None:
    schemas = Schemas()
    schemas.answered(Thing)
    part = schemas.components()["Part"]
    assert part["required"] == []
    assert part["properties"] == {"kind": {"enum": ["a", "b"], "type": "string"}, "size": {"type": "integer"}}


def test_a_member_that_a_request_may_leave_out_has_no_default() -> None:
    schemas = Schemas()
    schemas.taken(Wish)
    assert schemas.components()["Wish"]["properties"] == {
        "seconds": {"type": "integer", "description": "Without it: 60."},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    }


def test_a_docstring_becomes_commonmark() -> None:
    schemas = Schemas()
    schemas.answered(Thing)
    assert schemas.components()["Thing"]["description"] == "A `thing`.\n\nWith parts."


def test_a_type_is_not_both_taken_and_answered() -> None:
    schemas = Schemas()
    schemas.taken(Wish)
    schemas.answered(Wish)
    with pytest.raises(ValueError, match="Wish"):
        schemas.components()
