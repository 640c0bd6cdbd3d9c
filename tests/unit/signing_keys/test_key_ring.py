"""The key ring of one execution environment, over the table and KMS."""

import boto3
import pytest

from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader
from chalicelib.errors import Unavailable
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.signing_keys.key_ring import ScheduledKeyRing
from chalicelib.signing_keys.key_schedule import PUBLISH_AHEAD, SCHEDULE_CACHE, STALE_FOR_VERIFIERS, KeySchedule
from chalicelib.tables import TENANTS
from chalicelib.wiring import Zones, build
from tests.support.boto3_clients import Boto3Clients
from tests.support.clocks import Clock
from tests.support.key_schedules import FakeKeyProvider, KeyScheduleInMemory, key, name_a_new_key


@pytest.fixture
def operations(environ: dict[str, str], aws: None, clock: Clock) -> KeyOperations:
    return build(environ, Boto3Clients(), clock=clock).keys.operations


def new_ring(environ: dict[str, str], clock: Clock) -> ScheduledKeyRing:
    """The key ring of an execution environment that starts now."""
    return build(environ, Boto3Clients(), clock=clock).oauth.key_ring


def test_a_new_deployment_needs_nothing_but_its_first_key(zones: Zones) -> None:
    assert DynamoDBKeyScheduleReader(boto3.client("dynamodb"), TENANTS.name).read() is None
    kid = zones.oauth.key_ring.signing_key().kid
    assert [key.kid for key in zones.oauth.key_ring.verification_keys()] == [kid]
    zones.keys.operations.advance()
    assert [status.kid for status in zones.keys.operations.show()] == [kid]


def test_an_execution_environment_learns_of_a_change_within_the_cache_time_and_not_with_every_request(
    environ: dict[str, str], operations: KeyOperations, clock: Clock
) -> None:
    operations.advance()
    environment = new_ring(environ, clock)
    before = environment.signing_key().kid
    name_a_new_key()
    operations.advance()
    operations.drop(before)
    clock.advance(SCHEDULE_CACHE - 1)
    assert environment.signing_key().kid == before
    clock.advance(1)
    assert environment.signing_key().kid != before


def test_an_execution_environment_whose_clock_is_set_back_reads_the_schedule_anew(
    environ: dict[str, str], operations: KeyOperations, clock: Clock
) -> None:
    operations.advance()
    environment = new_ring(environ, clock)
    before = environment.signing_key().kid
    name_a_new_key()
    operations.drop(before)
    clock.advance(-1)
    assert environment.signing_key().kid != before


def test_a_key_that_kms_disabled_leaves_the_others_published(clock: Clock) -> None:
    store, key_provider = KeyScheduleInMemory(), FakeKeyProvider()
    store.schedule = key_schedule.rotate(key_schedule.initial(key("old"), int(clock())), key("new"), int(clock()))
    ring = ScheduledKeyRing(store, key_provider, "alias", clock)
    assert [public.kid for public in ring.verification_keys()] == ["old", "new"]
    key_provider.withheld.add("old")
    assert [public.kid for public in ring.verification_keys()] == ["new"]


class Outage:
    """A schedule that a test takes away; implements ``key_ring.KeyScheduleReader``."""

    def __init__(self, schedule: KeySchedule) -> None:
        self.schedule = schedule
        self.is_away = False
        self.reads = 0

    def read(self) -> KeySchedule:
        self.reads += 1
        if self.is_away:
            raise Unavailable
        return self.schedule


def kids(ring: ScheduledKeyRing) -> list[str]:
    return [public.kid for public in ring.verification_keys()]


@pytest.fixture
def outage(clock: Clock) -> Outage:
    return Outage(key_schedule.rotate(key_schedule.initial(key("old"), int(clock())), key("new"), int(clock())))


@pytest.fixture
def monotonic() -> Clock:
    return Clock(0)


@pytest.fixture
def ring(outage: Outage, clock: Clock, monotonic: Clock) -> ScheduledKeyRing:
    return ScheduledKeyRing(outage, FakeKeyProvider(), "alias", clock, monotonic)


def test_verification_goes_on_for_an_hour_while_the_schedule_cannot_be_read(
    ring: ScheduledKeyRing, outage: Outage, clock: Clock
) -> None:
    assert kids(ring) == ["old", "new"]
    outage.is_away = True
    clock.advance(STALE_FOR_VERIFIERS - 1)
    assert kids(ring) == ["old", "new"]
    clock.advance(1)
    with pytest.raises(Unavailable):
        kids(ring)
    outage.is_away = False
    assert kids(ring) == ["old", "new"]


def test_nothing_is_signed_by_a_schedule_that_may_be_out_of_date(
    ring: ScheduledKeyRing, outage: Outage, clock: Clock
) -> None:
    assert ring.signing_key().kid == "old"
    outage.is_away = True
    clock.advance(SCHEDULE_CACHE)
    with pytest.raises(Unavailable):
        ring.signing_key()
    assert kids(ring) == ["old", "new"]


def test_a_drop_that_was_seen_stays_seen_in_an_outage(ring: ScheduledKeyRing, outage: Outage, clock: Clock) -> None:
    kids(ring)
    outage.schedule = key_schedule.drop(outage.schedule, "old", None, int(clock()))
    clock.advance(SCHEDULE_CACHE)
    assert kids(ring) == ["new"]
    outage.is_away = True
    clock.advance(SCHEDULE_CACHE)
    assert kids(ring) == ["new"]


def test_who_verifies_does_not_wait_for_the_table_at_every_request(
    ring: ScheduledKeyRing, outage: Outage, clock: Clock
) -> None:
    kids(ring)
    outage.is_away = True
    clock.advance(SCHEDULE_CACHE)
    for _ in range(5):
        kids(ring)
    assert outage.reads == 2
    outage.is_away = False
    outage.schedule = key_schedule.drop(outage.schedule, "old", None, int(clock()))
    clock.advance(5)
    assert kids(ring) == ["new"]


def test_a_clock_that_is_set_back_keeps_no_schedule_beyond_its_time(
    ring: ScheduledKeyRing, outage: Outage, clock: Clock, monotonic: Clock
) -> None:
    kids(ring)
    outage.schedule = key_schedule.drop(outage.schedule, "old", None, int(clock()))
    clock.advance(1)
    monotonic.advance(SCHEDULE_CACHE)
    assert kids(ring) == ["new"]
    assert ring.signing_key().kid == "new"


def test_a_first_key_of_no_use_is_an_outage_to_those_who_need_it(clock: Clock) -> None:
    provider = FakeKeyProvider()
    provider.unusable.add("key-0")
    ring = ScheduledKeyRing(KeyScheduleInMemory(), provider, "alias", clock)
    with pytest.raises(Unavailable):
        ring.signing_key()


def test_the_switch_happens_without_anybody_doing_anything(
    environ: dict[str, str], operations: KeyOperations, clock: Clock
) -> None:
    operations.advance()
    name_a_new_key()
    old, new = (status.kid for status in operations.advance())
    environment = new_ring(environ, clock)
    clock.advance(PUBLISH_AHEAD - 1)
    assert environment.signing_key().kid == old
    clock.advance(1)
    assert environment.signing_key().kid == new
