"""Reads and writes the key schedule: one row of the tenants table, under a key that no tenant can have."""

import time
from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import from_item, to_item, to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.stores.keys import tenant_row
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.signing_keys.key_schedule import KeySchedule
from chalicelib.tables import SIGNING_KEYS_ROW

_ROW = tenant_row(SIGNING_KEYS_ROW)


class DynamoDBKeyScheduleReader:
    """Implements ``signing_keys.key_ring.KeyScheduleReader``."""

    def __init__(self, client: DynamoDBClient, tenants_table: str) -> None:
        self._client = client
        self._tenants = tenants_table

    def read(self) -> KeySchedule | None:
        with translated_errors():
            answer = self._client.get_item(TableName=self._tenants, Key=_ROW, ConsistentRead=True)
        return from_item(answer["Item"], KeySchedule) if "Item" in answer else None


class DynamoDBKeyScheduleWriter:
    """Implements ``signing_keys.key_operations.KeyScheduleWriter``."""

    def __init__(self, client: DynamoDBClient, tenants_table: str, sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._tenants = tenants_table
        self._sleep = sleep

    def write(self, before: KeySchedule | None, after: KeySchedule) -> None:
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(tenant_id)"}
        if before is not None:
            condition = {
                "ConditionExpression": "version = :before",
                "ExpressionAttributeValues": {":before": to_value(before.version)},
            }
        write_row(
            lambda: self._client.put_item(TableName=self._tenants, Item=_ROW | to_item(after), **condition), self._sleep
        )
