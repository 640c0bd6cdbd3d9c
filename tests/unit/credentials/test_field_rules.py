"""The rules of single fields, which are the same for a new credential and for a change."""

from datetime import datetime, timezone

import pytest

from chalicelib.clock import LAST_SECOND
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
    assert bool(list(expiry_faults(datetime.fromtimestamp(at, timezone.utc), NOW, LAST_SECOND))) != good


@pytest.mark.parametrize(
    ("at", "demand"),
    [
        ("9999-12-31T23:59:59+00:00", None),
        ("9999-12-31T23:59:59-05:00", "before the year 10000"),
        ("9999-12-31T23:59:59.999999+00:00", "before the year 10000"),
        ("9999-12-31T23:59:59+14:00", None),
        ("0001-01-01T00:00:00+14:00", "in the future"),
        ("2027-01-15T08:00:00.9+00:00", "in the future"),  # kept as the second that is now
    ],
)
def test_an_expiry_is_a_time_that_every_reader_can_write(at: str, demand: str | None) -> None:
    faults = list(expiry_faults(datetime.fromisoformat(at.replace(".9+", ".900000+")), NOW + 0.5, LAST_SECOND))
    assert [demand in fault.detail for fault in faults if demand] == ([True] if demand else [])
    assert bool(faults) == (demand is not None)
