"""The audit_events table."""

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.dynamodb import Database, from_item, to_value
from chalicelib.credentials.model import AuditEvent
from chalicelib.credentials.ports import Page


class DynamoDBAuditEventStore:
    """Implements ``credentials.store.AuditEventStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[AuditEvent]:
        condition = "tenant_id = :tenant_id" + (" AND event_id < :before" if before else "")
        values = {":tenant_id": to_value(tenant_id)} | ({":before": to_value(before)} if before else {})
        with translated_errors():
            answer = self._database.client.query(
                TableName=self._database.tables.audit_events,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ConsistentRead=True,
                ScanIndexForward=False,
                Limit=limit,
            )
        return Page([from_item(item, AuditEvent) for item in answer["Items"]], "LastEvaluatedKey" in answer)
