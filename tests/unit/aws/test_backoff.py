"""Exponential backoff with full jitter."""

from itertools import islice

from chalicelib.aws.backoff import jittered_waits


def test_each_wait_is_at_most_twice_the_bound_of_the_one_before_and_never_over_the_longest() -> None:
    bounds = [0.05, 0.1, 0.2, 0.4, 0.4, 0.4]
    for _ in range(200):
        waits = list(islice(jittered_waits(0.05, 0.4), len(bounds)))
        assert all(0 <= wait <= bound for wait, bound in zip(waits, bounds, strict=True))


def test_two_that_begin_together_do_not_wait_alike() -> None:
    assert list(islice(jittered_waits(1, 64), 8)) != list(islice(jittered_waits(1, 64), 8))


def test_the_whole_range_is_made_use_of() -> None:
    firsts = [next(jittered_waits(1, 1)) for _ in range(500)]
    assert min(firsts) < 0.1
    assert max(firsts) > 0.9
