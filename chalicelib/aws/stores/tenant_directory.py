"""Reads all of the tenants table."""

from collections.abc import Iterator
from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.identifiers import is_tenant_key
from chalicelib.oauth.status_list_aggregation import StatusIndexes


class DynamoDBTenantDirectory:
    """Implements ``oauth.status_list_aggregation.TenantDirectory``. ``table`` is the tenants table's name."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def status_indexes(self) -> Iterator[StatusIndexes]:
        start: dict[str, Any] = {}
        while True:
            with translated_errors():
                page = self._client.scan(
                    TableName=self._table, ProjectionExpression="tenant_id, next_status_index", **start
                )
            for item in page.get("Items", []):
                # The table has a row that is no tenant's: the schedule of the signing keys.
                if is_tenant_key(item["tenant_id"]["S"]):
                    yield StatusIndexes(item["tenant_id"]["S"], int(item.get("next_status_index", {"N": "0"})["N"]))
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
