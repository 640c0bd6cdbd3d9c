"""Designs of revoke-all that are wrong, to prove that the tests of the right one notice."""

import time
from typing import Any

from msgspec.structs import replace

from chalicelib.aws.stores.credential_store import DynamoDBCredentialStore
from chalicelib.aws.stores.dynamodb import Database
from chalicelib.credentials.model import Caller
from chalicelib.credentials.revocation import RevocationProgress, RevocationService


class CreateWithoutCondition(DynamoDBCredentialStore):
    """A create does not notice that the fence was raised since it read the tenant."""

    def __init__(self, database: Database) -> None:
        super().__init__(Database(_UnconditionalCreates(database.client), database.tables, 0))  # type: ignore[arg-type]


class _UnconditionalCreates:
    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, method: str) -> Any:
        return getattr(self._client, method)

    def transact_write_items(self, *, TransactItems: list[dict[str, Any]]) -> Any:  # noqa: N803
        if "Put" in TransactItems[1]:
            update = TransactItems[0]["Update"]
            update["ConditionExpression"] = "generation >= :one OR generation = :generation"
            time.sleep(0.02)  # as a slow network would; in the real design it does no harm
        return self._client.transact_write_items(TransactItems=TransactItems)


class NoFence(RevocationService):
    """Revoke-all without a fence: it stamps the rows that it finds, one after the other."""

    def revoke_all(self, caller: Caller) -> RevocationProgress:
        tenant = self._credentials.tenant(caller.tenant_id)
        assert tenant is not None
        for row in self._credentials.oldest_first(caller.tenant_id, "", 1000).rows:
            stamped = replace(row, status="revoked", revoked_by=caller.actor, revoked_at=1, revocation_id="0" * 26)
            self._revocations.stamp([stamped], tenant.generation + 1)
        return None  # type: ignore[return-value]  # nobody here asks for its progress
