"""Tells of credentials that end soon: an audit event so many days ahead, once each.

A run may be cut off anywhere, come late, or overlap with another: what it told is remembered in the transaction that
tells it, and the next run tells the rest. A run that is more than a day late leaves out what it should have told.
"""

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

import msgspec

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.callers import Actor
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.identifiers import Random, is_client_id, time_ordered_id
from chalicelib.credentials.ports import CredentialReader, IdempotencyRecord, IdempotencyRecords
from chalicelib.errors import Conflict, Unavailable

NOTICE_PREFIX = "expiry-notice:"
SERVICE = Actor(subject="", name="This service", type="service")
"""Who does what nobody asked for."""

_DAY = 86_400
_log = logging.getLogger(__name__)


class NoticesFailed(Exception):
    """Some credentials were not told of: each that failed was logged. The next run tells of them."""


class Window(NamedTuple):
    """Epoch seconds: after ``after``, and ``until`` at the latest."""

    after: int
    until: int


class CredentialDirectory(Protocol):
    def ending_within(self, windows: Sequence[Window]) -> Iterator[Sequence[str]]:
        """Yields, page by page, the client_ids of all tenants' rows whose expiry lies in one of the windows.

        As they were a second ago, or so. Raises Unavailable.
        """


class NoticeWriter(Protocol):
    def write_notice(self, event: AuditEvent, record: IdempotencyRecord) -> None:
        """Writes both or none; raises Superseded if the record is there already, Unavailable."""


class ExpiryNotices:
    """``days``: how many days ahead; none turns the notices off."""

    def __init__(
        self,
        directory: CredentialDirectory,
        reader: CredentialReader,
        records: IdempotencyRecords,
        writer: NoticeWriter,
        days: Sequence[int],
        clock: Clock = time.time,
        random: Random = os.urandom,
    ) -> None:
        self._directory = directory
        self._reader = reader
        self._records = records
        self._writer = writer
        self._days = days
        self._clock = clock
        self._random = random

    def tell(self, has_time: Callable[[], bool]) -> int:
        """Tells what is due while there is time; returns how many notices it wrote.

        One credential that fails keeps none of the others waiting. Raises NoticesFailed at the end, or when time
        ran out, and Unavailable.
        """
        if not self._days:
            return 0
        now = int(self._clock())
        told = failed = 0
        for client_id in self._ending(now, has_time):
            try:
                told += until_unchanged(partial(self._tell_of, client_id, now))
            except (Unavailable, Conflict):
                failed += 1
                _log.warning("the expiry of %s was not told", client_id, exc_info=True)
        _log.info("expiry notices", extra={"metrics": {"ExpiryNotices": (told, "Count")}})
        if failed:
            raise NoticesFailed(f"{failed} credentials")
        return told

    def _ending(self, now: int, has_time: Callable[[], bool]) -> Iterator[str]:
        for page in self._directory.ending_within([_window(days, now) for days in self._days]):
            for client_id in (None, *page):  # a page may have none, and takes time all the same
                if not has_time():
                    raise NoticesFailed("the time ran out: the next run tells the rest")
                if client_id is not None:
                    yield client_id

    def _tell_of(self, client_id: str, now: int) -> bool:
        """Whether there was something to tell. Raises Superseded where another run may have been faster."""
        found = self._reader.read_with_tenant(client_id) if is_client_id(client_id) else None
        if found is None:
            return False
        credential = found.effective(now)
        if credential.status != "active" or credential.expires_at is None:
            return False  # what is revoked or suspended ends nobody's work
        due = [days for days in self._days if _is_in(_window(days, now), credential.expires_at)]
        if not due:
            return False  # edited meanwhile
        event = self._event(credential, credential.expires_at, min(due))
        record = _record(event, credential.expires_at, min(due))
        if self._records.read(record.token_id) is not None:
            return False
        self._writer.write_notice(event, record)
        return True

    def _event(self, credential: Credential, expires_at: int, days: int) -> AuditEvent:
        now = self._clock()
        return AuditEvent(
            tenant_id=credential.tenant_id,
            event_id=time_ordered_id(now, self._random),
            at=int(now),
            action="credential.expiring",
            actor=SERVICE,
            source_ip="",
            request_id="",
            outcome="success",
            client_id=credential.client_id,
            details={"name": credential.name, "expires_at": expires_at, "days_ahead": days},
        )


def _window(days: int, now: int) -> Window:
    """What ends so many days ahead, or up to a day less: that long a run may be late."""
    return Window(now + (days - 1) * _DAY, now + days * _DAY)


def _is_in(window: Window, moment: int) -> bool:
    return window.after < moment <= window.until


def _record(event: AuditEvent, expires_at: int, days: int) -> IdempotencyRecord:
    """One for each credential, expiry and notice: another expiry is told of anew."""
    about = hashlib.sha256(msgspec.json.encode([event.client_id, expires_at, days])).hexdigest()
    return IdempotencyRecord(
        token_id=NOTICE_PREFIX + about,
        fingerprint=about,
        made=event.event_id,
        made_at=event.at,
        expires_at=expires_at,
    )
