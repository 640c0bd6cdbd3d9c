"""Shapes the answers of the managed endpoints. Times go out as RFC 3339 in UTC; a stored hash never goes out."""

from datetime import datetime, timezone
from typing import Annotated, Any

import msgspec
from chalice.app import Response

from chalicelib.credentials.audit_event import Action, AuditEvent
from chalicelib.credentials.audit_trail import AuditEventPage
from chalicelib.credentials.callers import Actor, Caller, Role
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import AuthenticationMethod, Credential, Status
from chalicelib.credentials.credential_service import CredentialPage
from chalicelib.credentials.public_keys import ClientKey
from chalicelib.credentials.revocation import RevocationProgress
from chalicelib.web.json_response import json_response

Time = Annotated[datetime, msgspec.Meta(tz=True)]


class SecretBody(msgspec.Struct, frozen=True, kw_only=True):
    """A secret without its text: ``hint`` is its last characters."""

    secret_id: str
    hint: str
    created_at: Time
    expires_at: Time | None


class JwksBody(msgspec.Struct, frozen=True, kw_only=True):
    """A JWK Set (RFC 7517 §5) of a client's public keys."""

    keys: tuple[dict[str, str], ...]


class CredentialBody(msgspec.Struct, frozen=True, kw_only=True):
    client_id: str
    name: str
    status: Status
    scopes: tuple[str, ...]
    created_by: Actor
    created_at: Time
    expires_at: Time | None
    revoked_by: Actor | None
    revoked_at: Time | None
    revocation_id: str | None
    secrets: tuple[SecretBody, ...]
    token_endpoint_auth_method: AuthenticationMethod | None
    """The one method the credential was made for; null: its secret, by client_secret_basic or client_secret_post."""
    jwks: JwksBody | None


class NewCredentialBody(CredentialBody, frozen=True, kw_only=True):
    """Without ``client_secret`` where the client has a key of its own."""

    client_secret: str | msgspec.UnsetType = msgspec.UNSET


class CredentialPageBody(msgspec.Struct, frozen=True, kw_only=True):
    credentials: tuple[CredentialBody, ...]
    next_cursor: str | None


class RevocationBody(msgspec.Struct, frozen=True, kw_only=True):
    revocation_id: str
    generation: int
    revoked_by: Actor
    fenced_at: Time
    total: int
    swept: int
    remaining: int
    completed_at: Time | None


class AuditEventBody(msgspec.Struct, frozen=True, kw_only=True):
    event_id: str
    at: datetime
    action: Action
    actor: Actor
    client_id: str | None
    source_ip: str
    request_id: str
    outcome: str
    details: dict[str, str | int]


class AuditEventPageBody(msgspec.Struct, frozen=True, kw_only=True):
    audit_events: tuple[AuditEventBody, ...]
    next_cursor: str | None


class ScopeBody(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    description: str


class ConsoleUserBody(msgspec.Struct, frozen=True, kw_only=True):
    """The console user, and what the page needs to know before it shows a form."""

    subject: str
    name: str
    roles: tuple[Role, ...]
    scopes: tuple[ScopeBody, ...]
    default_scopes: tuple[str, ...]
    active_credentials: int


def created(credential: Credential, secret: ClientSecret | None) -> Response:
    """The one answer that shows a client_secret; there is none where the client has a key of its own."""
    body = NewCredentialBody(**_credential(credential), client_secret=secret.reveal() if secret else msgspec.UNSET)
    return json_response(body, 201)


def credential(credential: Credential) -> Response:
    return json_response(CredentialBody(**_credential(credential)))


def credential_page(page: CredentialPage) -> Response:
    return json_response(
        CredentialPageBody(
            credentials=tuple(CredentialBody(**_credential(credential)) for credential in page.credentials),
            next_cursor=page.next_cursor,
        )
    )


def revocation(progress: RevocationProgress, status_code: int) -> Response:
    body = RevocationBody(
        revocation_id=progress.revocation_id,
        generation=progress.generation,
        revoked_by=progress.revoked_by,
        fenced_at=_time(progress.fenced_at),
        total=progress.total,
        swept=progress.swept,
        remaining=progress.remaining,
        completed_at=_time_or_none(progress.completed_at),
    )
    return json_response(body, status_code)


def audit_event_page(page: AuditEventPage) -> Response:
    events = tuple(_audit_event(event) for event in page.audit_events)
    return json_response(AuditEventPageBody(audit_events=events, next_cursor=page.next_cursor))


def console_user(
    caller: Caller, scopes: dict[str, str], default_scopes: tuple[str, ...], active_credentials: int
) -> Response:
    body = ConsoleUserBody(
        subject=caller.subject,
        name=caller.name,
        roles=tuple(sorted(caller.roles)),
        scopes=tuple(ScopeBody(name=name, description=text) for name, text in scopes.items()),
        default_scopes=default_scopes,
        active_credentials=active_credentials,
    )
    return json_response(body)


def _credential(credential: Credential) -> dict[str, Any]:
    return {
        "client_id": credential.client_id,
        "name": credential.name,
        "status": credential.status,
        "scopes": credential.scopes,
        "created_by": credential.created_by,
        "created_at": _time(credential.created_at),
        "expires_at": _time_or_none(credential.expires_at),
        "revoked_by": credential.revoked_by,
        "revoked_at": _time_or_none(credential.revoked_at),
        "revocation_id": credential.revocation_id,
        "secrets": tuple(
            SecretBody(
                secret_id=secret_id,
                hint=stored.hint,
                created_at=_time(stored.created_at),
                expires_at=_time_or_none(stored.expires_at),
            )
            for secret_id, stored in credential.secrets.items()
        ),
        "token_endpoint_auth_method": credential.token_endpoint_auth_method,
        "jwks": _jwks(credential.keys),
    }


def _jwks(keys: tuple[ClientKey, ...]) -> JwksBody | None:
    return JwksBody(keys=tuple({**key.jwk, "kid": key.kid, "use": "sig"} for key in keys)) if keys else None


def _audit_event(event: AuditEvent) -> AuditEventBody:
    return AuditEventBody(
        event_id=event.event_id,
        at=_time(event.at),
        action=event.action,
        actor=event.actor,
        client_id=event.client_id,
        source_ip=event.source_ip,
        request_id=event.request_id,
        outcome=event.outcome,
        details=event.details,
    )


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


def _time_or_none(seconds: int | None) -> datetime | None:
    return None if seconds is None else _time(seconds)
