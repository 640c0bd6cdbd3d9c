"""The sweep: stamps the rows of the credentials that a fence has revoked.

It may be cut off anywhere and resumed by anyone: ``docs/revocation.md`` argues why.
"""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.credentials.ports import CredentialReader, SweepStarter, SweepStore
from chalicelib.credentials.tenant import Sweep, Tenant
from chalicelib.errors import Unavailable

_READ_SIZE = 1000
_BATCH = 100
"""The most that one TransactWriteItems takes."""

_log = logging.getLogger(__name__)


class SweepsFailed(Exception):
    """Some sweeps were cut off by a failure, which was logged for each; the others went on."""


HasTime = Callable[[], bool]
"""True while there is time for another batch: a Lambda function must stop before it is stopped."""


class Sweeper:
    """``starter`` continues a sweep that ran out of time; None: only the schedule does."""

    def __init__(
        self,
        reader: CredentialReader,
        store: SweepStore,
        starter: SweepStarter | None,
        clock: Clock = time.time,
        random: Random = os.urandom,
    ) -> None:
        self._reader = reader
        self._store = store
        self._starter = starter
        self._clock = clock
        self._random = random

    def sweep(self, tenant_id: str, has_time: HasTime) -> bool:
        """Stamps what the fences revoked, from where the last sweep stopped; True when nothing is left to stamp.

        May be cut off anywhere, repeated, and run by several at once: each step is conditional on the one before.
        Raises Unavailable.
        """
        while has_time():
            tenant = self._reader.read_tenant(tenant_id)
            if tenant is None or tenant.sweep is None:
                return True
            page = self._reader.oldest_first(tenant_id, tenant.sweep.cursor, _READ_SIZE)
            swept = self._stamp(tenant, tenant.sweep, page.rows, has_time)
            if swept is None:
                return False
            done = replace(
                tenant.sweep, cursor=page.rows[-1].client_id if page.rows else tenant.sweep.cursor, swept=swept
            )
            try:
                if page.more:
                    self._store.checkpoint(tenant_id, tenant.sweep, done)
                else:
                    self._complete(tenant, done)
            except Superseded:
                # Another sweep moved the cursor, or a new fence began a sweep of its own: go on from what they left.
                continue
        return False

    def resume(self, tenant_id: str, has_time: HasTime) -> bool:
        """Sweeps, and starts the rest elsewhere when time runs out; True when nothing is left. Raises Unavailable."""
        done = self.sweep(tenant_id, has_time)
        if not done and self._starter is not None:
            self._starter.start(tenant_id)
        return done

    def resume_all(self, has_time: HasTime) -> int:
        """Resumes every unfinished sweep while there is time; returns how many it found.

        One that fails keeps none of the others waiting. Raises SweepsFailed when all have had their turn, Unavailable.
        """
        unfinished = self._store.unfinished_sweeps()
        _log.info("unfinished sweeps", extra={"metrics": {"UnfinishedSweeps": (len(unfinished), "Count")}})
        failed = 0
        # In another order each time: a tenant whose sweep takes all the time there is must not take it every time.
        for tenant_id in sorted(unfinished, key=lambda _: self._random(8)):
            if not has_time():
                break
            try:
                self.resume(tenant_id, has_time)
            except Unavailable:
                failed += 1
                _log.warning("the sweep of %s was cut off", tenant_id, exc_info=True)
            except Exception:  # noqa: BLE001  (whatever it is, it concerns this tenant alone)
                failed += 1
                _log.exception("the sweep of %s failed", tenant_id)
        if failed:
            raise SweepsFailed(f"{failed} of {len(unfinished)} sweeps")
        return len(unfinished)

    def _stamp(
        self, tenant: Tenant, sweep: Sweep, rows: Sequence[Credential], has_time: HasTime
    ) -> dict[int, int] | None:
        """Stamps the rows that a fence has revoked; returns the counts with them added, or None where time ran out."""
        behind = [row for row in rows if row.status == "active" and row.generation < sweep.through]
        fenced = [CredentialWithTenant(row, tenant).effective(now=0) for row in behind]
        for start in range(0, len(fenced), _BATCH):
            if not has_time():
                return None
            self._store.stamp(fenced[start : start + _BATCH], sweep.through)
        fences = {revocation.revocation_id: fence for fence, revocation in tenant.revocations.items()}
        stamped = [row.revocation_id for row in rows if row.status == "revoked"] + [row.revocation_id for row in fenced]
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
        self._store.complete(tenant, after, events)
