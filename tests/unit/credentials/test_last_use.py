"""When the use of a secret or key is written, and that it is never in its client's way."""

import pytest
from msgspec.structs import replace

from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.credential import Credential, Use
from chalicelib.credentials.last_use import LastUses, network_of
from chalicelib.errors import Unavailable
from tests.support.clocks import Clock
from tests.support.credentials import CREDENTIAL, NOW
from tests.support.log_lines import LogLines
from tests.support.oauth_lab import LastUseWriterInMemory

INTERVAL = 900


class Lab:
    def __init__(self, interval: int = INTERVAL) -> None:
        self.writer, self.clock = LastUseWriterInMemory(), Clock(NOW)
        self._uses = LastUses(self.writer, interval, self.clock)

    def note(self, credential: Credential = CREDENTIAL, used: str = "a", address: str | None = "192.0.2.7") -> None:
        self._uses.note(credential, used, address)


def used(seconds_ago: int) -> Credential:
    return replace(CREDENTIAL, last_uses={"a": Use(at=NOW - seconds_ago)})


def test_a_first_use_is_written_with_its_network() -> None:
    lab = Lab()
    lab.note()
    assert lab.writer.written == [
        (CREDENTIAL.client_id, "a", Use(at=NOW, network="192.0.2.0/24"), NOW - INTERVAL),
    ]


@pytest.mark.parametrize(("seconds_ago", "written"), [(0, False), (899, False), (900, True), (-5, False)])
def test_a_further_use_is_written_once_an_interval(seconds_ago: int, written: bool) -> None:
    lab = Lab()
    lab.note(used(seconds_ago))
    assert bool(lab.writer.written) is written


def test_each_secret_has_an_interval_of_its_own() -> None:
    lab = Lab()
    lab.note(used(0), used="b")
    assert [name for _, name, _, _ in lab.writer.written] == ["b"]


def test_nothing_is_written_where_it_is_off() -> None:
    lab = Lab(0)
    lab.note()
    assert lab.writer.written == []


@pytest.mark.parametrize("error", [Superseded(), Unavailable(), RuntimeError("a defect")])
def test_whatever_keeps_it_from_being_written_concerns_no_client(error: Exception, lines: LogLines) -> None:
    lab = Lab()
    lab.writer.error = error
    lab.note()
    assert len(lines()) == (1 if isinstance(error, RuntimeError) else 0)


@pytest.mark.parametrize(("error", "pause"), [(Superseded(), 0), (Unavailable(), 60)])
def test_after_a_failure_no_exchange_pays_for_another_attempt_for_a_minute(error: Exception, pause: int) -> None:
    lab = Lab()
    lab.writer.error = error
    lab.note()
    lab.writer.error = None
    lab.clock.now += max(0, pause - 1)
    lab.note()
    assert bool(lab.writer.written) is (pause == 0)
    lab.clock.now += 1
    lab.note()
    assert lab.writer.written


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.255", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        (None, None),
        ("", None),
    ],
)
def test_an_address_is_kept_as_its_network(address: str | None, network: str | None) -> None:
    assert network_of(address) == network
