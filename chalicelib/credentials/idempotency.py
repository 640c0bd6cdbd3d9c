"""Idempotency keys: a request that is sent again under its key is carried out once.

draft-ietf-httpapi-idempotency-key-header. What a request made is remembered in the transaction that makes it, so there
is no moment at which one is written without the other. Two that run at once meet at the record: one is carried out.
"""

import hashlib
from typing import Literal

import msgspec

from chalicelib.credentials.callers import Caller
from chalicelib.credentials.ports import IdempotencyRecord, IdempotencyRecords
from chalicelib.errors import IdempotencyKeyReused

REMEMBERED = 86_400
"""Seconds from a request to the end of its record."""
RECORD_PREFIX = "idempotency:"

Operation = Literal["create", "add_secret", "revoke_all"]


def idempotency_record(
    caller: Caller,
    operation: Operation,
    key: str | None,
    made: str,
    now: float,
    *,
    client_id: str = "",
    body: msgspec.Struct | None = None,
) -> IdempotencyRecord | None:
    """The record that this request leaves when it is carried out; None for a request without a key."""
    if key is None:
        return None
    scope = msgspec.json.encode([caller.tenant_id, operation, client_id, key])
    return IdempotencyRecord(
        token_id=RECORD_PREFIX + hashlib.sha256(scope).hexdigest(),
        fingerprint=hashlib.sha256(msgspec.json.encode(body, order="sorted")).hexdigest(),
        made=made,
        made_at=int(now),
        expires_at=int(now) + REMEMBERED,
    )


def made_before(records: IdempotencyRecords, record: IdempotencyRecord | None) -> str | None:
    """The id of what an earlier request under the same key made; None if this is the first, or has no key.

    Raises IdempotencyKeyReused where that request had another body, Unavailable.
    """
    earlier = None if record is None else records.read(record.token_id)
    if record is None or earlier is None:
        return None
    if earlier.fingerprint != record.fingerprint:
        raise IdempotencyKeyReused
    return earlier.made
