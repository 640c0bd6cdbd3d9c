"""The tenants and credentials tables, as the use cases on single credentials need them."""

from typing import Any

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.dynamodb import Database, Tables, conditional, from_item, to_item, to_value
from chalicelib.credentials.identifiers import tenant_of
from chalicelib.credentials.model import AuditEvent, Credential, StoredSecret, Tenant
from chalicelib.credentials.ports import Page, Standing, Superseded
from chalicelib.errors import Unavailable

_READ_ATTEMPTS = 4
_READ_WAIT = 0.05
"""Seconds before the second attempt; doubled before each one after."""


class DynamoDBCredentialStore:
    """Implements ``credentials.store.CredentialStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def standing(self, client_id: str) -> Standing:
        tenant_id = tenant_of(client_id)
        keys: dict[str, Any] = {
            self._database.tables.tenants: {"Keys": [_tenant_key(tenant_id)], "ConsistentRead": True},
            self._database.tables.credentials: {"Keys": [_credential_key(client_id)], "ConsistentRead": True},
        }
        for attempt in range(_READ_ATTEMPTS):
            with translated_errors():
                answer = self._database.client.batch_get_item(RequestItems=keys)
            tenants = answer["Responses"].get(self._database.tables.tenants, [])
            credentials = answer["Responses"].get(self._database.tables.credentials, [])
            standing = Standing(
                from_item(tenants[0], Tenant) if tenants else None,
                from_item(credentials[0], Credential) if credentials else None,
            )
            # A batch is two reads, not one: a fence and a create may pass between them. A credential ahead of its
            # tenant shows that; the next read has both.
            if not answer.get("UnprocessedKeys") and not _is_torn(standing):
                return standing
            self._database.sleep(_READ_WAIT * 2**attempt)
        raise Unavailable

    def tenant(self, tenant_id: str) -> Tenant | None:
        with translated_errors():
            answer = self._database.client.get_item(
                TableName=self._database.tables.tenants, Key=_tenant_key(tenant_id), ConsistentRead=True
            )
        return from_item(answer["Item"], Tenant) if "Item" in answer else None

    def admit(self, tenant_id: str) -> Tenant:
        with translated_errors():
            answer = self._database.client.update_item(
                TableName=self._database.tables.tenants,
                Key=_tenant_key(tenant_id),
                UpdateExpression="SET generation = if_not_exists(generation, :one), "
                "active_counts = if_not_exists(active_counts, :empty), "
                "revocations = if_not_exists(revocations, :empty), "
                "next_status_index = if_not_exists(next_status_index, :none) + :one",
                ExpressionAttributeValues={":none": to_value(0), ":one": to_value(1), ":empty": to_value({})},
                ReturnValues="ALL_NEW",
            )
        return from_item(answer["Attributes"], Tenant)

    def ensure_tenant(self, tenant_id: str) -> Tenant:
        tenant = self.tenant(tenant_id)
        if tenant is not None:
            return tenant
        first = Tenant(tenant_id=tenant_id, generation=1, active_counts={}, revocations={})
        try:
            with conditional():
                self._database.client.put_item(
                    TableName=self._database.tables.tenants,
                    Item=to_item(first),
                    ConditionExpression="attribute_not_exists(tenant_id)",
                )
        except Superseded:
            return self.ensure_tenant(tenant_id)
        return first

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[Credential]:
        return self._page(tenant_id, "<", before, limit, forward=False)

    def oldest_first(self, tenant_id: str, after: str, limit: int) -> Page[Credential]:
        return self._page(tenant_id, ">", after or None, limit, forward=True)

    def insert(self, credential: Credential, event: AuditEvent) -> None:
        names = {"#generation": str(credential.generation)}
        self._database.transact(
            [
                {
                    "Update": {
                        "TableName": self._database.tables.tenants,
                        "Key": _tenant_key(credential.tenant_id),
                        "UpdateExpression": "SET active_counts.#generation = "
                        "if_not_exists(active_counts.#generation, :none) + :one",
                        # A fence that was raised since the tenant was read makes this create start over behind it.
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeNames": names,
                        "ExpressionAttributeValues": {
                            ":none": to_value(0),
                            ":one": to_value(1),
                            ":generation": to_value(credential.generation),
                        },
                    }
                },
                {
                    "Put": {
                        "TableName": self._database.tables.credentials,
                        "Item": to_item(credential),
                        "ConditionExpression": "attribute_not_exists(client_id)",
                    }
                },
                self._database.put_event(event),
            ],
        )

    def revoke(self, revoked: Credential, event: AuditEvent) -> None:
        self._database.transact(
            [
                {
                    "Update": {
                        "TableName": self._database.tables.tenants,
                        "Key": _tenant_key(revoked.tenant_id),
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
                stamp(self._database.tables, revoked, "generation = :generation", revoked.generation),
                self._database.put_event(event),
            ],
        )

    def replace_secrets(self, before: Credential, after: Credential, event: AuditEvent) -> None:
        generation = to_value(before.generation)
        self._database.transact(
            [
                {
                    "ConditionCheck": {
                        "TableName": self._database.tables.tenants,
                        "Key": _tenant_key(before.tenant_id),
                        "ConditionExpression": "generation = :generation",
                        "ExpressionAttributeValues": {":generation": generation},
                    }
                },
                {
                    "Update": {
                        "TableName": self._database.tables.credentials,
                        "Key": _credential_key(before.client_id),
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
                self._database.put_event(event),
            ],
        )

    def replace_hash(self, client_id: str, secret_id: str, old: StoredSecret, new: StoredSecret) -> None:
        with conditional():
            self._database.client.update_item(
                TableName=self._database.tables.credentials,
                Key=_credential_key(client_id),
                UpdateExpression="SET secrets.#secret_id.#hash = :new",
                ConditionExpression="secrets.#secret_id.#hash = :old",
                ExpressionAttributeNames={"#secret_id": secret_id, "#hash": "hash"},
                ExpressionAttributeValues={":old": to_value(old.hash), ":new": to_value(new.hash)},
            )

    def _page(self, tenant_id: str, beyond: str, start: str | None, limit: int, *, forward: bool) -> Page[Credential]:
        condition = "tenant_id = :tenant_id" + (f" AND client_id {beyond} :start" if start else "")
        values = {":tenant_id": to_value(tenant_id)} | ({":start": to_value(start)} if start else {})
        with translated_errors():
            answer = self._database.client.query(
                TableName=self._database.tables.credentials,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ConsistentRead=True,
                ScanIndexForward=forward,
                Limit=limit,
            )
        return Page([from_item(item, Credential) for item in answer["Items"]], "LastEvaluatedKey" in answer)


def stamp(tables: Tables, revoked: Credential, generation_condition: str, generation: int) -> dict[str, Any]:
    """The action that writes a credential's revocation on its row, if the row is active and of such a generation."""
    marks = {"revoked_by": revoked.revoked_by, "revoked_at": revoked.revoked_at, "revocation_id": revoked.revocation_id}
    present = {name: mark for name, mark in marks.items() if mark is not None}
    return {
        "Update": {
            "TableName": tables.credentials,
            "Key": _credential_key(revoked.client_id),
            "UpdateExpression": "SET #status = :revoked" + "".join(f", {name} = :{name}" for name in present),
            "ConditionExpression": f"#status = :active AND {generation_condition}",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": {
                ":active": to_value("active"),
                ":revoked": to_value("revoked"),
                ":generation": to_value(generation),
            }
            | {f":{name}": to_value(mark) for name, mark in present.items()},
        }
    }


def _is_torn(standing: Standing) -> bool:
    tenant, credential = standing
    return tenant is not None and credential is not None and credential.generation > tenant.generation


def _tenant_key(tenant_id: str) -> dict[str, Any]:
    return {"tenant_id": to_value(tenant_id)}


def _credential_key(client_id: str) -> dict[str, Any]:
    return {"tenant_id": to_value(tenant_of(client_id)), "client_id": to_value(client_id)}
