"""Waits grow up to a bound, at random, and no two execution environments wait alike."""

import random
from itertools import islice

from chalicelib.aws.backoff import jittered_waits
from chalicelib.deadline import Deadline, within
from tests.support.clocks import Clock


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


def test_there_is_no_further_attempt_when_the_time_of_the_request_is_up() -> None:
    clock = Clock()
    with within(Deadline(1, clock=clock)):
        waits = jittered_waits(0.1, 0.1)
        assert [next(waits, None) is not None for _ in range(3)] == [True] * 3
        clock.advance(1)
        assert next(waits, None) is None
