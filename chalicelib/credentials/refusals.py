"""Refused clients whose credential is known: an admin sees that a dead credential is still in use, or is attacked."""

import logging
import os
import time
from typing import Literal, NamedTuple

from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Ages, Clock, Moment
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.callers import Actor, RequestOrigin
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.identifiers import Random, time_ordered_id
from chalicelib.credentials.ports import RefusalWriter
from chalicelib.errors import Unavailable

Reason = Literal["revoked", "expired", "suspended", "authentication", "address", "limit"]
"""``authentication``: the secret or assertion was wrong, or sent in another way than the credential was made for.
``limit``: it had as many exchanges in the minute as it, or its tenant, may."""
_PAUSE = 60
"""Seconds after a write that failed in which this refusal is not tried again."""
_REMEMBERED = 10_000
"""Refusals that one execution environment remembers, about 300 bytes each."""
_log = logging.getLogger(__name__)


class _Noted(NamedTuple):
    at: Moment
    seconds: int
    """For how long it needs no further write."""


class Refusals:
    """At most one event per credential and reason in ``interval`` seconds, so that nobody can fill the audit trail.

    0 writes none. What was noted is remembered, so that most refusals cost no call.
    """

    def __init__(
        self,
        writer: RefusalWriter,
        interval: int,
        clock: Clock = time.time,
        random: Random = os.urandom,
    ) -> None:
        self._writer = writer
        self._interval = interval
        self._clock = clock
        self._random = random
        self._ages = Ages(clock)
        self._noted = BoundedCache[tuple[str, Reason], _Noted](_REMEMBERED)

    def note(self, credential: Credential, reason: Reason, origin: RequestOrigin) -> None:
        """Writes the event unless there is one already, in one attempt. Never raises: the refusal stays a refusal."""
        which = credential.client_id, reason
        noted = self._noted.get(which)
        if not self._interval or (noted is not None and self._ages.age(noted.at) < noted.seconds):
            return
        now, seconds = self._clock(), self._interval
        try:
            self._writer.write(self._event(credential, reason, origin, now), reason, int(now) + self._interval)
        except Superseded:
            seconds = min(_PAUSE, self._interval)  # Somebody noted it; it is not known here when.
        except Unavailable:
            seconds = _PAUSE
        except Exception:  # noqa: BLE001  (no defect of this may make a 500 of a 401)
            _log.exception("a refusal cannot be written")
            seconds = _PAUSE
        self._noted.put(which, _Noted(self._ages.now(), seconds))

    def _event(self, credential: Credential, reason: Reason, origin: RequestOrigin, now: float) -> AuditEvent:
        return AuditEvent(
            tenant_id=credential.tenant_id,
            event_id=time_ordered_id(now, self._random),
            at=int(now),
            action="credential.refused",
            actor=Actor(subject=credential.client_id, name=credential.name, type="credential"),
            source_ip=origin.address or "",
            request_id=origin.request_id,
            outcome="failure",
            client_id=credential.client_id,
            details={"name": credential.name, "reason": reason},
        )
