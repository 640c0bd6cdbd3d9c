"""Reads and writes the key schedule: one row of the tenants table, under a key that no tenant can have."""

import time
from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import to_item, to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.stores.keys import tenant_row
from chalicelib.aws.stores.readable_rows import read_key_schedule, read_whole
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.signing_keys.key_schedule import KeySchedule
from chalicelib.tables import SIGNING_KEYS_ROW

_ROW = tenant_row(SIGNING_KEYS_ROW)


class DynamoDBKeyScheduleReader:
    """Implements ``signing_keys.key_ring.KeyScheduleReader``.

    ``to_change``: for who writes what was read. A schedule that can be read in part alone is good for tokens, no more.
    """

    def __init__(self, client: DynamoDBClient, tenants_table: str, to_change: bool = False) -> None:
        self._client = client
        self._tenants = tenants_table
        self._to_change = to_change

    def read(self) -> KeySchedule | None:
        with translated_errors():
            answer = self._client.get_item(TableName=self._tenants, Key=_ROW, ConsistentRead=True)
        if "Item" not in answer:
            return None
        return read_whole(answer["Item"], KeySchedule) if self._to_change else read_key_schedule(answer["Item"])


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
