"""What the console does with single credentials, always inside the caller's tenant."""

import secrets
import time
import unicodedata
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec.structs import replace

from chalicelib.credentials import identifiers
from chalicelib.credentials.audit import Clock, audit_event
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.model import AuthenticationMethod, Caller, Credential, StoredSecret, as_seen
from chalicelib.credentials.ports import CredentialStore, Superseded
from chalicelib.credentials.public_keys import read_keys
from chalicelib.errors import (
    Conflict,
    CredentialHasNoSecret,
    CredentialNotActive,
    CredentialNotFound,
    Fault,
    Forbidden,
    InvalidRequest,
    OverlapNotOver,
)

StatusFilter = Literal["active", "revoked", "expired", "all"]

ATTEMPTS = 8
"""How often a use case reads again after another change got in between."""
_READ_SIZE = 100
_READS_PER_PAGE = 10
"""Bounds the work of one list call: a page may be short, its cursor goes on."""
# Controls, surrogates, line breaks, and what turns the direction of text: a name made of them deceives its reader.
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NewCredential(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an admin says of a new credential. No ``scopes``: the default ones. No ``expires_at``: it stays.

    ``jwks`` is a JWK Set (RFC 7517 §5) or one JWK: the client authenticates with its own key, and there is no secret.
    ``token_endpoint_auth_method`` (RFC 7591 §2) alone chooses how a secret must come; without it, either way does.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    scopes: tuple[str, ...] | None = None
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    token_endpoint_auth_method: AuthenticationMethod | None = None
    jwks: dict[str, Any] | None = None


class NewSecret(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an admin says of a new secret: for how many seconds the old one stays valid beside it."""

    overlap_seconds: Annotated[int, msgspec.Meta(ge=0, le=30 * 86_400)] = 86_400


class CredentialPage(msgspec.Struct, frozen=True, kw_only=True):
    credentials: tuple[Credential, ...]
    next_cursor: str | None


class CredentialService:
    def __init__(
        self,
        store: CredentialStore,
        hasher: SecretHasher,
        scopes: dict[str, str],
        default_scopes: tuple[str, ...],
        clock: Clock = time.time,
        random: identifiers.Random = secrets.token_bytes,
    ) -> None:
        self._store = store
        self._hasher = hasher
        self._scopes = scopes
        self._default_scopes = default_scopes
        self._clock = clock
        self._random = random

    def create(self, caller: Caller, new: NewCredential) -> tuple[Credential, ClientSecret | None]:
        """The credential and its secret, which exists nowhere else; None where the client has a key of its own.

        Raises Forbidden, InvalidRequest, Conflict.
        """
        require_admin(caller)
        now = self._clock()
        keys, key_faults = read_keys(new.jwks) if new.jwks is not None else ((), ())
        faults = (*self._faults(new, now), *(Fault(f"/jwks{pointer}", detail) for pointer, detail in key_faults))
        if faults:
            raise InvalidRequest("The credential breaks a rule.", faults)
        secret = None if keys else ClientSecret.generate(self._random)
        stored = {} if secret is None else {secret.secret_id: self._stored(secret, now)}
        client_id = identifiers.client_id(caller.tenant_id, now, self._random)
        event = audit_event(
            caller, "credential.created", now, self._random, client_id=client_id, details={"name": new.name.strip()}
        )
        for _ in range(ATTEMPTS):
            # Anew each time: behind a fence the credential needs an index that the fence has not passed.
            tenant = self._store.admit(caller.tenant_id)
            credential = Credential(
                tenant_id=caller.tenant_id,
                client_id=client_id,
                name=new.name.strip(),
                status="active",
                generation=tenant.generation,
                scopes=self._default_scopes if new.scopes is None else tuple(dict.fromkeys(new.scopes)),
                secrets=stored,
                token_endpoint_auth_method="private_key_jwt" if keys else new.token_endpoint_auth_method,
                keys=keys,
                created_by=caller.actor,
                created_at=int(now),
                status_index=tenant.next_status_index - 1,
                expires_at=None if new.expires_at is None else int(new.expires_at.timestamp()),
            )
            try:
                self._store.insert(credential, event)
            except Superseded:
                continue
            return credential, secret
        raise Conflict

    def list(self, caller: Caller, status: StatusFilter, cursor: str | None, limit: int) -> CredentialPage:
        """Up to ``limit`` credentials as seen now, newest first, after the cursor of the page before."""
        now = int(self._clock())
        found: list[Credential] = []
        before = None if cursor is None else identifiers.client_id_at(caller.tenant_id, cursor)
        for _ in range(_READS_PER_PAGE):
            page = self._store.newest_first(caller.tenant_id, before, _READ_SIZE)
            # The tenant is read after its rows, so that no row's generation can be ahead of it.
            tenant = self._store.tenant(caller.tenant_id)
            for credential in page.rows:
                before = credential.client_id
                seen = as_seen(credential, tenant, now)
                if status in ("all", seen.status):
                    found.append(seen)
                    if len(found) == limit:
                        more = page.more or credential is not page.rows[-1]
                        return CredentialPage(
                            credentials=tuple(found), next_cursor=identifiers.order_of(before) if more else None
                        )
            if not page.more:
                return CredentialPage(credentials=tuple(found), next_cursor=None)
        return CredentialPage(credentials=tuple(found), next_cursor=identifiers.order_of(before) if before else None)

    def get(self, caller: Caller, client_id: str) -> Credential:
        """Raises CredentialNotFound, also for another tenant's."""
        _require_own(caller, client_id)
        tenant, credential = self._store.standing(client_id)
        if credential is None:
            raise CredentialNotFound
        return as_seen(credential, tenant, int(self._clock()))

    def count_active(self, caller: Caller) -> int:
        """How many credentials a revoke-all would stop now, expired ones included."""
        tenant = self._store.tenant(caller.tenant_id)
        return 0 if tenant is None else tenant.active_counts.get(tenant.generation, 0)

    def add_secret(self, caller: Caller, client_id: str, new: NewSecret) -> tuple[Credential, ClientSecret]:
        """The credential with a second secret, and that secret; the old one dies when the overlap ends.

        Raises Forbidden, CredentialNotFound, CredentialNotActive, OverlapNotOver, Conflict.
        """
        require_admin(caller)
        _require_own(caller, client_id)
        now = self._clock()
        secret = ClientSecret.generate(self._random)
        stored = self._stored(secret, now)
        overlap_end = int(now) + new.overlap_seconds
        details: dict[str, str | int] = {"secret_id": secret.secret_id, "overlap_ends_at": overlap_end}
        event = audit_event(caller, "credential.secret_added", now, self._random, client_id=client_id, details=details)
        for _ in range(ATTEMPTS):
            tenant, credential = self._store.standing(client_id)
            if credential is None:
                raise CredentialNotFound
            if as_seen(credential, tenant, int(now)).status != "active":
                raise CredentialNotActive
            if credential.keys:
                raise CredentialHasNoSecret
            kept = _ending(credential.secrets, int(now), overlap_end)
            if len(kept) > 1:
                raise OverlapNotOver
            after = replace(credential, secrets=kept | {secret.secret_id: stored})
            try:
                self._store.replace_secrets(credential, after, event)
            except Superseded:
                continue
            return after, secret
        raise Conflict

    def revoke(self, caller: Caller, client_id: str) -> Credential:
        """The credential, revoked; again: the same answer. Raises Forbidden, CredentialNotFound, Conflict."""
        require_admin(caller)
        _require_own(caller, client_id)
        now = self._clock()
        event = audit_event(caller, "credential.revoked", now, self._random, client_id=client_id)
        for _ in range(ATTEMPTS):
            tenant, credential = self._store.standing(client_id)
            if credential is None:
                raise CredentialNotFound
            seen = as_seen(credential, tenant, int(now))
            if seen.status == "revoked":
                return seen
            revoked = replace(credential, status="revoked", revoked_by=caller.actor, revoked_at=int(now))
            try:
                self._store.revoke(revoked, event)
            except Superseded:
                continue
            return revoked
        raise Conflict

    def _stored(self, secret: ClientSecret, now: float) -> StoredSecret:
        return StoredSecret(hash=self._hasher.hash(secret), hint=secret.hint, created_at=int(now))

    def _faults(self, new: NewCredential, now: float) -> tuple[Fault, ...]:
        faults = []
        if not new.name.strip():
            faults.append(Fault("/name", "must not be blank"))
        if any(unicodedata.category(c) in _FORBIDDEN_CATEGORIES or c in _DIRECTION_CONTROLS for c in new.name):
            faults.append(Fault("/name", "must not contain control characters"))
        for index, scope in enumerate(new.scopes or ()):
            if scope not in self._scopes:
                faults.append(Fault(f"/scopes/{index}", "is not a scope of this service"))
        if new.expires_at is not None and new.expires_at.timestamp() <= now:
            faults.append(Fault("/expires_at", "must be in the future"))
        if new.jwks is None and new.token_endpoint_auth_method == "private_key_jwt":  # noqa: S105  (a method)
            faults.append(Fault("/jwks", "is required for private_key_jwt"))
        if new.jwks is not None and new.token_endpoint_auth_method not in (None, "private_key_jwt"):
            faults.append(Fault("/token_endpoint_auth_method", "must be private_key_jwt where there are keys"))
        return tuple(faults)


def require_admin(caller: Caller) -> None:
    """Raises Forbidden for a console user who may only read."""
    if "admin" not in caller.roles:
        raise Forbidden


def _ending(secrets: dict[str, StoredSecret], now: int, end: int) -> dict[str, StoredSecret]:
    """The secrets that are valid beyond now, each ending at ``end`` at the latest."""
    ending = {
        secret_id: replace(stored, expires_at=end if stored.expires_at is None else min(end, stored.expires_at))
        for secret_id, stored in secrets.items()
    }
    return {secret_id: stored for secret_id, stored in ending.items() if (stored.expires_at or 0) > now}


def _require_own(caller: Caller, client_id: str) -> None:
    if not identifiers.is_client_id(client_id) or identifiers.tenant_of(client_id) != caller.tenant_id:
        raise CredentialNotFound
