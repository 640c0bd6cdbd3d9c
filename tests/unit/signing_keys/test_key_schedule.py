"""The schedule: which key signs when; and that no verification fails, whatever the order of events."""

import math
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.settings import LONGEST_TOKEN_LIFETIME
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.signing_keys.key_ring import ScheduledKeyRing
from chalicelib.signing_keys.key_schedule import (
    JWKS_MAX_AGE,
    KEPT_AFTER,
    PUBLISH_AHEAD,
    SCHEDULE_CACHE,
    KeyDescription,
    KeySchedule,
    RotationRefused,
)
from tests.support.clocks import Clock
from tests.support.key_schedules import FakeKeyProvider, KeyScheduleInMemory, key

NOW = 1_800_000_000


def stages(schedule: KeySchedule, now: float) -> dict[str, str]:
    return {record.kid: key_schedule.stage(schedule, record, now) for record in schedule.keys}


@pytest.fixture
def rotating() -> KeySchedule:
    """From key a to key b, begun NOW."""
    return key_schedule.rotate(key_schedule.initial(key("a"), NOW - 86_400), key("b"), NOW)


def test_the_only_key_signs(rotating: KeySchedule) -> None:
    assert stages(key_schedule.initial(key("a"), NOW), NOW) == {"a": "current"}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0, {"a": "current", "b": "next"}),
        (PUBLISH_AHEAD - 0.001, {"a": "current", "b": "next"}),
        (PUBLISH_AHEAD, {"a": "previous", "b": "current"}),
        (PUBLISH_AHEAD + KEPT_AFTER - 0.001, {"a": "previous", "b": "current"}),
        (PUBLISH_AHEAD + KEPT_AFTER, {"a": "gone", "b": "current"}),
    ],
)
def test_a_rotation_goes_through_its_stages_by_the_clock_alone(
    rotating: KeySchedule, after: float, expected: dict[str, str]
) -> None:
    assert stages(rotating, NOW + after) == expected


def test_a_key_is_published_in_every_stage_but_the_last(rotating: KeySchedule) -> None:
    def kids(after: float) -> list[str]:
        return [record.kid for record in key_schedule.published_keys(rotating, NOW + after)]

    assert kids(0) == kids(PUBLISH_AHEAD) == ["a", "b"]
    assert kids(PUBLISH_AHEAD + KEPT_AFTER) == ["b"]


def test_the_times_cover_every_cache_between_a_key_and_its_verifier() -> None:
    differing_clocks, two_hours_of_an_http_api = 60, 7200
    assert SCHEDULE_CACHE + max(JWKS_MAX_AGE, two_hours_of_an_http_api) + differing_clocks <= PUBLISH_AHEAD
    assert LONGEST_TOKEN_LIFETIME + 2 * differing_clocks <= KEPT_AFTER


def test_a_second_rotation_waits_for_the_first(rotating: KeySchedule) -> None:
    with pytest.raises(RotationRefused, match="under way"):
        key_schedule.rotate(rotating, key("c"), NOW + PUBLISH_AHEAD - 1)
    third = key_schedule.rotate(rotating, key("c"), NOW + PUBLISH_AHEAD)
    assert stages(third, NOW + PUBLISH_AHEAD) == {"a": "previous", "b": "current", "c": "next"}


def test_a_key_never_comes_back(rotating: KeySchedule) -> None:
    end = NOW + PUBLISH_AHEAD + KEPT_AFTER
    for name in ("a", "b"):
        with pytest.raises(RotationRefused, match="published already"):
            key_schedule.rotate(rotating, key(name), end - 1)
    with pytest.raises(RotationRefused, match="never comes back"):
        key_schedule.rotate(key_schedule.retire(rotating, end), key("a"), end)


def test_keys_are_forgotten_when_they_are_over_and_not_before(rotating: KeySchedule) -> None:
    end = NOW + PUBLISH_AHEAD + KEPT_AFTER
    assert key_schedule.retire(rotating, end - 1) is rotating
    forgotten = key_schedule.retire(rotating, end)
    assert stages(forgotten, end) == {"b": "current"}
    assert forgotten.gone == {"a": end}
    assert forgotten.version == rotating.version + 1


def test_when_the_signing_key_is_dropped_the_next_one_signs_at_once(rotating: KeySchedule) -> None:
    assert stages(key_schedule.drop(rotating, "a", None, NOW), NOW) == {"b": "current"}


def test_when_the_signing_key_is_dropped_and_there_is_no_next_the_replacement_signs_at_once() -> None:
    dropped = key_schedule.drop(key_schedule.initial(key("a"), NOW), "a", key("b"), NOW)
    assert stages(dropped, NOW) == {"b": "current"}


@pytest.mark.parametrize("replacement", [None, key("a")])
def test_the_only_key_is_not_dropped_without_another(replacement: KeyDescription | None) -> None:
    with pytest.raises(RotationRefused, match="no other key"):
        key_schedule.drop(key_schedule.initial(key("a"), NOW), "a", replacement, NOW)


def test_a_previous_key_does_not_sign_again(rotating: KeySchedule) -> None:
    switched = NOW + PUBLISH_AHEAD
    for replacement in (None, key("a"), key("b")):
        with pytest.raises(RotationRefused, match="no other key"):
            key_schedule.drop(rotating, "b", replacement, switched)
    assert stages(key_schedule.drop(rotating, "b", key("c"), switched), switched) == {"a": "previous", "c": "current"}


def test_when_the_next_key_is_dropped_the_signing_one_goes_on(rotating: KeySchedule) -> None:
    dropped = key_schedule.drop(rotating, "b", None, NOW)
    assert stages(dropped, NOW + 10 * PUBLISH_AHEAD) == {"a": "current"}
    assert dropped.gone == {"b": NOW}


def test_a_previous_key_can_be_dropped(rotating: KeySchedule) -> None:
    switched = NOW + PUBLISH_AHEAD
    assert stages(key_schedule.drop(rotating, "a", None, switched), switched) == {"b": "current"}


def test_a_key_that_is_dropped_again_stays_gone(rotating: KeySchedule) -> None:
    dropped = key_schedule.drop(rotating, "b", None, NOW)
    assert key_schedule.drop(dropped, "b", None, NOW + 1) == dropped


def test_an_unknown_key_is_not_dropped(rotating: KeySchedule) -> None:
    with pytest.raises(RotationRefused, match="not published"):
        key_schedule.drop(rotating, "x", None, NOW)


# --- in any order of events -------------------------------------------------------------------------------------------


class Skewed:
    """A clock that is wrong by ``by`` seconds."""

    def __init__(self, clock: Clock, by: float) -> None:
        self.clock = clock
        self.by = by

    def __call__(self) -> float:
        return self.clock() + self.by


class Token(NamedTuple):
    kid: str
    expires_at: float


class KeySet(NamedTuple):
    kids: frozenset[str]
    fetched_at: float


SKEW = 30.0
LEEWAY = 60.0
"""Seconds past its end at which a verifier may still take a token."""
MOMENTS = st.one_of(st.floats(0, SCHEDULE_CACHE + 1), st.floats(0, JWKS_MAX_AGE + 1), st.floats(0, PUBLISH_AHEAD))
AROUND = st.one_of(st.sampled_from([-SKEW, -SKEW + 1, -1.0, 0.0, 1.0, SKEW]), st.floats(-JWKS_MAX_AGE, JWKS_MAX_AGE))


class RotationInAnyOrder(RuleBasedStateMachine):
    """Three environments with clocks of their own, of which each issues a token and shows its JWK Set at every step.

    Claim: a token that has not expired verifies by each JWK Set within its max-age. After an emergency the dropped
    key's tokens are exempt, and a new key's need a JWK Set fetched after it (and after the environments' caches).
    """

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock(float(NOW))
        self.store, self.key_provider = KeyScheduleInMemory(), FakeKeyProvider()
        self.made = 0
        self.dropped: set[str] = set()
        self.settled_at = -math.inf
        """When the caches of the last emergency have run out."""
        self.key_sets: list[KeySet] = []
        self.issued: list[Token] = []
        clocks = [Skewed(self.clock, by) for by in (-SKEW, 0.0, SKEW)]
        self.rings = [(ScheduledKeyRing(self.store, self.key_provider, "alias", clock), clock) for clock in clocks]
        self.operations = KeyOperations(self.store, self.store, self.key_provider, "alias", self.clock)
        self.operations.advance()

    @initialize(may_have=st.booleans())
    def emergencies(self, may_have: bool) -> None:
        self.may_have_emergencies = may_have

    @rule(seconds=MOMENTS)
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.key_sets = [s for s in self.key_sets if self.clock() <= s.fetched_at + JWKS_MAX_AGE]
        self.issued = [t for t in self.issued if self.clock() <= t.expires_at + LEEWAY]

    @rule(data=st.data(), by=AROUND)
    def time_passes_until_something_is_about_to_change(self, data: st.DataObject, by: float) -> None:
        assert self.store.schedule
        switches = [key.signs_until for key in self.store.schedule.keys if key.signs_until is not None]
        edges = [instant + by for switch in switches for instant in (switch, switch + KEPT_AFTER)]
        ahead = [edge - self.clock() for edge in edges if edge > self.clock()]
        if ahead:
            self.time_passes(data.draw(st.sampled_from(ahead)))

    @rule(by=st.sampled_from([-SKEW, 0.0, SKEW]), new=st.booleans())
    def the_schedule_fires(self, by: float, new: bool) -> None:
        if new:
            self.made += 1
            self.key_provider.wanted = f"key-{self.made}"
        KeyOperations(self.store, self.store, self.key_provider, "alias", Skewed(self.clock, by)).advance()

    @precondition(lambda self: self.may_have_emergencies)
    @rule(which=st.integers(0, 3))
    def an_operator_drops_a_key(self, which: int) -> None:
        assert self.store.schedule
        kid = self.store.schedule.keys[which % len(self.store.schedule.keys)].kid
        try:
            self.operations.drop(kid)
        except RotationRefused:
            return
        self.dropped.add(kid)
        self.settled_at = self.clock() + SCHEDULE_CACHE + 2 * SKEW

    @invariant()
    def every_token_verifies_by_every_key_set(self) -> None:
        settled = self.clock() > self.settled_at
        for ring, clock in self.rings:
            signer = ring.signing_key()
            self.issued.append(Token(signer.kid, clock() + LONGEST_TOKEN_LIFETIME))
            kids = frozenset(public.kid for public in ring.verification_keys())
            self.key_sets.append(KeySet(kids, self.clock()))
            assert not (settled and self.dropped & {signer.kid, *kids})
        for key_set in self.key_sets:
            if key_set.fetched_at > self.settled_at:
                assert {token.kid for token in self.issued} - self.dropped <= key_set.kids


TestRotationInAnyOrder = RotationInAnyOrder.TestCase
TestRotationInAnyOrder.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
