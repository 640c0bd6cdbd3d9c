"""Writes the tenants and credentials tables when a single credential changes."""

import time
from collections.abc import Mapping

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_row
from chalicelib.aws.stores.credential_actions import change, revocation
from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.aws.stores.keys import tenant_row
from chalicelib.aws.stores.readable_rows import read_whole
from chalicelib.aws.stores.secret_digest_rows import put_digest
from chalicelib.aws.stores.transactions import Action, Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.ports import IdempotencyRecord
from chalicelib.credentials.secret_digests import SecretDigest
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
        self._names = names
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
        self,
        credential: Credential,
        event: AuditEvent,
        record: IdempotencyRecord | None = None,
        limit: int = 0,
        digest: SecretDigest | None = None,
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
                *self._digest(digest),
            ],
            [event],
            record,
        )

    def revoke(self, revoked: Credential, event: AuditEvent) -> None:
        self._transactions.write(revocation(self._names, revoked), [event])

    def update(
        self,
        before: Credential,
        after: Credential,
        event: AuditEvent,
        record: IdempotencyRecord | None = None,
        digest: SecretDigest | None = None,
    ) -> None:
        actions = [*change(self._names, before, after), *self._digest(digest)]
        self._transactions.write(actions, [event], record)

    def _digest(self, digest: SecretDigest | None) -> list[Action]:
        return [] if digest is None else [put_digest(self._names[tables.TOKEN_RECORDS], digest)]
