"""Requests for a new credential or secret, and their rules."""

import unicodedata
from collections.abc import Container, Iterator
from datetime import datetime
from typing import Annotated, Any

import msgspec

from chalicelib.credentials.credential import AuthenticationMethod
from chalicelib.errors import Fault

# Controls, surrogates, line breaks, and what turns the direction of text: a name made of them deceives its reader.
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class CredentialRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new credential. Without ``scopes`` it gets the default ones; without ``expires_at`` it does not expire.

    ``jwks`` is a JWK Set (RFC 7517 §5) or one JWK: the client authenticates with its own key, and there is no secret.
    ``token_endpoint_auth_method`` (RFC 7591 §2) fixes how the secret must be sent; without it, either way is accepted.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    scopes: tuple[str, ...] | None = None
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    token_endpoint_auth_method: AuthenticationMethod | None = None
    jwks: dict[str, Any] | None = None


class SecretRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new secret. ``overlap_seconds``: how long the old one stays valid beside it."""

    overlap_seconds: Annotated[int, msgspec.Meta(ge=0, le=30 * 86_400)] = 86_400


def faults_of(new: CredentialRequest, known_scopes: Container[str], now: float) -> Iterator[Fault]:
    """Yields a fault for each rule that a new credential breaks. ``public_keys.read_keys`` checks its keys."""
    if not new.name.strip():
        yield Fault("/name", "must not be blank")
    if any(unicodedata.category(c) in _FORBIDDEN_CATEGORIES or c in _DIRECTION_CONTROLS for c in new.name):
        yield Fault("/name", "must not contain control characters")
    for index, scope in enumerate(new.scopes or ()):
        if scope not in known_scopes:
            yield Fault(f"/scopes/{index}", "is not a scope of this service")
    if new.expires_at is not None and new.expires_at.timestamp() <= now:
        yield Fault("/expires_at", "must be in the future")
    if new.jwks is None and new.token_endpoint_auth_method == "private_key_jwt":  # noqa: S105  (a method)
        yield Fault("/jwks", "is required for private_key_jwt")
    if new.jwks is not None and new.token_endpoint_auth_method not in (None, "private_key_jwt"):
        yield Fault("/token_endpoint_auth_method", "must be private_key_jwt where there are keys")
