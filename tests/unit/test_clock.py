"""No clock that is set back, or stands still, makes a thing in memory look younger than it is."""

import math

import pytest

from chalicelib.clock import Ages
from tests.support.clocks import Clock


@pytest.mark.parametrize(
    ("by_the_clock", "by_the_other", "age"),
    [
        pytest.param(7, 7, 7, id="both run"),
        pytest.param(7, 0, 7, id="frozen"),
        pytest.param(2, 7, 7, id="set back by five seconds"),
        pytest.param(90, 7, 90, id="set forward"),
        pytest.param(-1, 7, math.inf, id="set back to before"),
    ],
)
def test_the_clock_that_says_older_counts(clock: Clock, by_the_clock: float, by_the_other: float, age: float) -> None:
    monotonic = Clock(0)
    ages = Ages(clock, monotonic)
    since = ages.now()
    clock.advance(by_the_clock)
    monotonic.advance(by_the_other)
    assert ages.age(since) == age
