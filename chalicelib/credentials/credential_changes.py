"""What the console changes of a credential that is not revoked, always inside the caller's tenant."""

import secrets
import time
from collections.abc import Callable, Container, Mapping

from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials.audit_event import Action, Detail, audit_event
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.credential_patch import CredentialPatch, before_and_after, patched
from chalicelib.credentials.identifiers import Random
from chalicelib.credentials.own_credential import own_credential
from chalicelib.credentials.ports import CredentialReader, CredentialWriter
from chalicelib.errors import CredentialRevoked, PreconditionFailed

Versions = frozenset[int]
"""The versions of a credential that a caller knows and wants to change."""


class CredentialChanges:
    """Each method returns the credential with its effective status; ``expected`` None is for any version.

    Each raises Forbidden, CredentialNotFound, CredentialRevoked, PreconditionFailed, Conflict. What is so already is
    not written again, whatever is expected: a caller who lost the answer asks again and gets it.
    """

    def __init__(
        self,
        reader: CredentialReader,
        writer: CredentialWriter,
        scopes: Container[str],
        clock: Clock = time.time,
        random: Random = secrets.token_bytes,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._scopes = scopes
        self._clock = clock
        self._random = random

    def edit(
        self, caller: Caller, client_id: str, patch: CredentialPatch, expected: Versions | None = None
    ) -> Credential:
        """What the patch says is changed, and nothing else. Raises InvalidRequest too."""

        def edited(before: Credential, now: int) -> Credential:
            return patched(before, patch, self._scopes, now)

        return self._change(caller, client_id, expected, "credential.edited", edited, before_and_after)

    def suspend(self, caller: Caller, client_id: str, expected: Versions | None = None) -> Credential:
        """Nobody can use the credential until it is resumed; again: the same answer."""

        def suspended(before: Credential, now: int) -> Credential:
            if before.suspended_at is not None:
                return before
            return replace(before, suspended_by=caller.actor, suspended_at=now)

        return self._change(caller, client_id, expected, "credential.suspended", suspended)

    def resume(self, caller: Caller, client_id: str, expected: Versions | None = None) -> Credential:
        """The credential is as it would be had nobody suspended it; again: the same answer."""

        def resumed(before: Credential, _now: int) -> Credential:
            return replace(before, suspended_by=None, suspended_at=None)

        return self._change(caller, client_id, expected, "credential.resumed", resumed)

    def _change(
        self,
        caller: Caller,
        client_id: str,
        expected: Versions | None,
        action: Action,
        change: Callable[[Credential, int], Credential],
        details: Callable[[Credential, Credential], Mapping[str, Detail]] = lambda _before, _after: {},
    ) -> Credential:
        """``change`` makes the row that shall be of the row that is, and the time; ``details`` are the event's."""
        caller.require_admin()
        now = self._clock()

        def attempt() -> Credential:
            found = own_credential(self._reader, caller, client_id)
            if found.effective(int(now)).status == "revoked":
                raise CredentialRevoked
            before = found.credential
            after = change(before, int(now))
            if after != before:
                if expected is not None and before.version not in expected:
                    raise PreconditionFailed
                event = audit_event(
                    caller, action, now, self._random, client_id=client_id, details=details(before, after)
                )
                after = replace(after, version=before.version + 1)
                self._writer.update(before, after, event)
            return CredentialWithTenant(after, found.tenant).effective(int(now))

        return until_unchanged(attempt)
