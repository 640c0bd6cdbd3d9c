"""What the schedule and an operator do with the signing keys."""

import logging
import time
from collections.abc import Callable
from typing import Protocol

import msgspec
from msgspec.structs import asdict

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_ring import KeyProvider, KeyScheduleReader
from chalicelib.signing_keys.key_schedule import KeyDescription, KeyRecord, KeySchedule, RotationRefused, Stage

_log = logging.getLogger(__name__)
_REFUSED = {"rotation": "refused"}
"""On each line that says so: the metric and the alarm go by it."""


class KeyStatus(KeyRecord, frozen=True, kw_only=True):
    stage: Stage


class Show(msgspec.Struct, frozen=True, tag_field="command", tag="show", forbid_unknown_fields=True):
    """See the keys."""


class Advance(msgspec.Struct, frozen=True, tag_field="command", tag="advance", forbid_unknown_fields=True):
    """Do now what the schedule would do."""


class Drop(msgspec.Struct, frozen=True, tag_field="command", tag="drop", forbid_unknown_fields=True):
    """An emergency: remove a key at once."""

    kid: str


KeyCommand = Show | Advance | Drop


class KeyScheduleWriter(Protocol):
    def write(self, before: KeySchedule | None, after: KeySchedule) -> None:
        """Raises Superseded unless the schedule still is the one before, Unavailable."""


class KeyOperations:
    """Shows and changes the schedule. ``wanted_key_id`` names the key to sign with: a new one begins a rotation."""

    def __init__(
        self,
        reader: KeyScheduleReader,
        writer: KeyScheduleWriter,
        key_provider: KeyProvider,
        wanted_key_id: str,
        clock: Clock = time.time,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._provider = key_provider
        self._wanted_key_id = wanted_key_id
        self._clock = clock

    def run(self, command: KeyCommand) -> tuple[KeyStatus, ...]:
        """An operator's command. Raises RotationRefused, Conflict, Unavailable."""
        match command:
            case Show():
                return self.show()
            case Advance():
                return self.advance()
            case Drop(kid):
                return self.drop(kid)

    def show(self) -> tuple[KeyStatus, ...]:
        """Every key of the schedule, oldest to newest; none before the first ``advance``. Raises Unavailable."""
        schedule, now = self._reader.read(), self._clock()
        return () if schedule is None else _status(schedule, now)

    def advance(self) -> tuple[KeyStatus, ...]:
        """Writes the first schedule, begins the rotation to a new wanted key, removes the keys that are over.

        May be repeated, and run by several at once. Raises RotationRefused if the first key cannot sign, Conflict,
        Unavailable.
        """
        return self._change(self._advanced)

    def drop(self, kid: str) -> tuple[KeyStatus, ...]:
        """Removes a key at once. If it was the current one and there is no next, the wanted key takes over.

        Other execution environments follow within SCHEDULE_CACHE seconds, verifiers when their JWK Set is due.
        Raises RotationRefused, Conflict, Unavailable.
        """

        def dropped(before: KeySchedule | None, now: int) -> KeySchedule:
            if before is None:
                raise RotationRefused("there is no schedule yet: advance first")
            return key_schedule.drop(before, kid, self._usable_wanted_key(), now)

        return self._change(dropped)

    def _advanced(self, before: KeySchedule | None, now: int) -> KeySchedule:
        if before is None:
            return key_schedule.initial(self._provider.describe(self._wanted_key_id), now)
        kept = key_schedule.retire(before, now)
        wanted = self._usable_wanted_key()
        if wanted is None or wanted.kid == kept.keys[-1].kid:
            return kept
        try:
            return key_schedule.rotate(kept, wanted, now)
        except RotationRefused as refusal:
            _log.warning("no rotation to the key of SIGNING_KEY_ID: %s", refusal, extra=_REFUSED)
            return kept

    def _usable_wanted_key(self) -> KeyDescription | None:
        """The wanted key, or None if it cannot sign: other changes, an emergency above all, must not wait for it."""
        try:
            return self._provider.describe(self._wanted_key_id)
        except RotationRefused as refusal:
            _log.warning("the key of SIGNING_KEY_ID is of no use: %s", refusal, extra=_REFUSED)
            return None

    def _change(self, change: Callable[[KeySchedule | None, int], KeySchedule]) -> tuple[KeyStatus, ...]:
        def attempt() -> tuple[KeyStatus, ...]:
            before, now = self._reader.read(), int(self._clock())
            after = change(before, now)
            if after != before:
                self._writer.write(before, after)
            status = _status(after, now)
            _log.info(
                "signing keys", extra={"changed": after != before, "keys": [msgspec.to_builtins(key) for key in status]}
            )
            return status

        return until_unchanged(attempt)


def _status(schedule: KeySchedule, now: float) -> tuple[KeyStatus, ...]:
    return tuple(KeyStatus(**asdict(key), stage=key_schedule.stage(schedule, key, now)) for key in schedule.keys)
