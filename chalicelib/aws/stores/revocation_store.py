"""The tenants and credentials tables, as revoke-all needs them."""

from collections.abc import Sequence
from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.credential_store import stamp
from chalicelib.aws.stores.dynamodb import ConditionFailed, Database, conditional, to_value
from chalicelib.credentials.model import AuditEvent, Credential, Sweep, Tenant

_SWEEP_NAMES = {"#through": "through", "#cursor": "cursor"}


class DynamoDBRevocationStore:
    """Implements ``credentials.store.RevocationStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def raise_fence(self, before: Tenant, after: Tenant, event: AuditEvent) -> None:
        fence = after.generation
        forgotten = [f"revocations.#r{f}" for f in sorted(before.revocations.keys() - after.revocations.keys())]
        forgotten += [f"active_counts.#g{g}" for g in sorted(before.active_counts.keys() - after.active_counts.keys())]
        names = {path.partition(".")[2]: path.partition(".")[2][2:] for path in forgotten} | {f"#r{fence}": str(fence)}
        self._database.transact(
            [
                {
                    "Update": {
                        "TableName": self._database.tables.tenants,
                        "Key": {"tenant_id": to_value(before.tenant_id)},
                        # The living generation's count is left alone: creates and revokes change it until this instant.
                        "UpdateExpression": "SET generation = :fence, sweep = :sweep, "
                        # What was admitted until this instant belongs to the old generation or starts over.
                        "dead_below = if_not_exists(next_status_index, :none), "
                        f"revocations.#r{fence} = :revocation"
                        + (f" REMOVE {', '.join(forgotten)}" if forgotten else ""),
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeNames": names,
                        "ExpressionAttributeValues": {
                            ":none": to_value(0),
                            ":generation": to_value(before.generation),
                            ":fence": to_value(fence),
                            ":revocation": to_value(after.revocations[fence]),
                            ":sweep": to_value(after.sweep),
                        },
                    }
                },
                self._database.put_event(event),
            ],
        )

    def stamp(self, revoked: Sequence[Credential], fence: int) -> None:
        left = list(revoked)
        while left:
            # Never a row of the fence's own generation or later: a credential made after the fence lives.
            actions = [
                stamp(self._database.tables, credential, "generation < :generation", fence) for credential in left
            ]
            try:
                self._database.transact(actions)
            except ConditionFailed as refusal:
                # Those rows carry a stamp by now: another sweep was faster.
                left = [credential for i, credential in enumerate(left) if i not in refusal.failed]
            else:
                return

    def checkpoint(self, tenant_id: str, before: Sweep, after: Sweep) -> None:
        condition, values = _sweep_is_still(before)
        with conditional():
            self._database.client.update_item(
                TableName=self._database.tables.tenants,
                Key={"tenant_id": to_value(tenant_id)},
                UpdateExpression="SET sweep = :after",
                ConditionExpression=condition,
                ExpressionAttributeNames=_SWEEP_NAMES,
                ExpressionAttributeValues=values | {":after": to_value(after)},
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
        self._database.transact(
            [
                {
                    "Update": {
                        "TableName": self._database.tables.tenants,
                        "Key": {"tenant_id": to_value(before.tenant_id)},
                        "UpdateExpression": "SET "
                        + ", ".join(f"revocations.#r{fence} = :r{fence}" for fence in done)
                        + " REMOVE sweep",
                        "ConditionExpression": condition,
                        "ExpressionAttributeNames": {f"#r{fence}": str(fence) for fence in done} | _SWEEP_NAMES,
                        "ExpressionAttributeValues": {f":r{fence}": to_value(r) for fence, r in done.items()} | values,
                    }
                },
                *(self._database.put_event(event) for event in events),
            ],
        )

    def unfinished_sweeps(self) -> Sequence[str]:
        # A scan of one small row a tenant, on the schedule alone. An index would cost a write at each fence to save it.
        pages = self._database.client.get_paginator("scan").paginate(
            TableName=self._database.tables.tenants,
            FilterExpression="attribute_exists(sweep)",
            ProjectionExpression="tenant_id",
            ConsistentRead=True,
        )
        with translated_errors():
            return [item["tenant_id"]["S"] for page in pages for item in page["Items"]]


def _sweep_is_still(sweep: Sweep) -> tuple[str, dict[str, Any]]:
    return (
        "sweep.#through = :through AND sweep.#cursor = :cursor",
        {":through": to_value(sweep.through), ":cursor": to_value(sweep.cursor)},
    )
