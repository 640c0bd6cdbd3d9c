"""Keys that others publish: fetched seldom, kept no longer than their time. What fails is held against nobody."""

import pytest

from chalicelib.clock import Ages
from chalicelib.errors import Unavailable
from chalicelib.published_keys import Freshness, PublishedKeys
from tests.support.clocks import Clock
from tests.support.log_lines import LogLines

FRESHNESS = Freshness(lifetime=100, cooldown=10, pause=5, stale=50)


class Publisher:
    def __init__(self) -> None:
        self.keys = {"a": "the key"}
        self.error: Exception | None = None
        self.fetches = 0

    def fetch(self) -> dict[str, str]:
        self.fetches += 1
        if self.error is not None:
            raise self.error
        return dict(self.keys)


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def keys(publisher: Publisher, clock: Clock) -> PublishedKeys[str]:
    return PublishedKeys("somebody", publisher.fetch, FRESHNESS, Ages(clock, clock))


def test_a_key_is_fetched_once_in_its_lifetime(keys: PublishedKeys[str], publisher: Publisher, clock: Clock) -> None:
    for _ in range(3):
        assert keys.get("a") == "the key"
        clock.advance(33)
    assert publisher.fetches == 1
    clock.advance(1)
    assert (keys.get("a"), publisher.fetches) == ("the key", 2)


def test_a_key_that_is_not_there_is_looked_for_again_after_a_while(
    keys: PublishedKeys[str], publisher: Publisher, clock: Clock
) -> None:
    assert [keys.get(f"unknown-{number}") for number in range(5)] == [None] * 5
    assert publisher.fetches == 1
    publisher.keys["b"] = "a new one"
    clock.advance(10)
    assert (keys.get("b"), publisher.fetches) == ("a new one", 2)


def test_after_a_failure_there_is_a_pause(keys: PublishedKeys[str], publisher: Publisher, clock: Clock) -> None:
    publisher.error = OSError()
    for _ in range(3):
        with pytest.raises(Unavailable):
            keys.get("a")
    assert publisher.fetches == 1
    publisher.error = None
    clock.advance(5)
    assert (keys.get("a"), publisher.fetches) == ("the key", 2)


def test_while_the_publisher_fails_a_known_key_is_good_for_longer_and_no_unknown_one_is_refused(
    keys: PublishedKeys[str], publisher: Publisher, clock: Clock
) -> None:
    keys.get("a")
    publisher.error = ValueError()
    clock.advance(149)
    assert keys.get("a") == "the key"
    with pytest.raises(Unavailable):
        keys.get("unknown")
    clock.advance(1)
    with pytest.raises(Unavailable):
        keys.get("a")


def test_a_key_that_was_taken_back_is_good_for_no_longer_than_the_next_fetch(
    keys: PublishedKeys[str], publisher: Publisher, clock: Clock
) -> None:
    keys.get("a")
    publisher.keys = {"b": "another"}
    clock.advance(100)
    assert keys.get("a") is None


@pytest.mark.parametrize("error", [OSError(), ValueError(), KeyError(), TypeError(), RecursionError()], ids=repr)
def test_a_failure_is_a_line_by_the_publishers_name(
    keys: PublishedKeys[str], publisher: Publisher, error: Exception, lines: LogLines
) -> None:
    publisher.error = error
    with pytest.raises(Unavailable):
        keys.get("a")
    assert [(line["somebody"], line["somebody_error"], line["level"]) for line in lines()] == [
        ("failed", type(error).__name__, "WARNING")
    ]


def test_a_defect_is_no_outage(keys: PublishedKeys[str], publisher: Publisher) -> None:
    publisher.error = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        keys.get("a")
