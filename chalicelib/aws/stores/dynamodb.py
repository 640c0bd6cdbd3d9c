"""DynamoDB as the stores use it: attribute values, errors in our words, transactions that outlast contention."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from botocore.exceptions import ClientError

from chalicelib.aws.errors import translated_errors
from chalicelib.credentials.model import AuditEvent
from chalicelib.credentials.ports import Superseded
from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Value = Any
"""An attribute value as DynamoDB's JSON has it: ``{"S": "…"}``, ``{"N": "1"}``, …"""
Record = TypeVar("Record", bound=msgspec.Struct)

_CONTENTION = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
_CONTENTION_ATTEMPTS = 10
_CONTENTION_FIRST_WAIT = 0.02
_CONTENTION_LONGEST_WAIT = 1.0
"""Seconds."""


class Tables(NamedTuple):
    """The names of the three tables."""

    tenants: str
    credentials: str
    audit_events: str


def to_item(record: msgspec.Struct) -> dict[str, Value]:
    """The record as a DynamoDB item; fields that are None are left out."""
    return {name: to_value(value) for name, value in msgspec.to_builtins(record, str_keys=True).items()}


def from_item(item: Mapping[str, Value], record_type: type[Record]) -> Record:
    """The record in a DynamoDB item; attributes the type does not know are ignored."""
    plain = {name: _from_value(value) for name, value in item.items()}
    return msgspec.convert(plain, record_type, str_keys=True)


def to_value(value: object) -> Value:
    """A str, int, bool, mapping, sequence or record as an attribute value."""
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case msgspec.Struct():
            return {"M": to_item(value)}
        case Mapping():
            return {"M": {str(name): to_value(member) for name, member in value.items()}}
        case Sequence():
            return {"L": [to_value(member) for member in value]}
        case _:
            raise TypeError(f"no attribute value for {type(value).__name__}")


def _from_value(value: Value) -> object:
    ((kind, content),) = value.items()
    match kind:
        case "M":
            return {name: _from_value(member) for name, member in content.items()}
        case "L":
            return [_from_value(member) for member in content]
        case "N":
            return int(content)
        case "S" | "BOOL":
            return content
        case _:
            raise TypeError(f"no table of ours holds an attribute of type {kind}")


@contextmanager
def conditional() -> Iterator[None]:
    """For a write of one row: turns a failed condition into Superseded, and a busy or broken AWS into Unavailable."""
    try:
        with translated_errors():
            yield
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            raise Superseded from error
        raise


class ConditionFailed(Superseded):
    """A transaction was refused; ``failed`` has the positions of the conditions that did not hold."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(failed)
        self.failed = failed


class Database:
    """The client, the tables, and what every write has in common. ``audit_retention`` and ``sleep`` are in seconds."""

    def __init__(
        self,
        client: "DynamoDBClient",
        tables: Tables,
        audit_retention: int,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.client = client
        self.tables = tables
        self.sleep = sleep
        self._audit_retention = audit_retention

    def transact(self, actions: Sequence[dict[str, Any]]) -> None:
        """One TransactWriteItems, tried again with jitter while others hold its rows or capacity is short.

        Raises ConditionFailed where a condition did not hold, Unavailable where contention outlasted the attempts.
        """
        wait = _CONTENTION_FIRST_WAIT
        for _ in range(_CONTENTION_ATTEMPTS):
            try:
                with translated_errors():
                    self.client.transact_write_items(TransactItems=actions)  # type: ignore[arg-type]
            except ClientError as error:
                if error.response["Error"]["Code"] != "TransactionCanceledException":
                    raise
                reasons = [reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])]
                failed = frozenset(i for i, reason in enumerate(reasons) if reason == "ConditionalCheckFailed")
                if failed:
                    raise ConditionFailed(failed) from error
                if not _CONTENTION.intersection(reasons):
                    raise
                self.sleep(random.uniform(0, wait))  # noqa: S311  (jitter, not a secret)
                wait = min(wait * 2, _CONTENTION_LONGEST_WAIT)
            else:
                return
        raise Unavailable

    def put_event(self, event: AuditEvent) -> dict[str, Any]:
        """The action that writes an audit event, to be kept for the retention time."""
        return {
            "Put": {
                "TableName": self.tables.audit_events,
                "Item": to_item(event) | {"expires_at_ttl": to_value(event.at + self._audit_retention)},
                "ConditionExpression": "attribute_not_exists(event_id)",
            }
        }
