"""Transactions: changes together with the audit events that tell of them, tried again under contention."""

import logging
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from chalicelib import tables
from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import to_item, to_value
from chalicelib.aws.stores.contention import Contended, ShortOfCapacity, outlasting_contention
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.ports import IdempotencyRecord
from chalicelib.errors import OutcomeUnknown, Unavailable
from chalicelib.tables import Table

Action = dict[str, Any]
"""An action of a transaction: ``{"Update": {…}}``, ``{"Put": {…}}``, ``{"ConditionCheck": {…}}``."""

_THROTTLED = frozenset({"ThrottlingError", "ProvisionedThroughputExceeded"})

_log = logging.getLogger(__name__)


class ConditionFailed(Superseded):
    """A transaction was refused; ``failed`` has the positions of the conditions that did not hold."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(failed)
        self.failed = failed


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
        self._token_records = names[tables.TOKEN_RECORDS]
        self._audit_retention = audit_retention
        self._sleep = sleep

    def write(
        self,
        actions: Sequence[Action],
        events: Sequence[AuditEvent] = (),
        record: IdempotencyRecord | None = None,
    ) -> None:
        """Sends one TransactWriteItems; tries again with jitter while others hold its rows or capacity is short.

        Raises ConditionFailed where a condition did not hold, Unavailable where contention outlasted the attempts or
        DynamoDB cancelled the transaction for a reason that is not ours: nothing was written then. Raises
        OutcomeUnknown where no answer came.
        """
        remembered = [] if record is None else [self._remember(record)]
        together = [*actions, *remembered, *(self._put(event) for event in events)]
        try:
            outlasting_contention(lambda: self._attempt(together), self._sleep)
        except ConditionFailed as refusal:
            # An event's id is made for this write alone: if the event is there, the client has lost the answer of its
            # first try, and met its own work in the next. (DynamoDB knows a transaction by its token for ten minutes.)
            if not refusal.failed.intersection(range(len(together) - len(events), len(together))):
                raise

    def write_once(self, actions: Sequence[Action], events: Sequence[AuditEvent]) -> None:
        """The same in one attempt, for what nobody waits for. Raises Contended too."""
        self._attempt([*actions, *(self._put(event) for event in events)])

    def _attempt(self, together: list[Action]) -> None:
        try:
            with translated_errors():
                # One token for all that the client tries: DynamoDB carries it out once, even if an answer was lost.
                self._client.transact_write_items(TransactItems=together, ClientRequestToken=os.urandom(16).hex())
        except Unavailable as error:
            raise OutcomeUnknown from error
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            reasons = [reason.get("Code", "None") for reason in error.response.get("CancellationReasons", [])]
            failed = frozenset(i for i, reason in enumerate(reasons) if reason == "ConditionalCheckFailed")
            if failed:
                raise ConditionFailed(failed) from error
            if _THROTTLED.intersection(reasons):
                raise ShortOfCapacity from error
            if "TransactionConflict" in reasons:
                raise Contended from error
            # A reason that no request of ours should meet, or none at all. Nothing was written: the caller may try
            # again, and somebody must look, so the line is an error.
            failure = {"aws_service": "dynamodb", "aws_operation": error.operation_name, "aws_error": reasons}
            _log.error("AWS cancelled a transaction", extra=failure)
            raise Unavailable from error

    def _remember(self, record: IdempotencyRecord) -> Action:
        return {
            "Put": {
                "TableName": self._token_records,
                "Item": to_item(record),
                # TTL deletes late: a record past its ``expires_at`` counts as absent.
                "ConditionExpression": "attribute_not_exists(token_id) OR expires_at < :now",
                "ExpressionAttributeValues": {":now": to_value(record.made_at)},
            }
        }

    def _put(self, event: AuditEvent) -> Action:
        return {
            "Put": {
                "TableName": self._audit_events,
                "Item": to_item(event) | {tables.AUDIT_EVENTS.ttl: to_value(event.at + self._audit_retention)},
                "ConditionExpression": "attribute_not_exists(event_id)",
            }
        }
