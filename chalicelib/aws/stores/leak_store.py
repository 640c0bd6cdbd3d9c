"""Finds the credentials of leaked secrets by the secrets' digests, and writes what follows from a leak."""

import logging
import time
from collections.abc import Mapping, Sequence
from itertools import islice

from chalicelib import tables
from chalicelib.aws.backoff import jittered_waits
from chalicelib.aws.errors import log_failure, translated_errors
from chalicelib.aws.stores.attribute_values import UNREADABLE, from_item, to_value
from chalicelib.aws.stores.credential_actions import change, revocation
from chalicelib.aws.stores.transactions import Action, Transactions
from chalicelib.aws.transport.protocols import DynamoDBClient, Item
from chalicelib.clock import Sleep
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.secret_digests import SecretDigest
from chalicelib.errors import Unavailable
from chalicelib.tables import Table

_LARGEST_BATCH = 100
"""Keys that one BatchGetItem takes."""
_READ_ATTEMPTS = 4
_FIRST_WAIT = 0.05
_LONGEST_WAIT = 0.4
"""Seconds."""
_log = logging.getLogger(__name__)


class DynamoDBSecretDigestReader:
    """Implements ``credentials.ports.SecretDigestReader``. ``sleep`` takes seconds."""

    def __init__(self, client: DynamoDBClient, table_name: str, sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._table_name = table_name
        self._sleep = sleep

    def find(self, token_ids: Sequence[str]) -> Mapping[str, SecretDigest]:
        found: dict[str, SecretDigest] = {}
        for start in range(0, len(token_ids), _LARGEST_BATCH):
            found |= self._batch(token_ids[start : start + _LARGEST_BATCH])
        return found

    def _batch(self, token_ids: Sequence[str]) -> Mapping[str, SecretDigest]:
        keys = [{"token_id": to_value(token_id)} for token_id in token_ids]
        wanted = {self._table_name: {"Keys": keys, "ConsistentRead": True}}
        found: dict[str, SecretDigest] = {}
        for wait in islice(jittered_waits(_FIRST_WAIT, _LONGEST_WAIT), _READ_ATTEMPTS):
            with translated_errors():
                answer = self._client.batch_get_item(RequestItems=wanted)
            for item in answer["Responses"].get(self._table_name, []):
                digest = _read_digest(item)
                if digest is not None:
                    found[digest.token_id] = digest
            wanted = answer.get("UnprocessedKeys") or {}
            if not wanted:
                return found
            self._sleep(wait)
        log_failure("no batch was whole", "dynamodb", "BatchGetItem", "IncompleteBatch")
        raise Unavailable


def _read_digest(item: Item) -> SecretDigest | None:
    """None for a row that leads nowhere: it keeps no other secret waiting."""
    try:
        return from_item(item, SecretDigest)
    except UNREADABLE:
        _log.exception("a row cannot be read", extra={"row": {"token_id": item["token_id"].get("S")}})
        return None


class DynamoDBLeakWriter:
    """Implements ``credentials.ports.LeakWriter``."""

    def __init__(self, names: Mapping[Table, str], transactions: Transactions) -> None:
        self._names = names
        self._transactions = transactions

    def write(
        self,
        digest: SecretDigest,
        consequence: str,
        before: Credential,
        after: Credential,
        events: Sequence[AuditEvent],
    ) -> None:
        self._transactions.write([*self._changes(before, after), self._mark(digest, consequence)], events)

    def _changes(self, before: Credential, after: Credential) -> list[Action]:
        if after == before:
            return []
        return revocation(self._names, after) if after.status == "revoked" else change(self._names, before, after)

    def _mark(self, digest: SecretDigest, consequence: str) -> Action:
        as_seen = "attribute_not_exists(consequence)" if digest.consequence is None else "consequence = :seen"
        seen = {} if digest.consequence is None else {":seen": to_value(digest.consequence)}
        return {
            "Update": {
                "TableName": self._names[tables.TOKEN_RECORDS],
                "Key": {"token_id": to_value(digest.token_id)},
                "UpdateExpression": "SET consequence = :consequence",
                "ConditionExpression": f"client_id = :client_id AND {as_seen}",
                "ExpressionAttributeValues": {
                    ":consequence": to_value(consequence),
                    ":client_id": to_value(digest.client_id),
                    **seen,
                },
            }
        }
