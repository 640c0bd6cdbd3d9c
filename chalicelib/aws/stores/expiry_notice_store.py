"""Finds credentials that end soon, in all of the credentials table, and writes the notices of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.expiry_notices import Window
from chalicelib.credentials.ports import IdempotencyRecord


class DynamoDBCredentialDirectory:
    """Implements ``credentials.expiry_notices.CredentialDirectory``. ``table`` is the credentials table's name."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def ending_within(self, windows: Sequence[Window]) -> Iterator[Sequence[str]]:
        # A scan, since an index would cost a write at each create, edit and end, and know nothing of older rows. It is
        # eventually consistent, at half the price: each row is read again before anything is told of it. The row of a
        # suspended credential has an expiry long past.
        conditions: list[str] = []
        values: dict[str, Any] = {}
        for number, window in enumerate(windows):
            conditions.append(f"(expires_at > :after{number} AND expires_at <= :until{number})")
            values |= {f":after{number}": to_value(window.after), f":until{number}": to_value(window.until)}
        start: dict[str, Any] = {}
        while True:
            with translated_errors():
                page = self._client.scan(
                    TableName=self._table,
                    FilterExpression=f"attribute_not_exists(revoked_at) AND ({' OR '.join(conditions)})",
                    ExpressionAttributeValues=values,
                    ProjectionExpression="client_id",
                    **start,
                )
            yield [item["client_id"]["S"] for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


class DynamoDBNoticeWriter:
    """Implements ``credentials.expiry_notices.NoticeWriter``."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def write_notice(self, event: AuditEvent, record: IdempotencyRecord) -> None:
        self._transactions.write([], [event], record)
