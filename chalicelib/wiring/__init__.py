"""Who gets what: one bag for each trust zone. What a zone may not do, its bag does not have."""

import os
import time
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.clock import Clock, Sleep
from chalicelib.credentials.ports import SweepStarter
from chalicelib.settings import Settings
from chalicelib.wiring.clients import AwsClients, LeanClients
from chalicelib.wiring.oauth import OAuthZone

if TYPE_CHECKING:
    from chalicelib.wiring.console import ConsoleZone
    from chalicelib.wiring.events import EventsZone
    from chalicelib.wiring.keys import KeysZone
    from chalicelib.wiring.leaks import LeaksZone


class Zones:
    """The zones of one execution environment. Each is made when it is first used: most use one alone.

    The authorization server's alone is imported in the init phase: programs wait for it, and not for the others.
    """

    def __init__(
        self, settings: Settings, clients: AwsClients, starter: SweepStarter | None, clock: Clock, sleep: Sleep
    ) -> None:
        self.settings = settings
        self._clients = clients
        self._starter = starter
        self._clock = clock
        self._sleep = sleep

    @cached_property
    def console(self) -> "ConsoleZone":
        from chalicelib.wiring.console import ConsoleZone

        return ConsoleZone(self.settings, self._clients, self._starter, self._clock, self._sleep, os.urandom)

    @cached_property
    def oauth(self) -> OAuthZone:
        return OAuthZone(self.settings, self._clients, self._clock, self._sleep, os.urandom)

    @cached_property
    def events(self) -> "EventsZone":
        from chalicelib.wiring.events import EventsZone  # here: it answers no request, so none pays for it

        return EventsZone(self.settings, self._clients, self._sleep)

    @cached_property
    def leaks(self) -> "LeaksZone":
        from chalicelib.wiring.leaks import LeaksZone

        return LeaksZone(self.settings, self._clients, self._clock, self._sleep, os.urandom)

    @cached_property
    def keys(self) -> "KeysZone":
        from chalicelib.wiring.keys import KeysZone

        return KeysZone(self.settings, self._clients, self._clock, self._sleep)


def build(
    environ: Mapping[str, str],
    clients: AwsClients | None = None,
    starter: SweepStarter | None = None,
    clock: Clock = time.time,
    sleep: Sleep = time.sleep,
) -> Zones:
    """The zones for these variables. Raises SettingsError.

    ``clients`` and ``starter`` (of a sweep that takes long) stand in for those that the variables name. ``clock`` tells
    epoch seconds; ``sleep`` waits before another attempt.
    """
    return Zones(Settings.from_env(environ), clients or LeanClients(environ), starter, clock, sleep)
