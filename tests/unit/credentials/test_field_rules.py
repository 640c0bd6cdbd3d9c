"""The rules of single fields, which are the same for a new credential and for a change."""

from datetime import datetime, timezone

import pytest

from chalicelib.credentials.field_rules import description_faults, expiry_faults, name_faults, scope_faults
from chalicelib.errors import Fault

NOW = 1_800_000_000


def test_a_blank_name_says_so_once() -> None:
    assert list(name_faults("  ")) == [Fault("/name", "must not be blank")]


@pytest.mark.parametrize(
    ("text", "good"), [("", True), ("Überblick 集計", True), ("two\nlines", False), ("\u202e", False)]
)
def test_a_description_may_be_empty_and_must_not_deceive(text: str, good: bool) -> None:
    assert [fault.pointer for fault in description_faults(text)] == ([] if good else ["/description"])


def test_each_scope_that_is_none_is_named_by_its_place() -> None:
    assert [fault.pointer for fault in scope_faults(["a", "b", "c"], {"b"})] == ["/scopes/0", "/scopes/2"]


@pytest.mark.parametrize(("at", "good"), [(NOW, False), (NOW + 1, True)])
def test_an_expiry_lies_ahead(at: int, good: bool) -> None:
    assert bool(list(expiry_faults(datetime.fromtimestamp(at, timezone.utc), NOW))) != good
