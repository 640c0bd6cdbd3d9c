"""What happens to a client secret that somebody reports as leaked.

Whatever the operator chose, it happens to a secret once: the transaction that does it marks the secret's digest. So a
report may be sent again, overlap with another, or be cut off anywhere; who repeats it changes nothing that is done.
"""

import logging
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib import deadline
from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials.audit_event import Action, AuditEvent, Detail, audit_event
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.credential_patch import secrets_before_and_after
from chalicelib.credentials.identifiers import Random
from chalicelib.credentials.ports import CredentialReader, LeakWriter, SecretDigestReader
from chalicelib.credentials.secret_digests import SecretDigest, digest_id
from chalicelib.errors import Conflict, ReportUnfinished, Unavailable

Consequence = Literal["tell", "end_secret", "suspend", "revoke"]
"""``tell``: there is an audit event, and no more. ``suspend`` ends the secret, too: to resume must not revive it."""
_RESERVE = 1.5
"""Seconds that a request keeps for its answer: with less left it begins on no further secret."""
_log = logging.getLogger(__name__)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A secret, and where it was found, in words that hold no secret and that an audit trail may show."""

    secret: ClientSecret
    source: str
    url: str = ""


class Reporter(msgspec.Struct, frozen=True, kw_only=True):
    """Who reports, under the name that an audit trail shows, and from where."""

    name: str
    source_ip: str
    request_id: str

    def caller(self, tenant_id: str) -> Caller:
        return Caller(
            tenant_id=tenant_id,
            type="service",
            subject="",
            name=self.name,
            roles=frozenset(),
            source_ip=self.source_ip,
            request_id=self.request_id,
        )


ReportOfLeaks = Callable[[Sequence[Finding], Reporter], frozenset[str]]
"""``LeakedSecrets.report``."""


class LeakedSecrets:
    def __init__(
        self,
        digests: SecretDigestReader,
        reader: CredentialReader,
        writer: LeakWriter,
        consequence: Consequence,
        clock: Clock = time.time,
        random: Random = os.urandom,
    ) -> None:
        self._digests = digests
        self._reader = reader
        self._writer = writer
        self._consequence = consequence
        self._clock = clock
        self._random = random

    def report(self, findings: Sequence[Finding], reporter: Reporter) -> frozenset[str]:
        """The digests' ids of those that are secrets of this service, or were: to each has happened what should.

        One that fails keeps none of the others waiting. Raises ReportUnfinished where some were not done, since they
        failed or the request's time was up; and Unavailable where nothing was begun.
        """
        found_by_id = {digest_id(finding.secret): finding for finding in findings}
        known = self._digests.find(list(found_by_id))
        undone = [digest for digest in known.values() if not self._is_done(digest)]
        failed = 0
        for number, digest in enumerate(undone):
            if number and not _has_time():
                _log.warning("the time for a report of leaked secrets is up", extra={"left": len(undone) - number})
                raise ReportUnfinished
            try:
                self._carry_out(found_by_id[digest.token_id], digest, reporter)
            except (Unavailable, Conflict):
                failed += 1
                _log.warning("a leaked secret of %s was not dealt with", digest.client_id, exc_info=True)
        if failed:
            raise ReportUnfinished
        return frozenset(known)

    def _is_done(self, digest: SecretDigest) -> bool:
        """What was only told of is not done once the operator wants more."""
        return digest.consequence not in (None, "tell") or digest.consequence == self._consequence

    def _carry_out(self, finding: Finding, digest: SecretDigest, reporter: Reporter) -> None:
        """Raises Conflict, Unavailable."""
        first_read = [digest]

        def attempt() -> None:
            current = first_read.pop() if first_read else self._digests.find([digest.token_id])[digest.token_id]
            found = self._reader.read_with_tenant(digest.client_id)
            if found is None or self._is_done(current):  # its tenant's rows are gone; another report was faster
                return
            now = self._clock()
            caller = reporter.caller(found.credential.tenant_id)
            after = self._after(found, finding.secret, caller, int(now))
            events = self._events(found, after, finding, caller, now)
            self._writer.write(current, self._consequence, found.credential, after, events)

        until_unchanged(attempt)

    def _after(self, found: CredentialWithTenant, secret: ClientSecret, caller: Caller, now: int) -> Credential:
        """The credential as it shall be; as it is, where the secret is good for nothing any more."""
        before = found.credential
        is_valid = found.effective(now).status != "revoked" and before.valid_secret(secret.secret_id, now) is not None
        if not is_valid or self._consequence == "tell":
            return before
        version = before.version + 1
        if self._consequence == "revoke":
            return replace(before, status="revoked", revoked_by=caller.actor, revoked_at=now, version=version)
        # The last one, too, which no admin may end: the credential has none then, until one is added.
        rest = {other: stored for other, stored in before.secrets.items() if other != secret.secret_id}
        after = replace(before, secrets=rest, version=version)
        if self._consequence == "suspend" and before.suspended_at is None:
            return replace(after, suspended_by=caller.actor, suspended_at=now)
        return after

    def _events(
        self, found: CredentialWithTenant, after: Credential, finding: Finding, caller: Caller, now: float
    ) -> Sequence[AuditEvent]:
        """The report's, and behind it one for each change, as if an admin had made it."""
        before, secret_id = found.credential, finding.secret.secret_id
        told = self._consequence if after != before or self._consequence == "tell" else "none"
        leaked: dict[str, Detail] = {
            "secret_id": secret_id,
            "consequence": told,
            "source": finding.source,
            "url": finding.url,
        }
        changes: list[tuple[Action, dict[str, Detail]]] = [("credential.secret_leaked", leaked)]
        if after.secrets != before.secrets:
            ended = {"secret_id": secret_id, **secrets_before_and_after(before, after)}
            changes.append(("credential.secret_ended", ended))
        statuses: dict[str, Detail] = {
            "before": {"status": found.effective(int(now)).status},
            "after": {"status": CredentialWithTenant(after, found.tenant).effective(int(now)).status},
        }
        if after.suspended_at != before.suspended_at:
            changes.append(("credential.suspended", statuses))
        if after.status != before.status:
            changes.append(("credential.revoked", statuses))
        make = partial(audit_event, caller, random=self._random, client_id=before.client_id)
        # A millisecond apart, so that they stand in the trail in this order.
        return [
            make(action, now=now + number / 1000, details={"name": before.name, **details})
            for number, (action, details) in enumerate(changes)
        ]


def _has_time() -> bool:
    request = deadline.current()
    return request is None or request.remaining() > _RESERVE
