"""Writes the tenants table for a revoke-all."""

import time

from chalicelib.aws.stores.attribute_values import to_item, to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.stores.keys import tenant_row
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.ports import IdempotencyRecord
from chalicelib.credentials.tenant import Tenant


class DynamoDBRevocationWriter:
    """Implements ``credentials.ports.RevocationWriter``."""

    def __init__(
        self, client: DynamoDBClient, tenants_table: str, transactions: Transactions, sleep: Sleep = time.sleep
    ) -> None:
        self._client = client
        self._tenants = tenants_table
        self._transactions = transactions
        self._sleep = sleep

    def insert_tenant(self, tenant: Tenant) -> None:
        write_row(
            lambda: self._client.put_item(
                TableName=self._tenants,
                Item=to_item(tenant),
                ConditionExpression="attribute_not_exists(tenant_id)",
            ),
            self._sleep,
        )

    def raise_fence(
        self, before: Tenant, after: Tenant, event: AuditEvent, record: IdempotencyRecord | None = None
    ) -> None:
        fence = after.generation
        forgotten = [f"revocations.#r{f}" for f in sorted(before.revocations.keys() - after.revocations.keys())]
        forgotten += [f"active_counts.#g{g}" for g in sorted(before.active_counts.keys() - after.active_counts.keys())]
        # Counts of generations that an earlier fence has passed: they are final, so what was read still holds.
        changed = dict(sorted(after.active_counts.items() - before.active_counts.items()))
        names = {path.partition(".")[2]: path.partition(".")[2][2:] for path in forgotten}
        names |= {f"#g{g}": str(g) for g in changed} | {f"#r{fence}": str(fence)}
        self._transactions.write(
            [
                {
                    "Update": {
                        "TableName": self._tenants,
                        "Key": tenant_row(before.tenant_id),
                        # The old generation's count is left alone: creates and revokes change it until this instant.
                        "UpdateExpression": "SET generation = :fence, sweep = :sweep, "
                        # What was reserved until this instant belongs to the old generation or starts over.
                        "dead_below = if_not_exists(next_status_index, :none), "
                        f"revocations.#r{fence} = :revocation"
                        + "".join(f", active_counts.#g{g} = :g{g}" for g in changed)
                        + (f" REMOVE {', '.join(forgotten)}" if forgotten else ""),
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeNames": names,
                        "ExpressionAttributeValues": {
                            ":none": to_value(0),
                            ":generation": to_value(before.generation),
                            ":fence": to_value(fence),
                            ":revocation": to_value(after.revocations[fence]),
                            ":sweep": to_value(after.sweep),
                        }
                        | {f":g{g}": to_value(count) for g, count in changed.items()},
                    }
                }
            ],
            [event],
            record,
        )
