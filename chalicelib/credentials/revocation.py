"""Revoke-all: the fence that revokes every credential of a tenant at once.

The sweep stamps the rows afterwards. ``docs/revocation.md`` argues why this order is safe.
"""

import logging
import secrets
import time

import msgspec
from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials.audit_event import audit_event
from chalicelib.credentials.callers import Actor, Caller
from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.credentials.ports import CredentialReader, RevocationWriter
from chalicelib.credentials.sweep import Sweeper
from chalicelib.credentials.tenant import Revocation, Sweep, Tenant
from chalicelib.errors import RevocationNotFound, Unavailable

_KEPT = 10
"""Revoke-alls that a tenant's row remembers: it is read at every exchange and must stay small."""
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
        sweeper: Sweeper,
        clock: Clock = time.time,
        random: Random = secrets.token_bytes,
        sweep_in_request: float = _SWEEP_IN_REQUEST,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._sweeper = sweeper
        self._clock = clock
        self._random = random
        self._sweep_in_request = sweep_in_request

    def revoke_all(self, caller: Caller) -> RevocationProgress:
        """Raises the fence: when this returns, every credential made before is revoked. Raises Forbidden, Conflict."""
        caller.require_admin()

        def attempt() -> str:
            before = self._reader.read_tenant(caller.tenant_id) or self._first_row(caller.tenant_id)
            now = self._clock()
            fence = before.generation + 1
            revocation = Revocation(
                revocation_id=time_ordered_id(now, self._random), revoked_by=caller.actor, fenced_at=int(now)
            )
            details: dict[str, str | int] = {"revocation_id": revocation.revocation_id, "generation": fence}
            event = audit_event(caller, "credentials.revoked_all", now, self._random, details=details)
            self._writer.raise_fence(before, _fenced(before, fence, revocation), event)
            return revocation.revocation_id

        revocation_id = until_unchanged(attempt)
        self._begin_sweep(caller.tenant_id)
        return self.progress(caller, revocation_id)

    def progress(self, caller: Caller, revocation_id: str) -> RevocationProgress:
        """Raises RevocationNotFound, also for another tenant's."""
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

    def _begin_sweep(self, tenant_id: str) -> None:
        """The credentials are revoked already: whatever stops the sweep here, the revoke-all has succeeded."""
        end = time.monotonic() + self._sweep_in_request
        try:
            self._sweeper.resume(tenant_id, lambda: time.monotonic() < end)
        except Unavailable:
            _log.warning("the sweep of %s was cut off; the schedule takes it up", tenant_id, exc_info=True)


def _fenced(before: Tenant, fence: int, revocation: Revocation) -> Tenant:
    """The tenant after the fence: without the oldest revoke-alls, and with a new sweep from the first row."""
    revocations = {**before.revocations, fence: revocation}
    kept = dict(sorted(revocations.items())[-_KEPT:])
    # Once an unfinished revoke-all is forgotten, the next one counts what it revoked; a finished one's is history.
    finished = {f for f, r in before.revocations.items() if f not in kept and r.completed_at is not None}
    counts = {
        generation: count
        for generation, count in before.active_counts.items()
        if generation == before.generation or before.revoking_fence(generation) not in finished
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
