"""The algorithm that tokens are signed by, for who has no signing key."""

import time

from chalicelib.clock import Clock
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_ring import KeyScheduleReader


class ScheduledAlgorithm:
    """Implements ``credentials.ports.SigningAlgorithm``."""

    def __init__(self, reader: KeyScheduleReader, clock: Clock = time.time) -> None:
        self._reader = reader
        self._clock = clock

    def current(self) -> str | None:
        schedule = self._reader.read()
        return None if schedule is None else key_schedule.signing_key(schedule, self._clock()).algorithm
