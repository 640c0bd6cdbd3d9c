"""The calls of one request share its time and its retries."""

import threading

from chalicelib.deadline import Deadline, current, within
from tests.support.clocks import Clock


def test_time_runs_out_and_no_further(clock: Clock) -> None:
    deadline = Deadline(6, clock=clock)
    clock.advance(2.5)
    assert deadline.remaining() == 3.5
    clock.advance(60)
    assert deadline.remaining() == 0


def test_a_call_has_two_retries_and_all_calls_together_have_four(clock: Clock) -> None:
    deadline = Deadline(6, clock=clock)
    first, second, third = ([deadline.take_retry(number, 0.1) for number in (1, 2, 3)] for _ in range(3))
    assert (first, second, third) == ([True, True, False], [True, True, False], [False, False, False])


def test_a_retry_that_begins_too_late_is_none_and_costs_none(clock: Clock) -> None:
    deadline = Deadline(6, clock=clock)
    clock.advance(5)
    assert [deadline.take_retry(1, 1) for _ in range(9)] == [False] * 9
    assert [deadline.take_retry(1, 0.9) for _ in range(5)] == [True] * 4 + [False]


def test_the_deadline_counts_within_its_request_alone() -> None:
    deadline, elsewhere = Deadline(6), []
    with within(deadline):
        assert current() is deadline
        thread = threading.Thread(target=lambda: elsewhere.append(current()))
        thread.start()
        thread.join()
    assert (current(), elsewhere) == (None, [None])
