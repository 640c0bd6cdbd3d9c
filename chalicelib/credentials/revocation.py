"""Revoke-all: the fence that revokes every credential of a tenant at once.

The sweep stamps the rows afterwards. ``docs/revocation.md`` argues why this order is safe.
"""

import logging
import os
import time

import msgspec
from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials.audit_event import Detail, audit_event
from chalicelib.credentials.callers import Actor, Caller
from chalicelib.credentials.idempotency import idempotency_record, made_before
from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.credentials.ports import CredentialReader, IdempotencyRecords, RevocationWriter
from chalicelib.credentials.sweep import Sweeper
from chalicelib.credentials.tenant import Revocation, Sweep, Tenant
from chalicelib.errors import RevocationNotFound, Unavailable

_KEPT = 10
"""Revoke-alls that a tenant's row remembers: it is read at every exchange and must stay small."""
_KEPT_BYTES = 3_000
"""Of them in JSON: with all else that the row has, it stays below the 4 KB of one read unit."""
_FOLDED = 50
"""Generations whose counts one fence removes at most: DynamoDB takes an expression of 4 KB."""
_SWEEP_IN_REQUEST = 1.5
"""Seconds a request to revoke all spends on the sweep: enough for nearly every tenant to be done in the answer."""

_log = logging.getLogger(__name__)


class RevocationProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a revoke-all is: the fence revoked ``total`` credentials at ``fenced_at``; ``swept`` rows are stamped."""

    revocation_id: str
    generation: int
    revoked_by: Actor
    fenced_at: int
    total: int
    swept: int
    remaining: int
    completed_at: int | None


class RevocationService:
    """``sweep_in_request``: seconds that a revoke-all spends on the sweep before it answers; 0 leaves it to others."""

    def __init__(
        self,
        reader: CredentialReader,
        writer: RevocationWriter,
        records: IdempotencyRecords,
        sweeper: Sweeper,
        clock: Clock = time.time,
        random: Random = os.urandom,
        sweep_in_request: float = _SWEEP_IN_REQUEST,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._records = records
        self._sweeper = sweeper
        self._clock = clock
        self._random = random
        self._sweep_in_request = sweep_in_request

    def revoke_all(self, caller: Caller, key: str | None = None) -> RevocationProgress:
        """Raises the fence: when this returns, every credential made before is revoked.

        Raises Forbidden, Conflict, Unavailable, OutcomeUnknown; nothing once the fence is up. Under an idempotency
        ``key`` it raises one fence: the second time answers the first one's progress, or raises RevocationNotFound
        where too many others came after it.
        """
        caller.require_admin()
        started = self._clock()
        revocation_id = time_ordered_id(started, self._random)
        record = idempotency_record(caller, "revoke_all", key, revocation_id, started)

        def attempt() -> Tenant | str:
            first = made_before(self._records, record)
            if first is not None:
                return first
            before = self._reader.read_tenant(caller.tenant_id) or self._first_row(caller.tenant_id)
            now = self._clock()
            fence = before.generation + 1
            revocation = Revocation(revocation_id=revocation_id, revoked_by=caller.actor, fenced_at=int(now))
            # How many it revoked, the event of its sweep says: until the fence is up others may change the number.
            details: dict[str, Detail] = {
                "revocation_id": revocation_id,
                "generation": fence,
                "before": {"generation": before.generation},
                "after": {"generation": fence},
            }
            event = audit_event(caller, "credentials.revoked_all", now, self._random, details=details)
            fenced = _fenced(before, fence, revocation)
            self._writer.raise_fence(before, fenced, event, record)
            return fenced

        fenced = until_unchanged(attempt)
        return self.progress(caller, fenced) if isinstance(fenced, str) else self._swept_for_a_moment(caller, fenced)

    def progress(self, caller: Caller, revocation_id: str) -> RevocationProgress:
        """Raises RevocationNotFound, also for another tenant's."""
        caller.require_viewer()
        tenant = self._reader.read_tenant(caller.tenant_id)
        if tenant is not None:
            for fence, revocation in tenant.revocations.items():
                if revocation.revocation_id == revocation_id:
                    return _progress(tenant, fence)
        raise RevocationNotFound

    def _first_row(self, tenant_id: str) -> Tenant:
        tenant = Tenant(tenant_id=tenant_id, generation=1, active_counts={}, revocations={})
        self._writer.insert_tenant(tenant)
        return tenant

    def _swept_for_a_moment(self, caller: Caller, fenced: Tenant) -> RevocationProgress:
        """Begins the sweep, and says how far it came.

        The credentials are revoked already: whatever fails here, the revoke-all has succeeded. Where the progress
        cannot be read, it is told from what the fence was raised on.
        """
        end = time.monotonic() + self._sweep_in_request
        told = _progress(fenced, fenced.generation)
        try:
            self._sweeper.resume(caller.tenant_id, lambda: time.monotonic() < end)
        except Unavailable:
            _log.warning("the sweep of %s was cut off; the schedule takes it up", caller.tenant_id, exc_info=True)
        except Exception:  # noqa: BLE001
            _log.exception("the sweep of %s failed; the schedule takes it up", caller.tenant_id)
        try:
            return self.progress(caller, told.revocation_id)
        except Unavailable:
            _log.warning("the progress of %s was not read", told.revocation_id, exc_info=True)
        except Exception:  # noqa: BLE001
            _log.exception("the progress of %s could not be read", told.revocation_id)
        return told


def _fenced(before: Tenant, fence: int, revocation: Revocation) -> Tenant:
    """The tenant after the fence: without the oldest revoke-alls, and with a new sweep from the first row."""
    revocations, counts = _without_the_oldest({**before.revocations, fence: revocation}, before.active_counts)
    return replace(
        before,
        generation=fence,
        revocations=revocations,
        active_counts=counts,
        sweep=Sweep(through=fence, cursor="", swept={}),
    )


def _without_the_oldest(
    revocations: dict[int, Revocation], active_counts: dict[int, int]
) -> tuple[dict[int, Revocation], dict[int, int]]:
    """The latest revoke-alls, and the counts of what they revoked or may yet; however many were never swept.

    Once an unfinished revoke-all is forgotten, the next one counts what it revoked; a finished one's is history. Only
    counts of generations that a fence has passed are touched: they are final.
    """
    revocations, counts, left = dict(revocations), dict(active_counts), _FOLDED
    while len(revocations) > _KEPT or (len(revocations) > 1 and _size(revocations) > _KEPT_BYTES):
        oldest, following, *_ = sorted(revocations)
        passed = sorted(generation for generation in counts if generation < oldest)
        if len(passed) > left:
            # More than one expression takes: they become fewer now, and are forgotten with a later fence.
            counts[passed[-1]] += sum(counts.pop(generation) for generation in passed[:left])
            break
        left -= len(passed)
        unswept = sum(counts.pop(generation) for generation in passed)
        if unswept and revocations[oldest].completed_at is None:
            counts[following - 1] = counts.get(following - 1, 0) + unswept
        del revocations[oldest]
    return revocations, counts


def _size(revocations: dict[int, Revocation]) -> int:
    """About what they take in the row: names of admins may be long."""
    return len(msgspec.json.encode(revocations))


def _progress(tenant: Tenant, fence: int) -> RevocationProgress:
    revocation = tenant.revocations[fence]
    total = tenant.total(fence)
    swept = tenant.swept(fence)
    return RevocationProgress(
        revocation_id=revocation.revocation_id,
        generation=fence,
        revoked_by=revocation.revoked_by,
        fenced_at=revocation.fenced_at,
        total=total,
        swept=swept,
        remaining=total - swept,
        completed_at=revocation.completed_at,
    )
