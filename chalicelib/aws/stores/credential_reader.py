"""Reads the tenants and credentials tables, and of the token records whether a token was revoked."""

import time
from collections.abc import Mapping
from typing import Any

from chalicelib import tables
from chalicelib.aws.backoff import jittered_waits
from chalicelib.aws.errors import log_failure, translated_errors
from chalicelib.aws.stores.keys import credential_row, tenant_row, token_record
from chalicelib.aws.stores.pages import query_page
from chalicelib.aws.stores.readable_rows import read_credential, read_tenant
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.clock import Sleep
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.identifiers import tenant_of
from chalicelib.credentials.ports import Page
from chalicelib.credentials.tenant import Tenant
from chalicelib.errors import Unavailable
from chalicelib.tables import Table

_READ_ATTEMPTS = 4
_FIRST_WAIT = 0.05
_LONGEST_WAIT = 0.4
"""Seconds."""


class DynamoDBCredentialReader:
    """Implements ``credentials.ports.CredentialReader``. ``sleep`` takes seconds."""

    def __init__(self, client: DynamoDBClient, names: Mapping[Table, str], sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._tenants = names[tables.TENANTS]
        self._credentials = names[tables.CREDENTIALS]
        self._token_records = names[tables.TOKEN_RECORDS]
        self._sleep = sleep

    def read_with_tenant(self, client_id: str, token_id: str | None = None) -> CredentialWithTenant | None:
        wanted: dict[str, Any] = {
            self._tenants: {"Keys": [tenant_row(tenant_of(client_id))], "ConsistentRead": True},
            self._credentials: {"Keys": [credential_row(client_id)], "ConsistentRead": True},
        }
        if token_id is not None:
            wanted[self._token_records] = {"Keys": [token_record(token_id)], "ConsistentRead": True}
        waits = jittered_waits(_FIRST_WAIT, _LONGEST_WAIT)
        for _ in range(_READ_ATTEMPTS):
            with translated_errors():
                answer = self._client.batch_get_item(RequestItems=wanted)
            if not answer.get("UnprocessedKeys"):
                tenants = [read_tenant(item) for item in answer["Responses"].get(self._tenants, [])]
                credentials = [read_credential(item) for item in answer["Responses"].get(self._credentials, [])]
                tenant = tenants[0] if tenants else None
                if not credentials:
                    return None
                # A batch is two reads, not one: a fence and a create may pass between them. A credential ahead of its
                # tenant shows that; the next read has both.
                if tenant is None or credentials[0].generation <= tenant.generation:
                    # A record that TTL has not deleted yet is of a token that has expired.
                    is_revoked = bool(answer["Responses"].get(self._token_records))
                    return CredentialWithTenant(credentials[0], tenant, is_revoked)
            wait = next(waits, None)
            if wait is None:
                break
            self._sleep(wait)
        log_failure("no batch was whole", "dynamodb", "BatchGetItem", "IncompleteBatch")
        raise Unavailable

    def read_tenant(self, tenant_id: str) -> Tenant | None:
        with translated_errors():
            answer = self._client.get_item(TableName=self._tenants, Key=tenant_row(tenant_id), ConsistentRead=True)
        return read_tenant(answer["Item"]) if "Item" in answer else None

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[Credential]:
        return query_page(
            self._client, tables.CREDENTIALS, self._credentials, tenant_id, read_credential, before=before, limit=limit
        )

    def oldest_first(self, tenant_id: str, after: str, limit: int) -> Page[Credential]:
        return query_page(
            self._client, tables.CREDENTIALS, self._credentials, tenant_id, read_credential, after=after, limit=limit
        )
