"""What the console does with single credentials, always inside the caller's tenant."""

import os
import time

from msgspec.structs import replace

from chalicelib.clock import Clock
from chalicelib.conditional_writes import until_unchanged
from chalicelib.credentials import identifiers
from chalicelib.credentials.allowed_addresses import read_blocks
from chalicelib.credentials.audit_event import Detail, audit_event
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.credential import Credential, CredentialWithTenant, StoredSecret
from chalicelib.credentials.credential_patch import chosen, secrets_before_and_after
from chalicelib.credentials.field_rules import latest_end
from chalicelib.credentials.idempotency import idempotency_record, made_before
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest, faults_of
from chalicelib.credentials.own_credential import own_credential
from chalicelib.credentials.ports import CredentialReader, CredentialWriter, IdempotencyRecords
from chalicelib.credentials.profile_rules import ProfileRules
from chalicelib.credentials.public_keys import read_keys
from chalicelib.credentials.secret_digests import secret_digest
from chalicelib.errors import (
    AlreadyCreated,
    Conflict,
    CredentialHasNoSecret,
    CredentialNotActive,
    InvalidRequest,
    LimitReached,
    OverlapNotOver,
    SharedSecretsNotAllowed,
)


class CredentialService:
    def __init__(
        self,
        reader: CredentialReader,
        writer: CredentialWriter,
        records: IdempotencyRecords,
        hasher: SecretHasher,
        profiles: ProfileRules,
        scopes: dict[str, str],
        default_scopes: tuple[str, ...],
        longest_life: int | None = None,
        most_credentials: int = 0,
        clock: Clock = time.time,
        random: identifiers.Random = os.urandom,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._records = records
        self._hasher = hasher
        self._profiles = profiles
        self._scopes = scopes
        self._default_scopes = default_scopes
        self._longest_life = longest_life
        self._most_credentials = most_credentials
        self._clock = clock
        self._random = random

    def create(
        self, caller: Caller, new: CredentialRequest, key: str | None = None
    ) -> tuple[Credential, ClientSecret | None]:
        """The credential and its secret, which exists nowhere else; None where the client has a key of its own.

        Under an idempotency ``key`` it is made once: the second time raises AlreadyCreated, with another body
        IdempotencyKeyReused. Raises Forbidden, InvalidRequest, LimitReached, Conflict, OutcomeUnknown.
        """
        caller.require_admin()
        now = self._clock()
        profile = self._profiles.of(new.security_profile)
        keys, key_faults = read_keys(new.jwks, "/jwks", profile.algorithms) if new.jwks is not None else ((), ())
        blocks, block_faults = read_blocks(new.allowed_addresses or ())
        latest = latest_end(now, self._longest_life)
        faults = (*faults_of(new, self._scopes, now, latest, profile), *key_faults, *block_faults)
        if faults:
            raise InvalidRequest("The credential breaks a rule.", faults)
        scopes = self._default_scopes if new.scopes is None else tuple(dict.fromkeys(new.scopes))
        caller.require_may_give(scopes, profile)
        self._profiles.require_possible(new.security_profile)
        secret = None if keys else ClientSecret.generate(self._random)
        stored = {} if secret is None else {secret.secret_id: self._stored(secret, now)}
        name, client_id = new.name.strip(), identifiers.client_id(caller.tenant_id, now, self._random)
        never = None if self._longest_life is None else latest
        end = never if new.expires_at is None else int(new.expires_at.timestamp())
        record = idempotency_record(caller, "create", key, client_id, now, body=new)

        def attempt() -> Credential:
            first = made_before(self._records, record)
            if first is not None:
                raise AlreadyCreated(made={"client_id": first})
            # Anew each time: behind a fence the credential needs an index that the fence has not passed.
            tenant = self._writer.reserve_status_index(caller.tenant_id)
            limit = self._most_credentials if tenant.max_credentials is None else tenant.max_credentials
            if limit and tenant.count_active() >= limit:
                raise LimitReached(f"The tenant has {limit} credentials that are not revoked. {LimitReached.detail}")
            credential = Credential(
                tenant_id=caller.tenant_id,
                client_id=client_id,
                name=name,
                status="active",
                generation=tenant.generation,
                scopes=scopes,
                secrets=stored,
                token_endpoint_auth_method="private_key_jwt" if keys else new.token_endpoint_auth_method,
                keys=keys,
                security_profile=new.security_profile,
                created_by=caller.actor,
                created_at=int(now),
                status_index=tenant.next_status_index - 1,
                expires_at=end,
                description=(new.description or "").strip() or None,
                allowed_addresses=blocks,
            )
            details: dict[str, Detail] = {"name": name, "after": chosen(credential)}
            event = audit_event(caller, "credential.created", now, self._random, client_id=client_id, details=details)
            digest = None if secret is None else secret_digest(secret, client_id)
            self._writer.insert(credential, event, record, limit, digest)
            return credential

        return until_unchanged(attempt), secret

    def get(self, caller: Caller, client_id: str) -> Credential:
        """The credential with its effective status. Raises CredentialNotFound, also for another tenant's."""
        caller.require_viewer()
        return own_credential(self._reader, caller, client_id).effective(int(self._clock()))

    def count_active(self, caller: Caller) -> int:
        """How many credentials a revoke-all would revoke now, suspended and expired ones included."""
        caller.require_viewer()
        tenant = self._reader.read_tenant(caller.tenant_id)
        return 0 if tenant is None else tenant.count_active()

    def add_secret(
        self, caller: Caller, client_id: str, new: SecretRequest, key: str | None = None
    ) -> tuple[Credential, ClientSecret]:
        """The credential with a second secret, and that secret; the old one expires when the overlap ends, if it does.

        Of two that run at once one comes through: the other has not seen the secret that it would end.

        Under an idempotency ``key`` it is added once: the second time raises AlreadyCreated, with another body
        IdempotencyKeyReused. Raises Forbidden, CredentialNotFound, CredentialNotActive, CredentialHasNoSecret,
        SharedSecretsNotAllowed, OverlapNotOver, Conflict, OutcomeUnknown.
        """
        caller.require_rotation(client_id)
        now = self._clock()
        secret = ClientSecret.generate(self._random)
        stored = self._stored(secret, now)
        overlap_end = None if new.overlap_seconds is None else int(now) + new.overlap_seconds
        record = idempotency_record(caller, "add_secret", key, secret.secret_id, now, client_id=client_id, body=new)
        seen: set[str] = set()

        def attempt() -> Credential:
            found = own_credential(self._reader, caller, client_id)
            before = found.credential
            profile = self._profiles.of(before.security_profile)
            caller.require_may_give(before.scopes, profile, to=client_id)
            first = made_before(self._records, record)
            if first is not None:
                raise AlreadyCreated(made={"client_id": client_id, "secret_id": first})
            if found.effective(int(now)).status in ("revoked", "expired"):
                raise CredentialNotActive
            if before.keys:
                raise CredentialHasNoSecret
            if not profile.shared_secrets:
                raise SharedSecretsNotAllowed
            if seen and not before.secrets.keys() <= seen:
                raise Conflict(
                    "Another request added a secret meanwhile, and nothing was written. Look, then try again."
                )
            seen.update(before.secrets)
            ending = {secret_id: old.ending_by(overlap_end) for secret_id, old in before.secrets.items()}
            kept = {secret_id: old for secret_id, old in ending.items() if old.is_valid(int(now))}
            if len(kept) > 1:
                raise OverlapNotOver(tuple(kept))
            after = replace(before, secrets=kept | {secret.secret_id: stored}, version=before.version + 1)
            details: dict[str, Detail] = {
                "name": before.name,
                "secret_id": secret.secret_id,
                "overlap_ends_at": overlap_end,
                **secrets_before_and_after(before, after),
            }
            event = audit_event(
                caller, "credential.secret_added", now, self._random, client_id=client_id, details=details
            )
            self._writer.update(before, after, event, record, secret_digest(secret, client_id))
            return CredentialWithTenant(after, found.tenant).effective(int(now))

        return until_unchanged(attempt), secret

    def revoke(self, caller: Caller, client_id: str) -> Credential:
        """The credential, revoked; again: the same answer. Raises Forbidden, CredentialNotFound, Conflict."""
        caller.require_admin()
        now = self._clock()

        def attempt() -> Credential:
            found = own_credential(self._reader, caller, client_id)
            effective = found.effective(int(now))
            if effective.status == "revoked":
                return effective
            revoked = replace(
                found.credential,
                status="revoked",
                revoked_by=caller.actor,
                revoked_at=int(now),
                version=found.credential.version + 1,
            )
            details: dict[str, Detail] = {
                "name": effective.name,
                "before": {"status": effective.status},
                "after": {"status": "revoked"},
            }
            event = audit_event(caller, "credential.revoked", now, self._random, client_id=client_id, details=details)
            self._writer.revoke(revoked, event)
            return revoked

        return until_unchanged(attempt)

    def _stored(self, secret: ClientSecret, now: float) -> StoredSecret:
        return StoredSecret(hash=self._hasher.hash(secret), hint=secret.hint, created_at=int(now), has_digest=True)
