"""Revoke-all: the fence that kills every credential of a tenant at once, and the sweep that stamps their rows.

Why this order is safe is argued in ``docs/revocation.md``.
"""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from msgspec.structs import replace

from chalicelib.credentials.audit import Clock, audit_event
from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.credentials.model import Actor, AuditEvent, Caller, Credential, Revocation, Sweep, Tenant, as_seen
from chalicelib.credentials.ports import CredentialStore, RevocationStore, Superseded
from chalicelib.credentials.service import ATTEMPTS, require_admin
from chalicelib.errors import Conflict, RevocationNotFound, Unavailable

_KEPT = 10
"""Revoke-alls a tenant's row tells of: it is read at every exchange and must stay small."""
_READ_SIZE = 1000
_BATCH = 100
"""The most that one TransactWriteItems takes."""
_SWEEP_IN_REQUEST = 1.5
"""Seconds a request to revoke all spends on the sweep: enough for nearly every tenant to be done in the answer."""

_log = logging.getLogger(__name__)

HasTime = Callable[[], bool]
"""True while there is time for another batch: a Lambda function must stop before it is stopped."""


class SweepStarter(Protocol):
    def start(self, tenant_id: str) -> None:
        """Has the sweep of this tenant go on elsewhere, and does not wait for it. Raises Unavailable."""


class RevocationProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a revoke-all is. ``total`` credentials died at ``fenced_at``; of ``swept`` the rows say so by now."""

    revocation_id: str
    generation: int
    revoked_by: Actor
    fenced_at: int
    total: int
    swept: int
    remaining: int
    completed_at: int | None


class RevocationService:
    def __init__(
        self,
        credentials: CredentialStore,
        revocations: RevocationStore,
        starter: SweepStarter | None,
        clock: Clock = time.time,
        random: Random = secrets.token_bytes,
        sweep_in_request: float = _SWEEP_IN_REQUEST,
    ) -> None:
        self._credentials = credentials
        self._revocations = revocations
        self._starter = starter
        self._clock = clock
        self._random = random
        self._sweep_in_request = sweep_in_request

    def revoke_all(self, caller: Caller) -> RevocationProgress:
        """Raises the fence: when this returns, every credential made before is dead. Raises Forbidden, Conflict."""
        require_admin(caller)
        for _ in range(ATTEMPTS):
            before = self._credentials.ensure_tenant(caller.tenant_id)
            now = self._clock()
            fence = before.generation + 1
            revocation = Revocation(
                revocation_id=time_ordered_id(now, self._random), revoked_by=caller.actor, fenced_at=int(now)
            )
            event = audit_event(
                caller,
                "credentials.revoked_all",
                now,
                self._random,
                details={"revocation_id": revocation.revocation_id, "generation": fence},
            )
            after = _fenced(before, fence, revocation)
            try:
                self._revocations.raise_fence(before, after, event)
            except Superseded:
                continue
            self._begin_sweep(caller.tenant_id)
            return self._progress_of(caller.tenant_id, revocation.revocation_id)
        raise Conflict

    def progress(self, caller: Caller, revocation_id: str) -> RevocationProgress:
        """Raises RevocationNotFound, also for another tenant's."""
        return self._progress_of(caller.tenant_id, revocation_id)

    def sweep(self, tenant_id: str, has_time: HasTime) -> bool:
        """Stamps what the fences killed, from where the last sweep stopped; True when nothing is left to stamp.

        May be cut off anywhere, repeated, and run by several at once: each step is conditional on the one before.
        """
        while has_time():
            tenant = self._credentials.tenant(tenant_id)
            if tenant is None or tenant.sweep is None:
                return True
            page = self._credentials.oldest_first(tenant_id, tenant.sweep.cursor, _READ_SIZE)
            swept = self._stamp(tenant, tenant.sweep, page.rows, has_time)
            if swept is None:
                return False
            done = replace(
                tenant.sweep, cursor=page.rows[-1].client_id if page.rows else tenant.sweep.cursor, swept=swept
            )
            try:
                if page.more:
                    self._revocations.checkpoint(tenant_id, tenant.sweep, done)
                else:
                    self._complete(tenant, done)
            except Superseded:
                # Another sweep moved the cursor, or a new fence began a sweep of its own: go on from what they left.
                continue
        return False

    def resume(self, tenant_id: str, has_time: HasTime) -> bool:
        """Sweeps, and has the rest go on elsewhere; True when nothing is left. Raises Unavailable."""
        done = self.sweep(tenant_id, has_time)
        if not done and self._starter is not None:
            self._starter.start(tenant_id)
        return done

    def resume_all(self, has_time: HasTime) -> int:
        """Takes up every sweep that was begun and not ended, for as long as there is time; says how many it found."""
        unfinished = self._revocations.unfinished_sweeps()
        _log.info("unfinished sweeps", extra={"metrics": {"UnfinishedSweeps": (len(unfinished), "Count")}})
        for tenant_id in unfinished:
            if has_time():
                self.resume(tenant_id, has_time)
        return len(unfinished)

    def _begin_sweep(self, tenant_id: str) -> None:
        """The credentials are dead already: whatever stops the sweep here, the answer to the caller is yes."""
        end = time.monotonic() + self._sweep_in_request
        try:
            self.resume(tenant_id, lambda: time.monotonic() < end)
        except Unavailable:
            _log.warning("the sweep of %s was cut off; the schedule takes it up", tenant_id, exc_info=True)

    def _progress_of(self, tenant_id: str, revocation_id: str) -> RevocationProgress:
        tenant = self._credentials.tenant(tenant_id)
        if tenant is not None:
            for fence, revocation in tenant.revocations.items():
                if revocation.revocation_id == revocation_id:
                    return _progress(tenant, fence)
        raise RevocationNotFound

    def _stamp(
        self, tenant: Tenant, sweep: Sweep, rows: Sequence[Credential], has_time: HasTime
    ) -> dict[int, int] | None:
        """Stamps the dead among the rows; the counts with them added, or None where time ran out."""
        behind = [row for row in rows if row.status == "active" and row.generation < sweep.through]
        dead = [as_seen(row, tenant, now=0) for row in behind]
        for start in range(0, len(dead), _BATCH):
            if not has_time():
                return None
            self._revocations.stamp(dead[start : start + _BATCH], sweep.through)
        fences = {revocation.revocation_id: fence for fence, revocation in tenant.revocations.items()}
        stamped = [row.revocation_id for row in rows if row.status == "revoked"] + [row.revocation_id for row in dead]
        counts = Counter(sweep.swept)
        counts.update(fences[revocation_id] for revocation_id in stamped if revocation_id in fences)
        return dict(counts)

    def _complete(self, tenant: Tenant, sweep: Sweep) -> None:
        now = self._clock()
        open_revocations = {fence: r for fence, r in tenant.revocations.items() if r.completed_at is None}
        after = replace(
            tenant,
            revocations=tenant.revocations
            | {fence: replace(r, completed_at=int(now)) for fence, r in open_revocations.items()},
            sweep=None,
        )
        events = [
            AuditEvent(
                tenant_id=tenant.tenant_id,
                event_id=time_ordered_id(now, self._random),
                at=int(now),
                action="credentials.swept",
                actor=revocation.revoked_by,
                source_ip="",
                request_id="",
                outcome="success",
                details={"revocation_id": revocation.revocation_id, "swept": sweep.swept.get(fence, 0)},
            )
            for fence, revocation in open_revocations.items()
        ]
        self._revocations.complete(tenant, after, events)


def _fenced(before: Tenant, fence: int, revocation: Revocation) -> Tenant:
    """The tenant once the fence is up: the oldest revoke-alls forgotten, the sweep begun anew from the first row."""
    revocations = {**before.revocations, fence: revocation}
    kept = dict(sorted(revocations.items())[-_KEPT:])
    # What an unfinished revoke-all killed is counted to the next one once it is forgotten; a finished one's is history.
    finished = {f for f, r in before.revocations.items() if f not in kept and r.completed_at is not None}
    counts = {
        generation: count
        for generation, count in before.active_counts.items()
        if generation == before.generation or before.fence_that_killed(generation) not in finished
    }
    return replace(
        before,
        generation=fence,
        revocations=kept,
        active_counts=counts,
        sweep=Sweep(through=fence, cursor="", swept={}),
    )


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
