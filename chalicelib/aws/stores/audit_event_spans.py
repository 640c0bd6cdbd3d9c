"""Reads the audit events of a span of time, of one tenant or of all, page by page."""

from typing import Any

import msgspec

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import Value, to_value
from chalicelib.aws.stores.readable_rows import read_audit_event
from chalicelib.aws.transport.protocols import Answer, DynamoDBClient
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.event_resending import EventPage, ResendCommand
from chalicelib.credentials.identifiers import first_id_at

_ROWS = 1_000
"""Of a page: about as many as are in the megabyte that DynamoDB reads at once."""
_SPAN = "event_id BETWEEN :first AND :last"
_KEY = ("tenant_id", "event_id")


class DynamoDBAuditEventSpans:
    """Implements ``credentials.event_resending.AuditEventSpans``. A cursor is the key of the row before the next.

    ``rows``: how many are read for a page.
    """

    def __init__(self, client: DynamoDBClient, table_name: str, rows: int = _ROWS) -> None:
        self._client = client
        self._table_name = table_name
        self._rows = rows

    def page(self, command: ResendCommand, cursor: str | None) -> EventPage:
        start = {} if cursor is None else {"ExclusiveStartKey": _key(cursor)}
        values = {":first": to_value(first_id_at(command.since)), ":last": to_value(first_id_at(command.until))}
        with translated_errors():
            answer = self._read(command.tenant_id, values, start)
        last: dict[str, Value] | None = answer.get("LastEvaluatedKey")
        return EventPage(
            events=tuple(read_audit_event(item) for item in answer["Items"]),
            cursor=None if last is None else _cursor(*(last[name]["S"] for name in _KEY)),
        )

    def cursor_behind(self, event: AuditEvent) -> str:
        return _cursor(event.tenant_id, event.event_id)

    def _read(self, tenant_id: str | None, values: dict[str, Value], start: dict[str, Any]) -> Answer:
        if tenant_id is None:
            # A scan: no index leads to a time, and none is worth a write with each event. It reads a tenant's rows in
            # their order.
            return self._client.scan(
                TableName=self._table_name,
                FilterExpression=_SPAN,
                ExpressionAttributeValues=values,
                ConsistentRead=True,
                Limit=self._rows,
                **start,
            )
        return self._client.query(
            TableName=self._table_name,
            KeyConditionExpression=f"tenant_id = :tenant_id AND {_SPAN}",
            ExpressionAttributeValues={":tenant_id": to_value(tenant_id), **values},
            ConsistentRead=True,
            Limit=self._rows,
            **start,
        )


def _cursor(tenant_id: str, event_id: str) -> str:
    return msgspec.json.encode([tenant_id, event_id]).decode()


def _key(cursor: str) -> dict[str, Value]:
    """Raises ValueError."""
    tenant_id, event_id = msgspec.json.decode(cursor, type=tuple[str, str])
    return dict(zip(_KEY, (to_value(tenant_id), to_value(event_id)), strict=True))
