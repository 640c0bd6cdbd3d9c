"""Shapes the answers of the managed endpoints. Times go out as RFC 3339 in UTC; a stored hash never goes out."""

from datetime import datetime
from typing import Annotated, TypeVar, get_args

import msgspec
from chalice.app import Response
from msgspec.structs import asdict

from chalicelib import paths
from chalicelib.credentials.audit_event import Action, AuditEvent, Detail
from chalicelib.credentials.audit_trail import AuditEventPage
from chalicelib.credentials.callers import Actor, Caller, Role
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import AuthenticationMethod, Credential, Status, Use
from chalicelib.credentials.credential_list import CredentialPage
from chalicelib.credentials.public_keys import ClientKey
from chalicelib.credentials.revocation import RevocationProgress
from chalicelib.security_profiles import SecurityProfileName
from chalicelib.web.entity_tags import entity_tag
from chalicelib.web.json_response import json_response

Time = Annotated[datetime, msgspec.Meta(tz=True)]
Body = TypeVar("Body", bound=msgspec.Struct)


class SecretBody(msgspec.Struct, frozen=True, kw_only=True):
    """A secret without its text: ``hint`` is its last characters."""

    secret_id: str
    hint: str
    created_at: Time
    expires_at: Time | None
    last_used_at: Time | None
    last_used_from: str | None


class KeyBody(msgspec.Struct, frozen=True, kw_only=True):
    """When the key of this ``kid`` last verified an assertion, and from which network that came."""

    kid: str
    last_used_at: Time | None
    last_used_from: str | None


class JwksBody(msgspec.Struct, frozen=True, kw_only=True):
    """A JWK Set (RFC 7517 §5) of a client's public keys."""

    keys: tuple[dict[str, str], ...]


class CredentialBody(msgspec.Struct, frozen=True, kw_only=True):
    client_id: str
    name: str
    description: str | None
    status: Status
    scopes: tuple[str, ...]
    allowed_addresses: tuple[str, ...] | None
    """CIDR blocks that it may be used from; null: from anywhere."""
    created_by: Actor
    created_at: Time
    expires_at: Time | None
    suspended_by: Actor | None
    suspended_at: Time | None
    revoked_by: Actor | None
    revoked_at: Time | None
    revocation_id: str | None
    last_used_at: Time | None
    """To the nearest quarter of an hour, or as the operator has set it; null: never, or before that was kept."""
    last_used_from: str | None
    """The network that it came from: the /24 of an IPv4 address, the /48 of an IPv6 one."""
    secrets: tuple[SecretBody, ...]
    keys: tuple[KeyBody, ...]
    token_endpoint_auth_method: AuthenticationMethod | None
    """The one method the credential was made for; null: its secret, by client_secret_basic or client_secret_post."""
    jwks: JwksBody | None
    security_profile: SecurityProfileName | None
    """The one that an admin holds it to; null: the service's own, which may have one for all credentials."""


class CreatedCredentialBody(CredentialBody, frozen=True, kw_only=True):
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
    at: Time
    action: Annotated[str, msgspec.Meta(extra_json_schema={"enum": get_args(Action)})]
    actor: Actor
    client_id: str | None
    source_ip: str
    request_id: str
    outcome: str
    details: dict[str, Detail]


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
    security_profile: SecurityProfileName | None
    """The one that counts for all credentials here, whose clients then have keys and no secrets."""


def created(credential: Credential, secret: ClientSecret | None, issuer: str) -> Response:
    """The new credential, with its secret unless the client has its own key. ``issuer``: this service's URL."""
    location = {"Location": issuer + paths.CREDENTIAL.format(client_id=credential.client_id)}
    return json_response(_with_secret(credential, secret), 201, _version(credential) | location)


def secret_added(credential: Credential, secret: ClientSecret) -> Response:
    return json_response(_with_secret(credential, secret), 201, _version(credential))


def key_added(credential: Credential) -> Response:
    return json_response(_credential(credential, CredentialBody), 201, _version(credential))


def removed() -> Response:
    """RFC 9110 §15.3.5: there is nothing more to say."""
    return Response("", headers={"Cache-Control": "no-store"}, status_code=204)


def credential(credential: Credential) -> Response:
    return json_response(_credential(credential, CredentialBody), headers=_version(credential))


def credential_page(page: CredentialPage) -> Response:
    credentials = tuple(_credential(credential, CredentialBody) for credential in page.credentials)
    return json_response(CredentialPageBody(credentials=credentials, next_cursor=page.next_cursor))


def begun(progress: RevocationProgress, issuer: str) -> Response:
    """A revoke-all, of which the fence stands and the sweep may go on. ``issuer``: this service's URL."""
    location = issuer + paths.REVOCATION.format(revocation_id=progress.revocation_id)
    return json_response(_shaped(progress, RevocationBody), 202, {"Location": location})


def revocation(progress: RevocationProgress) -> Response:
    return json_response(_shaped(progress, RevocationBody))


def audit_event_body(event: AuditEvent) -> AuditEventBody:
    return _shaped(event, AuditEventBody)


def audit_event_page(page: AuditEventPage) -> Response:
    return json_response(_shaped(page, AuditEventPageBody))


def console_user(
    caller: Caller,
    scopes: dict[str, str],
    default_scopes: tuple[str, ...],
    active_credentials: int,
    security_profile: SecurityProfileName | None,
) -> Response:
    body = ConsoleUserBody(
        subject=caller.subject,
        name=caller.name,
        roles=tuple(sorted(caller.roles)),
        scopes=tuple(ScopeBody(name=name, description=text) for name, text in scopes.items()),
        default_scopes=default_scopes,
        active_credentials=active_credentials,
        security_profile=security_profile,
    )
    return json_response(body)


def _with_secret(credential: Credential, secret: ClientSecret | None) -> CreatedCredentialBody:
    """A body that shows a secret, for the first and the last time."""
    shown = {} if secret is None else {"client_secret": secret.reveal()}
    return _credential(credential, CreatedCredentialBody, **shown)


def _credential(credential: Credential, body_type: type[Body], **more: str) -> Body:
    members = asdict(credential) | {
        "secrets": [
            {"secret_id": secret_id, **asdict(stored), **_last_use(credential.last_uses.get(secret_id))}
            for secret_id, stored in credential.secrets.items()
        ],
        "keys": [{"kid": key.kid, **_last_use(credential.last_uses.get(key.thumbprint))} for key in credential.keys],
        "allowed_addresses": credential.allowed_addresses or None,
        "jwks": _jwks(credential.keys),
    }
    return _shaped(members | more, body_type)


def _last_use(use: Use | None) -> dict[str, int | str | None]:
    return {"last_used_at": None if use is None else use.at, "last_used_from": None if use is None else use.network}


def _version(credential: Credential) -> dict[str, str]:
    """RFC 9110 §8.8.3: what a client sends back in If-Match, to change this version and no other."""
    return {"ETag": entity_tag(credential.version)}


def _jwks(keys: tuple[ClientKey, ...]) -> JwksBody | None:
    return JwksBody(keys=tuple({**key.jwk, "kid": key.kid, "use": "sig"} for key in keys)) if keys else None


def _shaped(record: object, body_type: type[Body]) -> Body:
    """The members of a record that the body has; epoch seconds become times."""
    return msgspec.convert(record, body_type, from_attributes=True, strict=False)
