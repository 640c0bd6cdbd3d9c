"""The token_records table."""

import time
from typing import TYPE_CHECKING

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.dynamodb import conditional, to_value
from chalicelib.credentials.audit import Clock
from chalicelib.credentials.ports import Superseded
from chalicelib.oauth.replay import AlreadyUsed

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDBTokenRecordStore:
    """Implements ``tokens.token_records.SpentTokens``. TTL removes a row within days of its ``expires_at``."""

    def __init__(self, client: "DynamoDBClient", table: str, clock: Clock = time.time) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def spend(self, token_id: str, until: int) -> None:
        unknown = "attribute_not_exists(token_id)"
        # TTL takes its time: a row that is past its end says no more than none.
        outlived = "expires_at < :now"
        try:
            with conditional():
                self._client.put_item(
                    TableName=self._table,
                    Item={"token_id": to_value(token_id), "expires_at": to_value(until)},
                    ConditionExpression=f"{unknown} OR {outlived}",
                    ExpressionAttributeValues={":now": to_value(int(self._clock()))},
                )
        except Superseded as error:
            raise AlreadyUsed from error

    def is_spent(self, token_id: str) -> bool:
        with translated_errors():
            answer = self._client.get_item(
                TableName=self._table, Key={"token_id": to_value(token_id)}, ConsistentRead=True
            )
        return "Item" in answer and int(answer["Item"]["expires_at"]["N"]) >= int(self._clock())
