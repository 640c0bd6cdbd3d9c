"""The clock, and how to wait: parameters of everything that needs the time or waits, so that tests can set them."""

import math
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Annotated, NamedTuple

import msgspec

Clock = Callable[[], float]
"""Returns seconds: since the epoch (``time.time``), or of a clock that never goes back (``time.monotonic``)."""

Sleep = Callable[[float], None]
"""Waits for that many seconds (``time.sleep``)."""

LAST_SECOND = 253_402_300_799
"""9999-12-31T23:59:59Z: the last that RFC 3339 and ``datetime`` can write."""
EpochSeconds = Annotated[int, msgspec.Meta(ge=0, le=LAST_SECOND)]


def rfc3339(second: int) -> str:
    """A second since the epoch, in UTC: ``2026-11-25T00:00:00Z``."""
    return datetime.fromtimestamp(second, timezone.utc).isoformat().replace("+00:00", "Z")


class Moment(NamedTuple):
    """One moment by the two clocks of ``Ages``."""

    time: float
    monotonic: float


class Ages:
    """Tells how old a thing in memory is, so that it is not kept beyond its time.

    By two clocks, of which the one counts that says older: the system's may be set back, and one that never goes back
    may stand still while an execution environment is frozen.
    """

    def __init__(self, clock: Clock, monotonic: Clock = time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic

    def now(self) -> Moment:
        return Moment(self._clock(), self._monotonic())

    def age(self, since: Moment) -> float:
        """Seconds; infinite for a moment that lies in the future, which no clock can tell the age of."""
        elapsed = self._clock() - since.time
        return math.inf if elapsed < 0 else max(elapsed, self._monotonic() - since.monotonic)
