"""What the schedule and an operator do with the signing keys."""

import random
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.signing_keys.key_ring import ScheduledKeyRing
from chalicelib.signing_keys.key_schedule import (
    KEPT_AFTER,
    PUBLISH_AHEAD,
    RotationRefused,
)
from chalicelib.wiring import Zones
from tests.support.clocks import Clock
from tests.support.key_schedules import FakeKeyProvider, KeyScheduleInMemory, name_a_new_key


def _operations(clock: Clock) -> tuple[KeyOperations, KeyScheduleInMemory, FakeKeyProvider]:
    store, key_provider = KeyScheduleInMemory(), FakeKeyProvider()
    return KeyOperations(store, store, key_provider, "alias", clock), store, key_provider


def _stages(statuses: Sequence[Any]) -> dict[str, str]:
    return {status.kid: status.stage for status in statuses}


def test_the_schedule_carries_a_rotation_out_from_end_to_end(clock: Clock) -> None:
    operations, store, key_provider = _operations(clock)
    assert _stages(operations.show()) == {}
    assert _stages(operations.advance()) == {"key-0": "current"}
    key_provider.wanted = "key-1"
    assert _stages(operations.advance()) == {"key-0": "current", "key-1": "next"}
    clock.advance(PUBLISH_AHEAD)
    assert _stages(operations.advance()) == {"key-0": "previous", "key-1": "current"}
    clock.advance(KEPT_AFTER)
    assert _stages(operations.advance()) == {"key-1": "current"}
    written = store.schedule
    assert _stages(operations.advance()) == _stages(operations.show()) == {"key-1": "current"}
    assert store.schedule is written


def test_a_key_that_was_dropped_is_not_taken_up_again_by_the_schedule(clock: Clock) -> None:
    operations, _, key_provider = _operations(clock)
    operations.advance()
    key_provider.wanted = "key-1"
    operations.advance()
    operations.drop("key-1")
    assert _stages(operations.advance()) == {"key-0": "current"}


def test_a_write_that_lost_a_race_is_decided_anew(clock: Clock) -> None:
    operations, store, key_provider = _operations(clock)
    operations.advance()
    key_provider.wanted = "key-1"
    store.before_next_write = operations.advance
    assert _stages(operations.advance()) == {"key-0": "current", "key-1": "next"}
    assert store.schedule
    assert store.schedule.version == 2


def test_a_signing_key_can_be_dropped_although_the_wanted_key_is_of_no_use(clock: Clock) -> None:
    operations, _, key_provider = _operations(clock)
    operations.advance()
    key_provider.wanted = "key-1"
    operations.advance()
    key_provider.unusable.add("key-1")
    assert _stages(operations.drop("key-0")) == {"key-1": "current"}


def test_nothing_is_dropped_before_there_is_a_schedule(clock: Clock) -> None:
    with pytest.raises(RotationRefused, match="no schedule yet"):
        _operations(clock)[0].drop("key-0")


def test_execution_environments_that_start_at_any_time_agree_on_the_signing_key(clock: Clock) -> None:
    operations, store, key_provider = _operations(clock)
    operations.advance()
    key_provider.wanted = "key-1"
    operations.advance()
    old = ScheduledKeyRing(store, key_provider, "alias", clock)
    steps = random.Random(1)  # noqa: S311
    for _ in range(100):
        clock.advance(steps.uniform(0, PUBLISH_AHEAD / 20))
        assert old.signing_key().kid == ScheduledKeyRing(store, key_provider, "alias", clock).signing_key().kid


def test_operators_that_race_for_a_drop_leave_one_key_that_signs(zones: Zones) -> None:
    zones.keys.operations.advance()
    name_a_new_key()
    statuses = zones.keys.operations.advance()
    refused: list[RotationRefused] = []

    def drop(kid: str) -> None:
        try:
            zones.keys.operations.drop(kid)
        except RotationRefused as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=drop, args=[status.kid]) for status in statuses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [status.stage for status in zones.keys.operations.show()] == ["current"]
