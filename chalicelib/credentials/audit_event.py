"""An audit event: who did what to what, when and from where."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from chalicelib.clock import EpochSeconds
from chalicelib.credentials.callers import Actor, Caller
from chalicelib.credentials.identifiers import Random, time_ordered_id

Action = Literal[
    "credential.created",
    "credential.secret_added",
    "credential.secret_ended",
    "credential.secret_leaked",
    "credential.key_added",
    "credential.key_removed",
    "credential.edited",
    "credential.suspended",
    "credential.resumed",
    "credential.revoked",
    "credential.expiring",
    "credential.refused",
    "credentials.revoked_all",
    "credentials.swept",
]
FieldValue = str | int | tuple[str, ...] | None
Detail = FieldValue | dict[str, FieldValue]


class AuditEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``at`` is in epoch seconds. ``client_id`` is None where the event concerns the whole tenant.

    ``action`` is an Action, or one of a release to come: who only reads it tells it on. ``outcome`` is ``success``, or
    ``failure`` for what was refused, whose actor is the client.
    """

    tenant_id: str
    event_id: str
    at: EpochSeconds
    action: str
    actor: Actor
    source_ip: str
    request_id: str
    outcome: str
    client_id: str | None = None
    details: dict[str, Detail] = {}


def audit_event(
    caller: Caller,
    action: Action,
    now: float,
    random: Random,
    *,
    client_id: str | None = None,
    details: Mapping[str, Detail] | None = None,
) -> AuditEvent:
    """The event of this caller's action. It must be written in the action's own transaction."""
    return AuditEvent(
        tenant_id=caller.tenant_id,
        event_id=time_ordered_id(now, random),
        at=int(now),
        action=action,
        actor=caller.actor,
        source_ip=caller.source_ip,
        request_id=caller.request_id,
        outcome="success",
        client_id=client_id,
        details=dict(details or {}),
    )
