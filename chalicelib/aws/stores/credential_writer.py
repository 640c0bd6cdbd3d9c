"""Writes the tenants and credentials tables when a single credential changes."""

from collections.abc import Mapping

from chalicelib import tables
from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import from_item, to_item, to_value
from chalicelib.aws.stores.keys import credential_row, tenant_row
from chalicelib.aws.stores.stamp import stamp
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.tenant import Tenant
from chalicelib.tables import Table


class DynamoDBCredentialWriter:
    """Implements ``credentials.ports.CredentialWriter``."""

    def __init__(self, client: DynamoDBClient, names: Mapping[Table, str], transactions: Transactions) -> None:
        self._client = client
        self._tenants = names[tables.TENANTS]
        self._credentials = names[tables.CREDENTIALS]
        self._transactions = transactions

    def reserve_status_index(self, tenant_id: str) -> Tenant:
        with translated_errors():
            answer = self._client.update_item(
                TableName=self._tenants,
                Key=tenant_row(tenant_id),
                UpdateExpression="SET generation = if_not_exists(generation, :one), "
                "active_counts = if_not_exists(active_counts, :empty), "
                "revocations = if_not_exists(revocations, :empty), "
                "next_status_index = if_not_exists(next_status_index, :none) + :one",
                ExpressionAttributeValues={":none": to_value(0), ":one": to_value(1), ":empty": to_value({})},
                ReturnValues="ALL_NEW",
            )
        return from_item(answer["Attributes"], Tenant)

    def insert(self, credential: Credential, event: AuditEvent) -> None:
        self._transactions.write(
            [
                {
                    "Update": {
                        "TableName": self._tenants,
                        "Key": tenant_row(credential.tenant_id),
                        "UpdateExpression": "SET active_counts.#generation = "
                        "if_not_exists(active_counts.#generation, :none) + :one",
                        # A fence that was raised since the tenant was read makes this create start over behind it.
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeNames": {"#generation": str(credential.generation)},
                        "ExpressionAttributeValues": {
                            ":none": to_value(0),
                            ":one": to_value(1),
                            ":generation": to_value(credential.generation),
                        },
                    }
                },
                {
                    "Put": {
                        "TableName": self._credentials,
                        "Item": to_item(credential),
                        "ConditionExpression": "attribute_not_exists(client_id)",
                    }
                },
            ],
            [event],
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

    def replace_secrets(self, before: Credential, after: Credential, event: AuditEvent) -> None:
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
                        "UpdateExpression": "SET secrets = :after",
                        # The whole map: of two who add a secret at once, the second must see the first's.
                        "ConditionExpression": "#status = :active AND secrets = :before",
                        "ExpressionAttributeNames": {"#status": "status"},
                        "ExpressionAttributeValues": {
                            ":active": to_value("active"),
                            ":before": to_value(before.secrets),
                            ":after": to_value(after.secrets),
                        },
                    }
                },
            ],
            [event],
        )
