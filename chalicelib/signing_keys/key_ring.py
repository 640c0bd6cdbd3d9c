"""The key ring of one execution environment: the schedule, read anew every minute, says who signs and who verifies."""

import time
from collections.abc import Sequence
from threading import Lock
from typing import Protocol

from chalicelib.clock import Clock
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_schedule import KeyDescription, KeySchedule
from chalicelib.signing_keys.keys import PublicKey, SigningKey


class KeyScheduleReader(Protocol):
    def read(self) -> KeySchedule | None:
        """The schedule as it is now, None before its first write. Raises Unavailable."""


class KeyProvider(Protocol):
    def describe(self, key_id: str) -> KeyDescription:
        """The key that an id or alias stands for. Raises RotationRefused for one that cannot sign, Unavailable."""

    def signing_key(self, key: KeyDescription) -> SigningKey: ...

    def public_key(self, key: KeyDescription) -> PublicKey | None:
        """None where the provider no longer gives it out: then it must not verify anything either.

        Raises Unavailable.
        """


class ScheduledKeyRing:
    """Implements ``signing_keys.keys.KeyRing``. Before the first schedule ``first_key_id`` is the only key."""

    def __init__(
        self, reader: KeyScheduleReader, key_provider: KeyProvider, first_key_id: str, clock: Clock = time.time
    ) -> None:
        self._reader = reader
        self._provider = key_provider
        self._first_key_id = first_key_id
        self._clock = clock
        self._lock = Lock()
        self._read_at = float("-inf")
        self._schedule: KeySchedule | None = None

    def signing_key(self) -> SigningKey:
        return self._provider.signing_key(key_schedule.signing_key(self._current(), self._clock()))

    def verification_keys(self) -> Sequence[PublicKey]:
        published = key_schedule.published_keys(self._current(), self._clock())
        return [public for key in published if (public := self._provider.public_key(key)) is not None]

    def _current(self) -> KeySchedule:
        """The schedule, never older than SCHEDULE_CACHE: no answer is better than a key that is no longer published."""
        with self._lock:
            now = self._clock()
            if self._schedule is None or not 0 <= now - self._read_at < key_schedule.SCHEDULE_CACHE:
                self._schedule = self._reader.read() or self._implied(int(now))
                # The time before the read: what was written during it may be missing from the answer.
                self._read_at = now
            return self._schedule

    def _implied(self, now: int) -> KeySchedule:
        return key_schedule.initial(self._provider.describe(self._first_key_id), now)
