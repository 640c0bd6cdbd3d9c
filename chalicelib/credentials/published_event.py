"""An audit event as it leaves the service: the ``detail`` of an event on EventBridge, in a versioned schema.

``docs/events/`` has its JSON Schema, which is made of the types here, and examples.
"""

from datetime import datetime, timezone
from typing import Annotated, Literal, get_args

import msgspec

from chalicelib.credentials.audit_event import Action, AuditEvent, Detail
from chalicelib.credentials.callers import ActorType

SOURCE = "api-client-credentials"
DETAIL_TYPE = "Audit event"
"""What rules match on: the two are the same for every event and every version."""
SchemaVersion = Literal[1]


def _described(text: str, **more: object) -> msgspec.Meta:
    return msgspec.Meta(description=text, extra_json_schema=more or None)


class EventActor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it."""

    subject: Annotated[str, _described("The identity provider's subject, or the client_id; empty for the service.")]
    name: Annotated[str, _described("The name to show.")]
    type: Annotated[str, _described("A later release may have others.", examples=list(get_args(ActorType)))]


class PublishedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One audit event. It may come more than once, and out of order: `event_id` tells both."""

    schema_version: Annotated[
        SchemaVersion,
        _described("A later release may add members and values to a version; what would break a reader is a new one."),
    ]
    issuer: Annotated[str, _described("The deployment that it is from: its ISSUER.", format="uri")]
    tenant_id: Annotated[str, _described("The tenant's key, as access tokens have it.")]
    event_id: Annotated[
        str,
        _described("The same each time the event comes. In a tenant, ids sort by the time at which they were made."),
    ]
    at: Annotated[datetime, msgspec.Meta(tz=True, description="When it happened.")]
    action: Annotated[
        str,
        _described("What was done; a later release may have others.", examples=list(get_args(Action))),
    ]
    actor: EventActor
    client_id: Annotated[
        str | None, _described("The credential that it was done to; null where it concerns all of the tenant's.")
    ]
    source_ip: Annotated[str, _described("Where the request came from; empty where nobody asked for it.")]
    request_id: Annotated[str, _described("The request's X-Request-Id; empty where nobody asked for it.")]
    outcome: Annotated[str, _described("success, or failure for what was refused.", examples=["success", "failure"])]
    details: Annotated[
        dict[str, Detail], _described("What there is to say of this action: names, and values before and after.")
    ]


def published_event(event: AuditEvent, issuer: str) -> PublishedEvent:
    actor = event.actor
    return PublishedEvent(
        schema_version=1,
        issuer=issuer,
        tenant_id=event.tenant_id,
        event_id=event.event_id,
        at=datetime.fromtimestamp(event.at, timezone.utc),
        action=event.action,
        actor=EventActor(subject=actor.subject, name=actor.name, type=actor.type),
        client_id=event.client_id,
        source_ip=event.source_ip,
        request_id=event.request_id,
        outcome=event.outcome,
        details=event.details,
    )
