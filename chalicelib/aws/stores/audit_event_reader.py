"""Reads the audit_events table. ``transactions`` writes it: an event and its change are one transaction."""

from chalicelib import tables
from chalicelib.aws.stores.pages import query_page
from chalicelib.aws.stores.readable_rows import read_audit_event
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.ports import Page


class DynamoDBAuditEventReader:
    """Implements ``credentials.ports.AuditEventReader``."""

    def __init__(self, client: DynamoDBClient, table_name: str) -> None:
        self._client = client
        self._table_name = table_name

    def newest_first(
        self, tenant_id: str, before: str | None, limit: int, not_before: str | None = None
    ) -> Page[AuditEvent]:
        return query_page(
            self._client,
            tables.AUDIT_EVENTS,
            self._table_name,
            tenant_id,
            read_audit_event,
            before=before,
            not_before=not_before,
            limit=limit,
        )
