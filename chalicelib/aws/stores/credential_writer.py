"""Writes the tenants and credentials tables when a single credential changes."""

import time
from collections.abc import Mapping

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.aws.stores.keys import credential_row, tenant_row
from chalicelib.aws.stores.readable_rows import read_whole
from chalicelib.aws.stores.stamp import stamp
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import FIRST_VERSION, Credential
from chalicelib.credentials.ports import IdempotencyRecord
from chalicelib.credentials.tenant import Tenant
from chalicelib.tables import Table


class DynamoDBCredentialWriter:
    """Implements ``credentials.ports.CredentialWriter``."""

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

    def reserve_status_index(self, tenant_id: str) -> Tenant:
        # Apart from the transaction of ``insert``, which cannot return a number: creates that race would else take the
        # same one from a read, and all but one of them start over.
        answer = write_row(
            lambda: self._client.update_item(
                TableName=self._tenants,
                Key=tenant_row(tenant_id),
                UpdateExpression="SET generation = if_not_exists(generation, :one), "
                "active_counts = if_not_exists(active_counts, :empty), "
                "revocations = if_not_exists(revocations, :empty), "
                "next_status_index = if_not_exists(next_status_index, :none) + :one",
                ExpressionAttributeValues={":none": to_value(0), ":one": to_value(1), ":empty": to_value({})},
                ReturnValues="ALL_NEW",
            ),
            self._sleep,
        )
        return read_whole(answer["Attributes"], Tenant)

    def insert(
        self, credential: Credential, event: AuditEvent, record: IdempotencyRecord | None = None, limit: int = 0
    ) -> None:
        # In the transaction: of two creates that both saw room for one more, one comes through.
        has_room = "(attribute_not_exists(active_counts.#generation) OR active_counts.#generation < :limit)"
        self._transactions.write(
            [
                {
                    "Update": {
                        "TableName": self._tenants,
                        "Key": tenant_row(credential.tenant_id),
                        "UpdateExpression": "SET active_counts.#generation = "
                        "if_not_exists(active_counts.#generation, :none) + :one",
                        # A fence that was raised since the tenant was read makes this create start over behind it.
                        "ConditionExpression": "generation = :generation" + (f" AND {has_room}" if limit else ""),
                        "ExpressionAttributeNames": {"#generation": str(credential.generation)},
                        "ExpressionAttributeValues": {
                            ":none": to_value(0),
                            ":one": to_value(1),
                            ":generation": to_value(credential.generation),
                        }
                        | ({":limit": to_value(limit)} if limit else {}),
                    }
                },
                {
                    "Put": {
                        "TableName": self._credentials,
                        "Item": to_row(credential),
                        "ConditionExpression": "attribute_not_exists(client_id)",
                    }
                },
            ],
            [event],
            record,
        )

    def revoke(self, revoked: Credential, event: AuditEvent) -> None:
        self._transactions.write(
            [
                {
                    "Update": {
                        "TableName": self._tenants,
                        "Key": tenant_row(revoked.tenant_id),
                        "UpdateExpression": "SET active_counts.#generation = active_counts.#generation - :one",
                        # Behind a fence the credential is the sweep's: only one of the two may count it.
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeNames": {"#generation": str(revoked.generation)},
                        "ExpressionAttributeValues": {
                            ":one": to_value(1),
                            ":generation": to_value(revoked.generation),
                        },
                    }
                },
                stamp(self._credentials, revoked, "generation = :generation", revoked.generation),
            ],
            [event],
        )

    def update(
        self, before: Credential, after: Credential, event: AuditEvent, record: IdempotencyRecord | None = None
    ) -> None:
        old, new = to_row(before), to_row(after)
        differing = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        written, removed = sorted(differing & new.keys()), sorted(differing - new.keys())
        # A first version is not written down.
        conditions = ["#status = :active", "#version = :old_version"]
        compared = {":active": to_value("active"), ":old_version": to_value(before.version)}
        if before.version == FIRST_VERSION:
            conditions[1] = "attribute_not_exists(#version)"
            del compared[":old_version"]
        if "secrets" in differing:
            # A hash is made anew without a new version: whoever writes the whole map must have seen it.
            conditions.append("#secrets = :old_secrets")
            compared[":old_secrets"] = old["secrets"]
        self._transactions.write(
            [
                {
                    "ConditionCheck": {
                        "TableName": self._tenants,
                        "Key": tenant_row(before.tenant_id),
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeValues": {":generation": to_value(before.generation)},
                    }
                },
                {
                    "Update": {
                        "TableName": self._credentials,
                        "Key": credential_row(before.client_id),
                        "UpdateExpression": "SET "
                        + ", ".join(f"#{name} = :{name}" for name in written)
                        + (f" REMOVE {', '.join(f'#{name}' for name in removed)}" if removed else ""),
                        "ConditionExpression": " AND ".join(conditions),
                        "ExpressionAttributeNames": {f"#{name}": name for name in differing | {"status", "version"}},
                        "ExpressionAttributeValues": compared | {f":{name}": new[name] for name in written},
                    }
                },
            ],
            [event],
            record,
        )
