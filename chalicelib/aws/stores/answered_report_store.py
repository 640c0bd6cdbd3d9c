"""Remembers which signed reports of leaked secrets were answered."""

import time
from contextlib import suppress

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.conditional_writes import Superseded


class DynamoDBAnsweredReports:
    """Implements ``secret_scanning.github_reports.AnsweredReports``. TTL removes a row after its ``expires_at``."""

    def __init__(self, client: DynamoDBClient, table_name: str, sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._table_name = table_name
        self._sleep = sleep

    def first_answer(self, report_id: str) -> int | None:
        with translated_errors():
            answer = self._client.get_item(
                TableName=self._table_name, Key={"token_id": to_value(report_id)}, ConsistentRead=True
            )
        return int(answer["Item"]["answered_at"]["N"]) if "Item" in answer else None

    def add(self, report_id: str, now: int, until: int) -> None:
        with suppress(Superseded):
            write_row(
                lambda: self._client.put_item(
                    TableName=self._table_name,
                    Item={
                        "token_id": to_value(report_id),
                        "answered_at": to_value(now),
                        "expires_at": to_value(until),
                    },
                    ConditionExpression="attribute_not_exists(token_id)",
                ),
                self._sleep,
            )
