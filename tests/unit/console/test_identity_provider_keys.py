"""The identity provider's keys: fetched seldom, kept no longer than their time, and never taken from garbage."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from chalicelib.clock import Ages
from chalicelib.console.identity_provider_keys import IdentityProviderKeys
from chalicelib.deadline import Deadline, within
from chalicelib.errors import InvalidToken, Unavailable
from chalicelib.settings import OidcSettings, Settings
from tests.support.clocks import Clock
from tests.support.environ import ENVIRON
from tests.support.identity_provider import IdentityProvider
from tests.support.log_lines import LogLines


def settings(issuer: str, **environ: str) -> OidcSettings:
    return Settings.from_env(ENVIRON | {"OIDC_ISSUER": issuer} | environ).oidc


@pytest.fixture
def monotonic() -> Clock:
    return Clock()


@pytest.fixture
def keys(identity_provider: IdentityProvider, clock: Clock, monotonic: Clock) -> IdentityProviderKeys:
    return IdentityProviderKeys(settings(identity_provider.issuer), Ages(clock, monotonic))


def test_the_key_set_is_fetched_once_for_many_tokens(
    keys: IdentityProviderKeys, identity_provider: IdentityProvider
) -> None:
    assert {keys.get("key-1").key_id for _ in range(5)} == {"key-1"}
    assert identity_provider.fetches == 1


def test_unknown_kids_do_not_hammer_the_provider(
    keys: IdentityProviderKeys, identity_provider: IdentityProvider, clock: Clock
) -> None:
    for number in range(5):
        with pytest.raises(InvalidToken):
            keys.get(f"unknown-{number}")
    assert identity_provider.fetches == 1
    clock.advance(30)
    with pytest.raises(InvalidToken):
        keys.get("unknown")
    assert identity_provider.fetches == 2


@pytest.mark.parametrize(("by_the_clock", "by_the_other"), [(300, 0), (0, 300), (-1, 0), (-86_400, 300)])
def test_a_key_that_the_provider_took_back_is_dropped_in_time_whatever_the_clocks_do(
    keys: IdentityProviderKeys,
    identity_provider: IdentityProvider,
    clock: Clock,
    monotonic: Clock,
    by_the_clock: float,
    by_the_other: float,
) -> None:
    keys.get("key-1")
    identity_provider.keys = {"key-2": identity_provider.keys["key-1"]}
    clock.advance(by_the_clock)
    monotonic.advance(by_the_other)
    with pytest.raises(InvalidToken):
        keys.get("key-1")
    assert keys.get("key-2").key_id == "key-2"


# --- a provider that fails --------------------------------------------------------------------------------------------

OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


def whole(body: bytes) -> bytes:
    return OK % (len(body), body)


FAILURES = {
    "hangs up": b"",
    "no HTTP": b"garbage",
    "a server error": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
    "not found": b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
    "a redirect": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    "truncated": OK % (999, b'{"keys": ['),
    "truncated after what would do": OK % (999, b'{"keys": []}'),
    "no JSON": whole(b"<html>"),
    "no text": whole(b"\xff\xfe\xfd"),
    "deeply nested": whole(b"[" * 100_000),
    "a list": whole(b"[]"),
    "an empty object": whole(b"{}"),
    "no keys": whole(b'{"keys": []}'),
    "keys of no use": whole(b'{"keys": [{"kty": "RSA"}, 7]}'),
    "too long": whole(b" " * 1_100_000),
}


class Provider:
    """Says the same bytes to everybody, then hangs up."""

    def __init__(self, said: bytes, pause: float = 0.0) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._said, self._pause = said, pause
        self._closed = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                self._say(connection)

    def _say(self, connection: socket.socket) -> None:
        if not self._pause:
            connection.sendall(self._said)
            return
        for position in range(len(self._said)):  # one by one, for ever as far as a request is concerned
            if self._closed.wait(self._pause):
                return
            try:
                connection.sendall(self._said[position : position + 1])
            except OSError:
                return

    def close(self) -> None:
        self._closed.set()
        self._listener.close()


@pytest.fixture
def saying() -> Iterator[Callable[..., Provider]]:
    made: list[Provider] = []

    def make(said: bytes, pause: float = 0.0) -> Provider:
        made.append(Provider(said, pause))
        return made[-1]

    yield make
    for provider in made:
        provider.close()


@pytest.mark.parametrize("discovered", [False, True])
@pytest.mark.parametrize("said", FAILURES.values(), ids=FAILURES.keys())
def test_a_provider_that_fails_is_an_outage_and_a_line_that_its_alarm_counts(
    saying: Callable[..., Provider], said: bytes, discovered: bool, lines: LogLines
) -> None:
    url = saying(said).url
    keys = IdentityProviderKeys(settings(url, **({} if discovered else {"OIDC_JWKS_URL": url})))
    with pytest.raises(Unavailable):
        keys.get("key-1")
    assert [(line["identity_provider"], line["level"]) for line in lines()] == [("failed", "WARNING")]


def test_a_discovery_document_of_another_issuer_is_an_outage(identity_provider: IdentityProvider) -> None:
    identity_provider.discovered_issuer = "https://evil.example"
    with pytest.raises(Unavailable):
        IdentityProviderKeys(settings(identity_provider.issuer)).get("key-1")


def test_a_provider_that_is_back_is_asked_again(
    keys: IdentityProviderKeys, identity_provider: IdentityProvider
) -> None:
    identity_provider.discovered_issuer = "https://evil.example"
    with pytest.raises(Unavailable):
        keys.get("key-1")
    identity_provider.discovered_issuer = None
    assert keys.get("key-1").key_id == "key-1"


@pytest.mark.parametrize("pause", [0.05, 60])
def test_a_provider_that_is_slow_holds_a_request_no_longer_than_its_deadline(
    saying: Callable[..., Provider], pause: float
) -> None:
    keys = IdentityProviderKeys(
        settings("https://unused.example", OIDC_JWKS_URL=saying(whole(b" " * 1_000), pause).url)
    )
    started = time.monotonic()
    with pytest.raises(Unavailable), within(Deadline(0.5)):
        keys.get("key-1")
    assert time.monotonic() - started < 2.5  # three seconds is what one fetch may take by itself


def test_nobody_at_the_address_is_an_outage() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(Unavailable):
        IdentityProviderKeys(settings(url)).get("key-1")
