"""What the console changes of a credential that is not revoked, always inside the caller's tenant."""

import os
import time
from collections.abc import Callable, Collection, Container, Mapping

from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials.audit_event import Action, Detail, audit_event
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.credential_patch import CredentialPatch, before_and_after, patched, secrets_before_and_after
from chalicelib.credentials.identifiers import Random
from chalicelib.credentials.own_credential import own_credential
from chalicelib.credentials.ports import CredentialReader, CredentialWriter
from chalicelib.credentials.profile_rules import ProfileRules
from chalicelib.credentials.public_keys import MOST_KEYS, ClientKey, FaultyKey, read_key
from chalicelib.errors import (
    CredentialHasNoKey,
    CredentialRevoked,
    Fault,
    InvalidRequest,
    KeyExists,
    KeyNotFound,
    LastKey,
    LastSecret,
    PreconditionFailed,
    SecretNotFound,
    TooManyKeys,
)

Versions = frozenset[int]
"""The versions of a credential that a caller knows and wants to change."""


_Details = Callable[[CredentialWithTenant, CredentialWithTenant, int], Mapping[str, Detail]]
"""What an event says of a credential as it was, as it is, and the time."""


class CredentialChanges:
    """Each method returns the credential with its effective status; ``expected`` None is for any version.

    Each raises Forbidden, InsufficientScope, CredentialNotFound, CredentialRevoked, PreconditionFailed, Conflict. What
    is so already is not written again, whatever is expected: a caller who lost the answer asks again and gets it.
    """

    def __init__(
        self,
        reader: CredentialReader,
        writer: CredentialWriter,
        profiles: ProfileRules,
        scopes: Container[str],
        longest_life: int | None = None,
        clock: Clock = time.time,
        random: Random = os.urandom,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._profiles = profiles
        self._scopes = scopes
        self._longest_life = longest_life
        self._clock = clock
        self._random = random

    def edit(
        self, caller: Caller, client_id: str, patch: CredentialPatch, expected: Versions | None = None
    ) -> Credential:
        """What the patch says is changed, and nothing else.

        Raises InvalidRequest, OwnCredential and SecurityProfileRequired too.
        """
        caller.require_admin()
        caller.require_another(client_id)

        def edited(before: Credential, now: int) -> Credential:
            after = patched(before, patch, self._scopes, now, self._longest_life)
            caller.require_may_give(after.scopes, self._profiles.of(after.security_profile), to=client_id)
            if after.security_profile != before.security_profile:
                if after.security_profile is None:
                    caller.require_may_relax()
                self._profiles.require_possible(after.security_profile)
            return after

        def details(before: CredentialWithTenant, after: CredentialWithTenant, _now: int) -> Mapping[str, Detail]:
            return before_and_after(before.credential, after.credential)

        return self._change(caller, client_id, expected, "credential.edited", edited, details)

    def suspend(self, caller: Caller, client_id: str, expected: Versions | None = None) -> Credential:
        """Nobody can use the credential until it is resumed; again: the same answer."""
        caller.require_admin()

        def suspended(before: Credential, now: int) -> Credential:
            if before.suspended_at is not None:
                return before
            return replace(before, suspended_by=caller.actor, suspended_at=now)

        return self._change(caller, client_id, expected, "credential.suspended", suspended, _statuses)

    def resume(self, caller: Caller, client_id: str, expected: Versions | None = None) -> Credential:
        """The credential is as it would be had nobody suspended it; again: the same answer."""
        caller.require_admin()

        def resumed(before: Credential, _now: int) -> Credential:
            caller.require_may_give(before.scopes, self._profiles.of(before.security_profile), to=client_id)
            return replace(before, suspended_by=None, suspended_at=None)

        return self._change(caller, client_id, expected, "credential.resumed", resumed, _statuses)

    def end_secret(
        self, caller: Caller, client_id: str, secret_id: str, expected: Versions | None = None
    ) -> Credential:
        """The secret is good for nothing from now on, and its text is forgotten; the others stay as they are.

        Raises SecretNotFound, also for one that has ended, and LastSecret.
        """
        caller.require_rotation(client_id)

        def ended(before: Credential, now: int) -> Credential:
            if before.valid_secret(secret_id, now) is None:
                raise SecretNotFound
            rest = {other: stored for other, stored in before.secrets.items() if other != secret_id}
            if not any(stored.is_valid(now) for stored in rest.values()):
                raise LastSecret
            return replace(before, secrets=rest)

        def details(before: CredentialWithTenant, after: CredentialWithTenant, _now: int) -> Mapping[str, Detail]:
            return {"secret_id": secret_id, **secrets_before_and_after(before.credential, after.credential)}

        return self._change(caller, client_id, expected, "credential.secret_ended", ended, details)

    def add_key(
        self, caller: Caller, client_id: str, jwk: Mapping[str, object], expected: Versions | None = None
    ) -> Credential:
        """The key verifies the client's assertions beside those it has.

        Raises InvalidRequest, CredentialHasNoKey, KeyExists, TooManyKeys.
        """
        caller.require_rotation(client_id)

        def added(before: Credential, _now: int) -> Credential:
            profile = self._profiles.of(before.security_profile)
            caller.require_may_give(before.scopes, profile, to=client_id)
            key = _read(jwk, profile.algorithms)
            if not before.keys:
                raise CredentialHasNoKey
            if any(key.kid == other.kid or key.jwk == other.jwk for other in before.keys):
                raise KeyExists
            if len(before.keys) >= MOST_KEYS:
                raise TooManyKeys
            return replace(before, keys=(*before.keys, key))

        def details(before: CredentialWithTenant, after: CredentialWithTenant, _now: int) -> Mapping[str, Detail]:
            kid = after.credential.keys[-1].kid
            return {"kid": kid, **_keys_before_and_after(before.credential, after.credential)}

        return self._change(caller, client_id, expected, "credential.key_added", added, details)

    def remove_key(self, caller: Caller, client_id: str, kid: str, expected: Versions | None = None) -> Credential:
        """The key verifies nothing from now on. Raises KeyNotFound, LastKey."""
        caller.require_rotation(client_id)

        def removed(before: Credential, _now: int) -> Credential:
            rest = tuple(key for key in before.keys if key.kid != kid)
            if rest == before.keys:
                raise KeyNotFound
            if not rest:
                raise LastKey
            return replace(before, keys=rest)

        def details(before: CredentialWithTenant, after: CredentialWithTenant, _now: int) -> Mapping[str, Detail]:
            return {"kid": kid, **_keys_before_and_after(before.credential, after.credential)}

        return self._change(caller, client_id, expected, "credential.key_removed", removed, details)

    def _change(
        self,
        caller: Caller,
        client_id: str,
        expected: Versions | None,
        action: Action,
        change: Callable[[Credential, int], Credential],
        details: _Details,
    ) -> Credential:
        """``change`` makes the row that shall be of the row that is, and the time; ``details`` are the event's.

        Whether the caller may, each change has asked before.
        """
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
                with_tenant = CredentialWithTenant(after, found.tenant)
                event = audit_event(
                    caller,
                    action,
                    now,
                    self._random,
                    client_id=client_id,
                    details={"name": after.name, **details(found, with_tenant, int(now))},
                )
                after = replace(after, version=before.version + 1)
                self._writer.update(before, after, event)
            return CredentialWithTenant(after, found.tenant).effective(int(now))

        return until_unchanged(attempt)


def _statuses(before: CredentialWithTenant, after: CredentialWithTenant, now: int) -> Mapping[str, Detail]:
    return {name: {"status": one.effective(now).status} for name, one in (("before", before), ("after", after))}


def _keys_before_and_after(before: Credential, after: Credential) -> Mapping[str, Detail]:
    return {name: {"kids": tuple(key.kid for key in one.keys)} for name, one in (("before", before), ("after", after))}


def _read(jwk: Mapping[str, object], allowed: Collection[str]) -> ClientKey:
    try:
        return read_key(dict(jwk), allowed)
    except FaultyKey as error:
        fault = Fault(f"/jwk{error.fault.pointer}", error.fault.detail)
        raise InvalidRequest("The key is not one that can be used.", (fault,)) from error
