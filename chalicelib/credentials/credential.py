"""A credential, its secrets, and the one place that says whether it is active.

Times are whole seconds since the epoch (UTC).
"""

from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.clock import EpochSeconds
from chalicelib.credentials.callers import Actor
from chalicelib.credentials.public_keys import ClientKey
from chalicelib.credentials.tenant import Tenant
from chalicelib.security_profiles import SecurityProfileName

Status = Literal["active", "suspended", "expired", "revoked"]
FIRST_VERSION = 1
AuthenticationMethod = Literal["client_secret_basic", "client_secret_post", "private_key_jwt"]


class StoredSecret(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept of a client secret: its argon2id hash, and a hint (its last characters) to recognise it by."""

    hash: str
    hint: str
    created_at: EpochSeconds
    expires_at: EpochSeconds | None = None
    has_digest: bool = False
    """Whether its digest is written, which leads from the secret to its credential; not known of older ones."""

    def is_valid(self, now: int) -> bool:
        return self.expires_at is None or self.expires_at > now

    def ending_by(self, end: int | None) -> "StoredSecret":
        """The same secret, which expires at ``end`` at the latest; None: when it would have."""
        ends = [known for known in (self.expires_at, end) if known is not None]
        return replace(self, expires_at=min(ends, default=None))


class Use(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``network``: where it came from, as far as it is kept; None where that could not be told."""

    at: EpochSeconds
    network: str | None = None


class Credential(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the credentials table. ``secrets`` is keyed by secret id.

    The row stores ``active`` or ``revoked``. The effective status depends on its tenant and the time as well:
    ``CredentialWithTenant.effective``.
    """

    tenant_id: str
    client_id: str
    name: str
    status: Status
    generation: int
    scopes: tuple[str, ...]
    secrets: dict[str, StoredSecret]
    created_by: Actor
    created_at: EpochSeconds
    status_index: int
    """Its place in the tenant's status lists; no other credential of the tenant ever has the same."""
    token_endpoint_auth_method: AuthenticationMethod | None = None
    """The one method it was made for; None: its secret, sent either way."""
    keys: tuple[ClientKey, ...] = ()
    """The public keys that verify its assertions (``private_key_jwt``)."""
    security_profile: SecurityProfileName | None = None
    """The one that an admin holds it to. Which one counts, ``SecurityProfiles`` says."""
    expires_at: EpochSeconds | None = None
    description: str | None = None
    allowed_addresses: tuple[str, ...] = ()
    """CIDR blocks that it may be used from, in canonical form; none: from anywhere."""
    suspended_by: Actor | None = None
    suspended_at: EpochSeconds | None = None
    """Whoever suspended it and when; None: it is not suspended. A revoked one may have been before."""
    revoked_by: Actor | None = None
    revoked_at: EpochSeconds | None = None
    revocation_id: str | None = None
    last_used_at: EpochSeconds | None = None
    last_used_from: str | None = None
    """Of whichever secret or key; the network, as in ``Use``."""
    last_uses: dict[str, Use] = {}
    """By secret id, or by the key's thumbprint. A use is no change: it is written beside the rest, in no version."""
    version: int = FIRST_VERSION
    """Counts the changes; those that the tenant's fence and the clock bring about change no row."""

    def valid_secret(self, secret_id: str, now: int) -> StoredSecret | None:
        stored = self.secrets.get(secret_id)
        return stored if stored is not None and stored.is_valid(now) else None


class CredentialWithTenant(NamedTuple):
    """A credential, and its tenant as it was read with it or later; None where the tenant's row is gone."""

    credential: Credential
    tenant: Tenant | None
    token_is_revoked: bool = False
    """Whether its client revoked the access token that was asked about with it (RFC 7009)."""

    def effective(self, now: int) -> Credential:
        """The credential with its effective status. Exchange, authorizer, introspection, list and sweep all use this.

        Once the fence has passed, it answers what the sweep will write. A credential whose tenant row is gone is
        revoked: nothing is left that proves it active.
        """
        credential, tenant = self.credential, self.tenant
        if credential.status != "active":
            return credential
        if tenant is None or credential.generation > tenant.generation:
            return replace(credential, status="revoked")
        if credential.generation < tenant.generation:
            revocation = tenant.revoking(credential.generation)
            if revocation is None:
                return replace(credential, status="revoked")
            return replace(
                credential,
                status="revoked",
                revoked_by=revocation.revoked_by,
                revoked_at=revocation.fenced_at,
                revocation_id=revocation.revocation_id,
            )
        if credential.expires_at is not None and credential.expires_at <= now:
            return replace(credential, status="expired")
        if credential.suspended_at is not None:
            return replace(credential, status="suspended")
        return credential

    def is_active(self, now: int) -> bool:
        return self.effective(now).status == "active"
