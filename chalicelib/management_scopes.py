"""The scopes with which a credential may manage credentials: this service's own, beside the vendor's in SCOPES."""

from collections.abc import Mapping
from types import MappingProxyType

PREFIX = "credentials:"
"""No scope of the vendor begins with it."""
READ = "credentials:read"
WRITE = "credentials:write"
ROTATE = "credentials:rotate"
DELEGATE = "credentials:delegate"

MANAGEMENT_SCOPES: Mapping[str, str] = MappingProxyType(
    {
        READ: "See every credential and the audit trail",
        WRITE: "See, create, change and revoke credentials, and give them scopes that this credential has itself",
        ROTATE: "Add and end the secrets and keys of this credential itself",
        DELEGATE: f"With {WRITE}: let other credentials manage credentials, too",
    }
)
"""Name to description. None is ever among the default scopes."""
