"""Which key signs when, and how long each is published: a schedule that every reader applies by its own clock.

A rotation is written in one go, with its times in the future, so nothing has to happen at the moment of the switch.
``docs/adr/signing-key-rotation.md`` argues why these times are enough. All times are epoch seconds; all durations
seconds.
"""

from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.clock import EpochSeconds
from chalicelib.errors import Unavailable
from chalicelib.settings import LONGEST_TOKEN_LIFETIME

JWKS_MAX_AGE = 300
"""How long a verifier may keep our JWK Set."""
SCHEDULE_CACHE = 60
"""How long an execution environment may use a schedule that it has read."""
STALE_FOR_VERIFIERS = 3600
"""How old a schedule may be that still says which keys verify while the table is away: it names every key that signs,
since a key is published three hours before; a drop that got no further than the table is missing in it."""
PUBLISH_AHEAD = 3 * 3600
"""From a key's publication to its first signature. Far over our max-age, since the JWT authorizer of an HTTP API keeps
a JWK Set for two hours whatever we say."""
KEPT_AFTER = LONGEST_TOKEN_LIFETIME + 600  # of tokens issued under any setting, before or after a deployment
"""From a key's last signature to its end in the JWK Set: its last token, a verifier's leeway, differing clocks."""

Stage = Literal["next", "current", "previous", "gone"]


class RotationRefused(Exception):
    """The schedule was left as it is; the text tells an operator why."""


class KeyDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A key outside the schedule: ``key_id`` names the key itself, no alias; ``kid`` is its RFC 7638 thumbprint."""

    key_id: str
    kid: str
    algorithm: str


class KeyRecord(KeyDescription, frozen=True, kw_only=True, omit_defaults=True):
    """A published key. Its algorithm is settled at publication: verifiers may hold it to the ``alg`` they have seen."""

    published_at: EpochSeconds
    signs_from: EpochSeconds
    signs_until: EpochSeconds | None = None


class KeySchedule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The published keys, oldest to newest: each signs until its ``signs_until``, then the one after it does.

    ``gone`` has the time at which each key left, by kid: a key never comes back. ``version`` counts the changes.
    """

    version: int
    keys: tuple[KeyRecord, ...]
    gone: dict[str, int] = {}


def initial(key: KeyDescription, now: int) -> KeySchedule:
    """The schedule of a new deployment: its one key signs at once, as it did while there was no schedule."""
    return KeySchedule(version=1, keys=(_record(key, now, now),))


def signing_key(schedule: KeySchedule, now: float) -> KeyRecord:
    """The key that signs now. Raises Unavailable where the schedule, read in part, has none."""
    signing = next((key for key in schedule.keys if key.signs_until is None or now < key.signs_until), None)
    if signing is None:
        raise Unavailable
    return signing


def published_keys(schedule: KeySchedule, now: float) -> tuple[KeyRecord, ...]:
    """The keys of the JWK Set."""
    return tuple(key for key in schedule.keys if not _is_over(key, now))


def stage(schedule: KeySchedule, key: KeyRecord, now: float) -> Stage:
    if _is_over(key, now):
        return "gone"
    if key.signs_until is not None and now >= key.signs_until:
        return "previous"
    return "current" if key == signing_key(schedule, now) else "next"


def rotate(schedule: KeySchedule, key: KeyDescription, now: int) -> KeySchedule:
    """Publishes a key that takes over in PUBLISH_AHEAD seconds. Raises RotationRefused."""
    if key.kid in schedule.gone:
        raise RotationRefused(f"key {key.kid} has been retired or dropped, and never comes back")
    if any(known.kid == key.kid for known in schedule.keys):
        raise RotationRefused(f"key {key.kid} is published already")
    *older, newest = schedule.keys
    if newest.signs_from > now:
        raise RotationRefused(f"a rotation to key {newest.kid} is under way")
    takes_over = now + PUBLISH_AHEAD
    keys = (*older, replace(newest, signs_until=takes_over), _record(key, now, takes_over))
    return _changed(schedule, keys, schedule.gone)


def retire(schedule: KeySchedule, now: int) -> KeySchedule:
    """Removes the keys whose tokens have all expired; the same schedule if there are none."""
    over = {key.kid: now for key in schedule.keys if _is_over(key, now)}
    if not over:
        return schedule
    return _changed(schedule, published_keys(schedule, now), schedule.gone | over)


def drop(schedule: KeySchedule, kid: str, replacement: KeyDescription | None, now: int) -> KeySchedule:
    """An emergency: the key leaves at once, whatever its tokens. Raises RotationRefused.

    A key that is gone already is no refusal: the answer to an operator's first drop may have been lost.

    If it was the one that signs, the next one signs from now on, or else the replacement, published or not: a verifier
    that keeps an older JWK Set and does not ask again for an unknown kid refuses its tokens until the max-age is over.
    """
    if kid in schedule.gone:
        return schedule
    dropped = next((key for key in schedule.keys if key.kid == kid), None)
    if dropped is None:
        raise RotationRefused(f"key {kid} is not published")
    was = stage(schedule, dropped, now)
    keys = tuple(key for key in schedule.keys if key.kid != kid)
    if was == "next":
        keys = (*keys[:-1], replace(keys[-1], signs_until=None))
    if was == "current":
        keys = _with_successor(schedule, keys, kid, replacement, now)
    return _changed(schedule, keys, schedule.gone | {kid: now})


def _with_successor(
    schedule: KeySchedule, left: tuple[KeyRecord, ...], dropped: str, replacement: KeyDescription | None, now: int
) -> tuple[KeyRecord, ...]:
    if left and left[-1].signs_until is None:
        return (*left[:-1], replace(left[-1], signs_from=now))
    # Not a previous key: it was rotated away, perhaps for a reason.
    known = {dropped, *schedule.gone, *(key.kid for key in left)}
    if replacement is None or replacement.kid in known:
        raise RotationRefused("there is no other key to sign with: point SIGNING_KEY_ID at a new one first")
    return (*left, _record(replacement, now, now))


def _is_over(key: KeyRecord, now: float) -> bool:
    return key.signs_until is not None and now >= key.signs_until + KEPT_AFTER


def _record(key: KeyDescription, published_at: int, signs_from: int) -> KeyRecord:
    return KeyRecord(
        key_id=key.key_id, kid=key.kid, algorithm=key.algorithm, published_at=published_at, signs_from=signs_from
    )


def _changed(schedule: KeySchedule, keys: tuple[KeyRecord, ...], gone: dict[str, int]) -> KeySchedule:
    return KeySchedule(version=schedule.version + 1, keys=keys, gone=gone)
