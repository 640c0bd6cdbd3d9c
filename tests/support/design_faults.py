"""Designs of revoke-all and of changes that are wrong, to prove that the tests of the right ones notice."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.clock import Sleep
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.ports import CredentialReader, SweepStore
from chalicelib.tables import Table


def create_without_condition(
    client: Any, names: Mapping[Table, str], _transactions: Transactions, sleep: Sleep
) -> DynamoDBCredentialWriter:
    """A writer whose create does not notice that the fence was raised since it read the tenant."""
    unconditional = _UnconditionalCreates(client)
    return DynamoDBCredentialWriter(unconditional, names, Transactions(unconditional, names, 0, sleep), sleep)


def update_without_condition(
    client: Any, names: Mapping[Table, str], _transactions: Transactions, sleep: Sleep
) -> DynamoDBCredentialWriter:
    """A writer whose changes do not notice that the row was changed since it was read."""
    unconditional = _UnconditionalUpdates(client)
    return DynamoDBCredentialWriter(unconditional, names, Transactions(unconditional, names, 0, sleep), sleep)


class _UnconditionalCreates:
    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, method: str) -> Any:
        return getattr(self._client, method)

    def transact_write_items(self, *, TransactItems: list[dict[str, Any]], ClientRequestToken: str = "") -> Any:  # noqa: N803
        if "Put" in TransactItems[1]:
            update = {
                **TransactItems[0]["Update"],
                "ConditionExpression": "generation >= :one OR generation = :generation",
            }
            TransactItems = [{"Update": update}, *TransactItems[1:]]  # noqa: N806
        return self._client.transact_write_items(TransactItems=TransactItems, ClientRequestToken=ClientRequestToken)


class _UnconditionalUpdates:
    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, method: str) -> Any:
        return getattr(self._client, method)

    def transact_write_items(self, *, TransactItems: list[dict[str, Any]], ClientRequestToken: str = "") -> Any:  # noqa: N803
        if "ConditionCheck" in TransactItems[0]:
            update = {**TransactItems[1]["Update"], "ConditionExpression": "#status = :active"}
            TransactItems = [TransactItems[0], {"Update": update}, *TransactItems[2:]]  # noqa: N806
        return self._client.transact_write_items(TransactItems=TransactItems, ClientRequestToken=ClientRequestToken)


class NoFence:
    """Revoke-all without a fence: it stamps the rows that it finds, one after the other. Nothing is left to sweep."""

    def __init__(self, reader: CredentialReader, store: SweepStore) -> None:
        self._reader = reader
        self._store = store

    def revoke_all(self, caller: Caller) -> None:
        tenant = self._reader.read_tenant(caller.tenant_id)
        assert tenant is not None
        for row in self._reader.oldest_first(caller.tenant_id, "", 1000).rows:
            stamped = replace(row, status="revoked", revoked_by=caller.actor, revoked_at=1, revocation_id="0" * 26)
            self._store.stamp([stamped], tenant.generation + 1)
