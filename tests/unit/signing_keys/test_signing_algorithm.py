"""How tokens are signed now, by the schedule."""

from msgspec.structs import replace

from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.signing_algorithm import ScheduledAlgorithm
from tests.support.clocks import Clock
from tests.support.key_schedules import KeyScheduleInMemory, key


def test_before_the_first_key_it_is_not_known() -> None:
    assert ScheduledAlgorithm(KeyScheduleInMemory()).current() is None


def test_it_is_that_of_the_key_that_signs_at_the_moment(clock: Clock) -> None:
    stored, now = KeyScheduleInMemory(), int(clock())
    first = key_schedule.initial(replace(key("old"), algorithm="RS256"), now)
    stored.schedule = key_schedule.rotate(first, replace(key("new"), algorithm="PS256"), now)
    algorithm = ScheduledAlgorithm(stored, clock)
    assert algorithm.current() == "RS256"
    clock.advance(key_schedule.PUBLISH_AHEAD)
    assert algorithm.current() == "PS256"
