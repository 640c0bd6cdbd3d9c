"""Counts exchanges in the token_records table: one row a minute and counter, which TTL removes."""

from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_free_row
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.deadline import attempted_once


class DynamoDBExchangeCounter:
    """Implements ``oauth.exchange_limits.ExchangeCounter``."""

    def __init__(self, client: DynamoDBClient, table_name: str) -> None:
        self._client = client
        self._table_name = table_name

    def add(self, counter_id: str, limit: int, until: int) -> None:
        with attempted_once():
            write_free_row(
                lambda: self._client.update_item(
                    TableName=self._table_name,
                    Key={"token_id": to_value(counter_id)},
                    UpdateExpression="SET exchanges = if_not_exists(exchanges, :none) + :one, expires_at = :until",
                    ConditionExpression="attribute_not_exists(exchanges) OR exchanges < :limit",
                    ExpressionAttributeValues={
                        ":none": to_value(0),
                        ":one": to_value(1),
                        ":limit": to_value(limit),
                        ":until": to_value(until),
                    },
                )
            )
