"""Waits grow up to a bound, at random, and no two execution environments wait alike."""

import random
from itertools import islice

from chalicelib.aws.backoff import jittered_waits


def test_waits_lie_below_limits_that_double_up_to_the_longest() -> None:
    limits = [0.5, 1, 2, 4, 5, 5, 5, 5]
    runs = [list(islice(jittered_waits(0.5, 5), len(limits))) for _ in range(200)]
    for limit, waits in zip(limits, zip(*runs, strict=True), strict=True):
        assert all(0 <= wait <= limit for wait in waits)
        assert min(waits) < limit / 4
        assert max(waits) > limit * 3 / 4


def test_copies_of_one_frozen_environment_wait_differently() -> None:
    state = random.getstate()
    first = next(jittered_waits(1, 1))
    random.setstate(state)
    assert next(jittered_waits(1, 1)) != first
