"""Writes that a client was refused: the audit event, with the record that keeps others of its kind away."""

from collections.abc import Mapping

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.deadline import attempted_once
from chalicelib.tables import Table


class DynamoDBRefusalWriter:
    """Implements ``credentials.ports.RefusalWriter``."""

    def __init__(self, names: Mapping[Table, str], transactions: Transactions) -> None:
        self._token_records = names[tables.TOKEN_RECORDS]
        self._transactions = transactions

    def write(self, event: AuditEvent, reason: str, until: int) -> None:
        record = {
            "Put": {
                "TableName": self._token_records,
                "Item": {"token_id": to_value(f"refusal:{event.client_id}:{reason}"), "expires_at": to_value(until)},
                # TTL deletes late: a record past its ``expires_at`` counts as absent.
                "ConditionExpression": "attribute_not_exists(token_id) OR expires_at <= :now",
                "ExpressionAttributeValues": {":now": to_value(event.at)},
            }
        }
        with attempted_once():
            self._transactions.write_once([record], [event])
