"""How many exchanges a credential and its tenant may have in a minute of the clock."""

import pytest
from msgspec.structs import replace

from chalicelib.credentials.callers import RequestOrigin
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.refusals import Refusals
from chalicelib.errors import ExchangeLimitReached, Unavailable
from chalicelib.oauth.client_authentication import AuthenticatedClient
from chalicelib.oauth.exchange_limits import ExchangeLimits
from chalicelib.security_profiles import OAUTH2
from tests.support.clocks import Clock
from tests.support.credentials import CREDENTIAL
from tests.support.oauth_lab import ExchangeCounterInMemory, RefusalWriterInMemory


def client(credential: Credential) -> AuthenticatedClient:
    return AuthenticatedClient(credential, "secret", RequestOrigin(), OAUTH2)


ONE = client(CREDENTIAL)
OTHER = client(replace(CREDENTIAL, client_id=f"{CREDENTIAL.client_id}x"))


class Lab:
    """Counters and refusals that every execution environment shares."""

    def __init__(self, clock: Clock) -> None:
        self.counter = ExchangeCounterInMemory()
        self.refusals = RefusalWriterInMemory()
        self._clock = clock

    def limits(self, per_credential: int = 0, per_tenant: int = 0) -> ExchangeLimits:
        """Of an execution environment that knows of nothing yet."""
        refusals = Refusals(self.refusals, 3600, self._clock)
        return ExchangeLimits(self.counter, refusals, per_credential, per_tenant, self._clock)


@pytest.fixture
def lab(clock: Clock) -> Lab:
    return Lab(clock)


def allowed(limits: ExchangeLimits, client: AuthenticatedClient, asked: int) -> int:
    """How many of so many exchanges come through."""
    refused = 0
    for _ in range(asked):
        try:
            limits.count(client)
        except ExchangeLimitReached:
            refused += 1
    return asked - refused


def test_without_limits_nothing_is_counted(lab: Lab) -> None:
    assert allowed(lab.limits(), ONE, 5) == 5
    assert lab.counter.calls == 0


def test_each_credential_has_its_own_limit_each_minute(lab: Lab, clock: Clock) -> None:
    limits = lab.limits(per_credential=3)
    assert (allowed(limits, ONE, 5), allowed(limits, OTHER, 5)) == (3, 3)
    clock.advance(59)
    assert allowed(limits, ONE, 1) == 0
    clock.advance(1)
    assert allowed(limits, ONE, 5) == 3


def test_the_credentials_of_a_tenant_share_its_limit(lab: Lab) -> None:
    limits = lab.limits(per_tenant=3)
    assert (allowed(limits, ONE, 2), allowed(limits, OTHER, 2)) == (2, 1)


def test_another_tenant_does_not_notice(lab: Lab) -> None:
    limits = lab.limits(per_tenant=1)
    stranger = client(replace(CREDENTIAL, tenant_id="another"))
    assert (allowed(limits, ONE, 2), allowed(limits, stranger, 2)) == (1, 1)


def test_a_credential_beyond_its_own_limit_takes_nothing_from_its_tenant(lab: Lab) -> None:
    limits = lab.limits(per_credential=2, per_tenant=4)
    assert (allowed(limits, ONE, 50), allowed(limits, OTHER, 50)) == (2, 2)


@pytest.mark.parametrize(("into_the_minute", "seconds"), [(0, 60), (1, 59), (59.9, 1)])
def test_the_client_is_told_when_the_next_minute_begins(
    lab: Lab, clock: Clock, into_the_minute: float, seconds: int
) -> None:
    limits = lab.limits(per_credential=1)
    clock.advance(into_the_minute)
    limits.count(ONE)
    with pytest.raises(ExchangeLimitReached, match="The credential may have 1 ") as refusal:
        limits.count(ONE)
    assert refusal.value.retry_after == seconds


def test_the_refusal_says_whose_limit_it_is(lab: Lab) -> None:
    limits = lab.limits(per_credential=9, per_tenant=1)
    limits.count(ONE)
    with pytest.raises(ExchangeLimitReached, match="The tenant may have 1 "):
        limits.count(ONE)


def test_a_refusal_shows_in_the_audit_trail_once(lab: Lab) -> None:
    assert allowed(lab.limits(per_credential=1), ONE, 9) == 1
    assert [event.details["reason"] for event in lab.refusals.written] == ["limit"]


def test_a_counter_that_is_known_to_be_full_is_not_asked_again_until_the_minute_is_over(lab: Lab, clock: Clock) -> None:
    limits = lab.limits(per_credential=2)
    allowed(limits, ONE, 50)
    assert lab.counter.calls == 3
    clock.advance(60)
    assert allowed(limits, ONE, 1) == 1


def test_all_execution_environments_share_the_counters(lab: Lab) -> None:
    assert [allowed(lab.limits(per_credential=3), ONE, 2) for _ in range(3)] == [2, 1, 0]


def test_a_counter_that_cannot_be_written_refuses_nobody(lab: Lab) -> None:
    lab.counter.error = Unavailable()
    assert allowed(lab.limits(per_credential=1, per_tenant=1), ONE, 5) == 5
    assert lab.refusals.written == []
