"""The audit_events table."""

from typing import TYPE_CHECKING

from chalicelib.aws.availability import translated_errors
from chalicelib.aws.dynamodb import Tables, from_item, to_value
from chalicelib.credentials.model import AuditEvent
from chalicelib.credentials.store import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDBAuditEventStore:
    """Implements ``credentials.store.AuditEventStore``."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._tables = tables

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[AuditEvent]:
        condition = "tenant_id = :tenant_id" + (" AND event_id < :before" if before else "")
        values = {":tenant_id": to_value(tenant_id)} | ({":before": to_value(before)} if before else {})
        with translated_errors():
            answer = self._client.query(
                TableName=self._tables.audit_events,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ConsistentRead=True,
                ScanIndexForward=False,
                Limit=limit,
            )
        return Page([from_item(item, AuditEvent) for item in answer["Items"]], "LastEvaluatedKey" in answer)
