"""A use case that finds its rows changed starts over, but not for ever."""

import pytest

from chalicelib.conditional_writes import Superseded, until_unchanged
from chalicelib.errors import Conflict, Unavailable


class Attempt:
    """Is superseded this many times, then succeeds."""

    def __init__(self, superseded: int) -> None:
        self.left = superseded
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise Superseded
        return "written"


@pytest.mark.parametrize("superseded", [0, 1, 7])
def test_a_superseded_attempt_is_made_anew(superseded: int) -> None:
    attempt = Attempt(superseded)
    assert until_unchanged(attempt) == "written"
    assert attempt.calls == superseded + 1


def test_after_eight_attempts_it_is_a_conflict() -> None:
    attempt = Attempt(8)
    with pytest.raises(Conflict):
        until_unchanged(attempt)
    assert attempt.calls == 8


def test_another_failure_is_not_tried_again() -> None:
    calls = 0

    def attempt() -> None:
        nonlocal calls
        calls += 1
        raise Unavailable

    with pytest.raises(Unavailable):
        until_unchanged(attempt)
    assert calls == 1
