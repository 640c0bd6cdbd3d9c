"""Where the schedule of the signing keys is kept: one row of the tenants table, under a key no tenant can have."""

from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.dynamodb import Database, conditional, from_item, to_item, to_value
from chalicelib.signing_keys.key_schedule import KeySchedule

_ROW = {"tenant_id": to_value("signing-keys")}
"""A tenant key is 26 letters and digits."""


class DynamoDBKeyScheduleStore:
    """Implements ``tokens.key_ring.KeyScheduleStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> KeySchedule | None:
        with translated_errors():
            answer = self._database.client.get_item(
                TableName=self._database.tables.tenants, Key=_ROW, ConsistentRead=True
            )
        return from_item(answer["Item"], KeySchedule) if "Item" in answer else None

    def write(self, before: KeySchedule | None, after: KeySchedule) -> None:
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(tenant_id)"}
        if before is not None:
            condition = {
                "ConditionExpression": "version = :before",
                "ExpressionAttributeValues": {":before": to_value(before.version)},
            }
        with conditional():
            self._database.client.put_item(
                TableName=self._database.tables.tenants, Item=_ROW | to_item(after), **condition
            )
