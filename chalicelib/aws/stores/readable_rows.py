"""Reads rows as far as they can be read: whatever stands in a table, it breaks the reading of no other row.

What cannot be read is logged as a defect, with the row's key, and taken for what does the least harm: a credential
whose state is not understood is revoked. A time beyond the last that can be written is taken for that one.
"""

import logging
from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec.structs import replace

from chalicelib.aws.stores.attribute_values import UNREADABLE, Record, Value, from_item, from_value
from chalicelib.aws.stores.credential_rows import current_attributes
from chalicelib.clock import LAST_SECOND, EpochSeconds
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.callers import Actor
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.tenant import Tenant
from chalicelib.errors import Unavailable
from chalicelib.signing_keys.key_schedule import KeyRecord, KeySchedule

Row = Mapping[str, Value]
_NOBODY = Actor(subject="", name="")
_ONLY_SHOWN = frozenset(
    {
        "name",
        "description",
        "created_by",
        "created_at",
        "revoked_by",
        "revoked_at",
        "revocation_id",
        "status_index",
        "last_used_at",
        "last_used_from",
        "last_uses",
    }
)
"""What says nothing about whether a credential is active. All else does, what a release to come adds included."""
_CREDENTIAL = {
    "name": "",
    "status": "revoked",
    "generation": 0,
    "scopes": (),
    "secrets": {},
    "created_by": _NOBODY,
    "created_at": 0,
    "status_index": -1,  # in no list
}
_TENANT = {"active_counts": {}, "revocations": {}, "dead_below": 2**53}
"""Every place in the status lists is dead where it is not known which are."""
_AUDIT_EVENT = {
    "at": 0,
    "action": "unknown",
    "actor": _NOBODY,
    "source_ip": "",
    "request_id": "",
    "outcome": "success",
    "details": {},
}
_KEY_SCHEDULE = {"version": 0, "keys": ()}
_log = logging.getLogger(__name__)


def read_credential(row: Row) -> Credential:
    """Never active where what says so cannot be read."""
    current = current_attributes(row)
    try:
        return from_item(current, Credential)
    except UNREADABLE:
        credential, unreadable = _salvaged(current, Credential, _CREDENTIAL)
        return credential if unreadable <= _ONLY_SHOWN else replace(credential, status="revoked")


def read_tenant(row: Row) -> Tenant:
    """Raises Unavailable where the generation cannot be read: nothing is known then of any of its credentials."""
    try:
        return from_item(row, Tenant)
    except UNREADABLE as error:
        tenant, unreadable = _salvaged(row, Tenant, _TENANT | {"generation": 0})
        if "generation" in unreadable:
            raise Unavailable from error
        return tenant


def read_audit_event(row: Row) -> AuditEvent:
    try:
        return from_item(row, AuditEvent)
    except UNREADABLE:
        event, _ = _salvaged(row, AuditEvent, _AUDIT_EVENT)
        return event


def read_key_schedule(row: Row) -> KeySchedule:
    """The schedule with those of its keys that can be read: they sign and verify on. It is not to be written back.

    Raises Unavailable where none can be read.
    """
    try:
        return from_item(row, KeySchedule)
    except UNREADABLE as error:
        schedule, _ = _salvaged(row, KeySchedule, _KEY_SCHEDULE)
        keys = schedule.keys or _readable_keys(row)
        if not keys:
            raise Unavailable from error
        return replace(schedule, keys=keys)


def read_whole(row: Row, record_type: type[Record]) -> Record:
    """For who changes the row: what cannot be read must not be lost. Raises Unavailable."""
    try:
        return from_item(row, record_type)
    except UNREADABLE as error:
        _told(row, record_type, ["the row"])
        raise Unavailable from error


def _salvaged(row: Row, record_type: type[Record], stand_ins: Mapping[str, Any]) -> tuple[Record, frozenset[str]]:
    """The record, and the names of what could not be read, in whose place its stand-in is, or its default."""
    members: dict[str, Any] = {}
    unreadable: list[str] = []
    types = get_type_hints(record_type, include_extras=True)
    for field in msgspec.structs.fields(record_type):
        if field.name in row or field.required:
            try:
                members[field.name] = _member(row[field.name], types[field.name])
                continue
            except (KeyError, *UNREADABLE):
                unreadable.append(field.name)
            if field.name in stand_ins:
                members[field.name] = stand_ins[field.name]
    _told(row, record_type, unreadable or ["a time"])
    return record_type(**members), frozenset(unreadable)


def _member(value: Value, type_: Any) -> Any:
    plain = from_value(value)
    if isinstance(plain, int) and type_ in (EpochSeconds, EpochSeconds | None):
        plain = min(max(0, plain), LAST_SECOND)
    return msgspec.convert(plain, type_, str_keys=True)


def _readable_keys(row: Row) -> tuple[KeyRecord, ...]:
    keys = []
    for member in row.get("keys", {}).get("L", []):
        try:
            keys.append(from_item(member["M"], KeyRecord))
        except (KeyError, *UNREADABLE):
            continue
    return tuple(keys)


def _told(row: Row, record_type: type[msgspec.Struct], unreadable: list[str]) -> None:
    keys = {name: row[name].get("S") for name in ("tenant_id", "client_id", "event_id") if name in row}
    _log.error("a row cannot be read", extra={"record": record_type.__name__, "row": keys, "unreadable": unreadable})
