"""Writes the tenants and credentials tables for a sweep."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib import tables
from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.stores.keys import tenant_row
from chalicelib.aws.stores.stamp import stamp
from chalicelib.aws.stores.transactions import ConditionFailed, Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.tenant import Sweep, Tenant
from chalicelib.tables import Table

_SWEEP_NAMES = {"#through": "through", "#cursor": "cursor"}


class DynamoDBSweepStore:
    """Implements ``credentials.ports.SweepStore``."""

    def __init__(
        self,
        client: DynamoDBClient,
        names: Mapping[Table, str],
        transactions: Transactions,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._client = client
        self._tenants = names[tables.TENANTS]
        self._credentials = names[tables.CREDENTIALS]
        self._transactions = transactions
        self._sleep = sleep

    def stamp(self, revoked: Sequence[Credential], fence: int) -> None:
        left = list(revoked)
        while left:
            # Never a row of the fence's own generation or later: a credential made after the fence is active.
            actions = [stamp(self._credentials, credential, "generation < :generation", fence) for credential in left]
            try:
                self._transactions.write(actions)
            except ConditionFailed as refusal:
                # Another sweep was faster: those rows are stamped by now.
                left = [credential for i, credential in enumerate(left) if i not in refusal.failed]
            else:
                return

    def checkpoint(self, tenant_id: str, before: Sweep, after: Sweep) -> None:
        condition, values = _sweep_is_still(before)
        write_row(
            lambda: self._client.update_item(
                TableName=self._tenants,
                Key=tenant_row(tenant_id),
                UpdateExpression="SET sweep = :after",
                ConditionExpression=condition,
                ExpressionAttributeNames=_SWEEP_NAMES,
                ExpressionAttributeValues=values | {":after": to_value(after)},
            ),
            self._sleep,
        )

    def complete(self, before: Tenant, after: Tenant, events: Sequence[AuditEvent]) -> None:
        if before.sweep is None:
            raise ValueError("there is no sweep to complete")
        condition, values = _sweep_is_still(before.sweep)
        done = {
            fence: revocation
            for fence, revocation in after.revocations.items()
            if revocation != before.revocations[fence]
        }
        self._transactions.write(
            [
                {
                    "Update": {
                        "TableName": self._tenants,
                        "Key": tenant_row(before.tenant_id),
                        "UpdateExpression": "SET "
                        + ", ".join(f"revocations.#r{fence} = :r{fence}" for fence in done)
                        + " REMOVE sweep",
                        "ConditionExpression": condition,
                        "ExpressionAttributeNames": {f"#r{fence}": str(fence) for fence in done} | _SWEEP_NAMES,
                        "ExpressionAttributeValues": {f":r{fence}": to_value(r) for fence, r in done.items()} | values,
                    }
                }
            ],
            events,
        )

    def unfinished_sweeps(self) -> Sequence[str]:
        # A scan of one small row a tenant, on the schedule alone. An index would cost a write at each fence to save it.
        found: list[str] = []
        start: dict[str, Any] = {}
        while True:
            with translated_errors():
                page = self._client.scan(
                    TableName=self._tenants,
                    FilterExpression="attribute_exists(sweep)",
                    ProjectionExpression="tenant_id",
                    ConsistentRead=True,
                    **start,
                )
            found += [item["tenant_id"]["S"] for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _sweep_is_still(sweep: Sweep) -> tuple[str, dict[str, Any]]:
    return (
        "sweep.#through = :through AND sweep.#cursor = :cursor",
        {":through": to_value(sweep.through), ":cursor": to_value(sweep.cursor)},
    )
