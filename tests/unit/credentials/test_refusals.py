"""A refusal is noted once an interval, and never stands in the way of the answer."""

import pytest

from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.callers import RequestOrigin
from chalicelib.credentials.refusals import Reason, Refusals
from chalicelib.errors import Unavailable
from tests.support.clocks import Clock
from tests.support.credentials import CREDENTIAL, NOW
from tests.support.oauth_lab import RefusalWriterInMemory

INTERVAL = 3600


class Lab:
    def __init__(self, interval: int = INTERVAL) -> None:
        self.writer, self.clock = RefusalWriterInMemory(), Clock(NOW)
        self._refusals = Refusals(self.writer, interval, self.clock)

    def note(self, reason: Reason = "revoked") -> int:
        """How many are written by now."""
        self._refusals.note(CREDENTIAL, reason, RequestOrigin())
        return len(self.writer.written)


def test_of_many_refusals_one_an_interval_makes_an_event() -> None:
    lab = Lab()
    assert [lab.note(), lab.note()] == [1, 1]
    lab.clock.advance(INTERVAL - 1)
    assert lab.note() == 1
    lab.clock.advance(1)
    assert lab.note() == 2


def test_each_reason_makes_its_own() -> None:
    lab = Lab()
    assert [lab.note("revoked"), lab.note("authentication")] == [1, 2]


def test_none_is_made_where_it_is_off() -> None:
    assert Lab(0).note() == 0


@pytest.mark.parametrize("error", [Superseded(), Unavailable(), RuntimeError("a defect")])
def test_a_write_that_fails_is_not_tried_again_for_a_minute(error: Exception) -> None:
    lab = Lab()
    lab.writer.error = error
    lab.note()
    lab.writer.error = None
    lab.clock.advance(59)
    assert lab.note() == 0
    lab.clock.advance(1)
    assert lab.note() == 1
