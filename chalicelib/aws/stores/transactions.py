"""Conditional writes, and transactions that are tried again under contention."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from chalicelib import tables
from chalicelib.aws.backoff import jittered_waits
from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import to_item, to_value
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.errors import Unavailable
from chalicelib.tables import Table

Action = dict[str, Any]
"""An action of a transaction: ``{"Update": {…}}``, ``{"Put": {…}}``, ``{"ConditionCheck": {…}}``."""

_CONTENTION = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
_CONTENTION_ATTEMPTS = 10
_FIRST_WAIT = 0.02
_LONGEST_WAIT = 1.0
"""Seconds."""


class ConditionFailed(Superseded):
    """A transaction was refused; ``failed`` has the positions of the conditions that did not hold."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(failed)
        self.failed = failed


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


class Transactions:
    """Writes changes together with the audit events that tell of them, which are kept for ``audit_retention`` seconds.

    ``sleep`` takes seconds.
    """

    def __init__(
        self,
        client: DynamoDBClient,
        names: Mapping[Table, str],
        audit_retention: int,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._client = client
        self._audit_events = names[tables.AUDIT_EVENTS]
        self._audit_retention = audit_retention
        self._sleep = sleep

    def write(self, actions: Sequence[Action], events: Sequence[AuditEvent] = ()) -> None:
        """Sends one TransactWriteItems; tries again with jitter while others hold its rows or capacity is short.

        Raises ConditionFailed where a condition did not hold, Unavailable where contention outlasted the attempts.
        """
        together = [*actions, *(self._put(event) for event in events)]
        for wait in islice(jittered_waits(_FIRST_WAIT, _LONGEST_WAIT), _CONTENTION_ATTEMPTS):
            try:
                with translated_errors():
                    self._client.transact_write_items(TransactItems=together)
            except ClientError as error:
                if error.response["Error"]["Code"] != "TransactionCanceledException":
                    raise
                reasons = [reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])]
                failed = frozenset(i for i, reason in enumerate(reasons) if reason == "ConditionalCheckFailed")
                if failed:
                    raise ConditionFailed(failed) from error
                if not _CONTENTION.intersection(reasons):
                    raise
                self._sleep(wait)
            else:
                return
        raise Unavailable

    def _put(self, event: AuditEvent) -> Action:
        return {
            "Put": {
                "TableName": self._audit_events,
                "Item": to_item(event) | {tables.AUDIT_EVENTS.ttl: to_value(event.at + self._audit_retention)},
                "ConditionExpression": "attribute_not_exists(event_id)",
            }
        }
