"""What a credential and its tenant are, and the one function that says whether a credential is live.

Times are whole seconds since the epoch (UTC).
"""

from typing import Literal

import msgspec
from msgspec.structs import replace

from chalicelib.credentials.public_keys import ClientKey

Role = Literal["admin", "viewer"]
Status = Literal["active", "revoked", "expired"]
AuthenticationMethod = Literal["client_secret_basic", "client_secret_post", "private_key_jwt"]
Action = Literal[
    "credential.created",
    "credential.secret_added",
    "credential.revoked",
    "credentials.revoked_all",
    "credentials.swept",
]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something: the identity provider's subject, and the name to show."""

    subject: str
    name: str


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """The console user behind a request, and where the request came from."""

    tenant_id: str
    subject: str
    name: str
    roles: frozenset[Role]
    source_ip: str
    request_id: str

    @property
    def actor(self) -> Actor:
        return Actor(subject=self.subject, name=self.name)


class StoredSecret(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept of a client secret: its argon2id hash, and a hint (its last characters) to tell it by."""

    hash: str
    hint: str
    created_at: int
    expires_at: int | None = None


class Credential(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the credentials table. ``secrets`` is keyed by secret id.

    The table knows ``active`` and ``revoked``; whether an active one is live, ``as_seen`` tells.
    """

    tenant_id: str
    client_id: str
    name: str
    status: Status
    generation: int
    scopes: tuple[str, ...]
    secrets: dict[str, StoredSecret]
    created_by: Actor
    created_at: int
    status_index: int
    """Its place in the tenant's status lists; no other credential of the tenant ever has the same."""
    token_endpoint_auth_method: AuthenticationMethod | None = None
    """The one method it was made for; None: its secret, sent either way."""
    keys: tuple[ClientKey, ...] = ()
    """What verifies its assertions (``private_key_jwt``)."""
    expires_at: int | None = None
    revoked_by: Actor | None = None
    revoked_at: int | None = None
    revocation_id: str | None = None


class Revocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One revoke-all: who raised the fence and when, and when its sweep was done."""

    revocation_id: str
    revoked_by: Actor
    fenced_at: int
    completed_at: int | None = None


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """The sweep under way: rows of a generation before ``through`` are stamped up to ``cursor``, a client_id."""

    through: int
    cursor: str
    swept: dict[int, int]
    """Rows found or made revoked up to the cursor, by the fence that killed them."""


class Tenant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the tenants table.

    ``active_counts`` has, for each generation, how many of its credentials are stored as active; a count is final once
    the fence has passed its generation. ``revocations`` is keyed by fence: the generation that a revoke-all began.
    ``next_status_index`` is the next credential's; of the indexes before ``dead_below`` a fence has killed every one.
    """

    tenant_id: str
    generation: int
    active_counts: dict[int, int]
    revocations: dict[int, Revocation]
    sweep: Sweep | None = None
    next_status_index: int = 0
    dead_below: int = 0

    def fence_that_killed(self, generation: int) -> int:
        """The fence of the revoke-all that ended a generation before the tenant's own."""
        return min(fence for fence in self.revocations if fence > generation)

    def total(self, fence: int) -> int:
        """How many credentials the fence killed."""
        return sum(
            count
            for generation, count in self.active_counts.items()
            if generation < fence and self.fence_that_killed(generation) == fence
        )

    def swept(self, fence: int) -> int:
        """How many of them are stamped as revoked by now."""
        if self.sweep is None or self.revocations[fence].completed_at is not None:
            return self.total(fence)
        return self.sweep.swept.get(fence, 0)


class AuditEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who did what to what, when and from where. ``client_id`` is empty where the whole tenant was meant."""

    tenant_id: str
    event_id: str
    at: int
    action: Action
    actor: Actor
    source_ip: str
    request_id: str
    outcome: Literal["success"]
    client_id: str | None = None
    details: dict[str, str | int] = {}


def as_seen(credential: Credential, tenant: Tenant | None, now: int) -> Credential:
    """The credential as every reader must see it: exchange, authorizer, introspection, list and sweep all ask here.

    It is live if and only if the ``status`` that comes back is ``active``. What the sweep will write is already so once
    the fence has passed. A row whose tenant row is gone is revoked: nothing is left that proves it live.
    """
    if credential.status != "active":
        return credential
    if tenant is None or credential.generation > tenant.generation:
        return replace(credential, status="revoked")
    if credential.generation < tenant.generation:
        revocation = tenant.revocations[tenant.fence_that_killed(credential.generation)]
        return replace(
            credential,
            status="revoked",
            revoked_by=revocation.revoked_by,
            revoked_at=revocation.fenced_at,
            revocation_id=revocation.revocation_id,
        )
    if credential.expires_at is not None and credential.expires_at <= now:
        return replace(credential, status="expired")
    return credential
