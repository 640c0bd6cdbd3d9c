"""Designs of revoke-all that are wrong, to prove that the tests of the right one notice."""

from typing import Any

from msgspec.structs import replace

from chalicelib.aws.stores.credential_store import DynamoDBCredentialStore
from chalicelib.aws.stores.dynamodb import Database
from chalicelib.credentials.model import Caller
from chalicelib.credentials.ports import CredentialStore, RevocationStore


def create_without_condition(database: Database) -> DynamoDBCredentialStore:
    """A store whose create does not notice that the fence was raised since it read the tenant."""
    return DynamoDBCredentialStore(
        Database(_UnconditionalCreates(database.client), database.tables, 0)  # type: ignore[arg-type]
    )


class _UnconditionalCreates:
    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, method: str) -> Any:
        return getattr(self._client, method)

    def transact_write_items(self, *, TransactItems: list[dict[str, Any]]) -> Any:  # noqa: N803
        if "Put" in TransactItems[1]:
            update = {
                **TransactItems[0]["Update"],
                "ConditionExpression": "generation >= :one OR generation = :generation",
            }
            TransactItems = [{"Update": update}, *TransactItems[1:]]  # noqa: N806
        return self._client.transact_write_items(TransactItems=TransactItems)


class NoFence:
    """Revoke-all without a fence: it stamps the rows that it finds, one after the other. Nothing is left to sweep."""

    def __init__(self, credentials: CredentialStore, revocations: RevocationStore, *_others: Any) -> None:
        self._credentials = credentials
        self._revocations = revocations

    def revoke_all(self, caller: Caller) -> None:
        tenant = self._credentials.tenant(caller.tenant_id)
        assert tenant is not None
        for row in self._credentials.oldest_first(caller.tenant_id, "", 1000).rows:
            stamped = replace(row, status="revoked", revoked_by=caller.actor, revoked_at=1, revocation_id="0" * 26)
            self._revocations.stamp([stamped], tenant.generation + 1)

    def sweep(self, *_arguments: Any) -> bool:
        return True
