"""The key ring of one execution environment: the schedule, read anew every minute, says who signs and who verifies."""

import time
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple, Protocol

from chalicelib.clock import Ages, Clock, Moment
from chalicelib.errors import Unavailable
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_schedule import KeyDescription, KeySchedule, RotationRefused
from chalicelib.signing_keys.keys import PublicKey, SigningKey

_RETRY_AFTER = 5.0
"""Seconds after a read that failed in which nobody who only verifies waits for another one."""


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


class _ReadSchedule(NamedTuple):
    schedule: KeySchedule
    read_at: Moment


class ScheduledKeyRing:
    """Implements ``signing_keys.keys.KeyRing``. Before the first schedule ``first_key_id`` is the only key."""

    def __init__(
        self,
        reader: KeyScheduleReader,
        key_provider: KeyProvider,
        first_key_id: str,
        clock: Clock = time.time,
        monotonic: Clock = time.monotonic,
    ) -> None:
        self._reader = reader
        self._provider = key_provider
        self._first_key_id = first_key_id
        self._clock = clock
        self._ages = Ages(clock, monotonic)
        self._lock = Lock()
        self._last: _ReadSchedule | None = None
        self._failed_at: Moment | None = None

    def signing_key(self) -> SigningKey:
        return self._provider.signing_key(key_schedule.signing_key(self._current(), self._clock()))

    def verification_keys(self) -> Sequence[PublicKey]:
        published = key_schedule.published_keys(self._last_known(), self._clock())
        return [public for key in published if (public := self._provider.public_key(key)) is not None]

    def _current(self) -> KeySchedule:
        """The schedule, never older than SCHEDULE_CACHE: no signature is better than one by a key that was dropped."""
        with self._lock:
            if self._last is None or self._ages.age(self._last.read_at) >= key_schedule.SCHEDULE_CACHE:
                # The time before the read: what was written during it may be missing from the answer.
                now = self._ages.now()
                self._last = _ReadSchedule(self._reader.read() or self._implied(int(now.time)), now)
            return self._last.schedule

    def _last_known(self) -> KeySchedule:
        """The schedule, or the last one that could be read, up to STALE_FOR_VERIFIERS: verification goes on."""
        last = self._last
        if last is None or self._ages.age(last.read_at) >= key_schedule.STALE_FOR_VERIFIERS:
            return self._current()
        if self._failed_at is not None and self._ages.age(self._failed_at) < _RETRY_AFTER:
            return last.schedule
        try:
            schedule = self._current()
            self._failed_at = None
        except Unavailable:
            self._failed_at = self._ages.now()
            return last.schedule
        return schedule

    def _implied(self, now: int) -> KeySchedule:
        try:
            return key_schedule.initial(self._provider.describe(self._first_key_id), now)
        except RotationRefused as refusal:
            raise Unavailable from refusal
