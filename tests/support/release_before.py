"""What the release before suspension makes of a credential's row: its struct and its decision, as they were.

It is a record of what runs elsewhere. It does not follow the code: a change of it would prove nothing.
"""

from typing import Any, Literal

import msgspec

from chalicelib.aws.stores.attribute_values import from_item

_Status = Literal["active", "revoked", "expired"]


class _Actor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    subject: str
    name: str


class _StoredSecret(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    hash: str
    hint: str
    created_at: int
    expires_at: int | None = None


class _ClientKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    kid: str
    algorithms: tuple[str, ...]
    jwk: dict[str, str]


class CredentialBefore(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Its status is the one its own tenant and the time leave to it."""

    tenant_id: str
    client_id: str
    name: str
    status: _Status
    generation: int
    scopes: tuple[str, ...]
    secrets: dict[str, _StoredSecret]
    created_by: _Actor
    created_at: int
    status_index: int
    token_endpoint_auth_method: Literal["client_secret_basic", "client_secret_post", "private_key_jwt"] | None = None
    keys: tuple[_ClientKey, ...] = ()
    expires_at: int | None = None
    revoked_by: _Actor | None = None
    revoked_at: int | None = None
    revocation_id: str | None = None

    def effective_status(self, generation: int, now: int) -> _Status:
        if self.status != "active":
            return self.status
        if self.generation != generation:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "active"


def read_by_release_before(row: dict[str, Any]) -> CredentialBefore:
    return from_item(row, CredentialBefore)
