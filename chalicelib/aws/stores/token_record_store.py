"""Reads and writes the token_records table: tokens to accept once, tokens that were revoked, requests under a key."""

import hashlib
import os
import time
from contextlib import suppress

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import from_item, to_value
from chalicelib.aws.stores.contention import write_free_row, write_row
from chalicelib.aws.stores.keys import token_record
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Clock, Sleep
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.ports import IdempotencyRecord
from chalicelib.deadline import Deadline, within
from chalicelib.errors import Unavailable
from chalicelib.oauth.replay import AlreadyUsed, Use

_UNCONFIRMED = 1000
"""Uses that one guard remembers because their write was not confirmed, some 300 bytes each."""


_TO_GIVE_BACK = 0.5
"""Seconds, beyond those of the request, which may have used up all of its own on what failed."""
_LONG_AGO = 300
"""Seconds by which clocks differ less: what ended so long ago has ended for every execution environment."""


class DynamoDBReplayGuard:
    """Implements ``oauth.replay.ReplayGuard``. TTL removes a row within days of its ``expires_at``.

    A row has the random id of its use, which never leaves this execution environment: whoever finds it there has
    written the row. So the client's second attempt finds its own work in the row of the first, whose answer was lost.
    So does the same JWT when it is sent again after our 503, if it comes to this environment. An id has one holder at a
    time and ends with the write that is confirmed, so that one request is let in, whichever sends the JWT first. In
    another environment, which cannot tell a lost answer from a replay, the JWT counts as used.

    A use that is given back has ended in its row, for every environment; where that cannot be written, its id is kept
    as that of a use that was not confirmed.
    """

    def __init__(
        self, client: DynamoDBClient, table_name: str, clock: Clock = time.time, sleep: Sleep = time.sleep
    ) -> None:
        self._client = client
        self._table_name = table_name
        self._clock = clock
        self._sleep = sleep
        self._unconfirmed = BoundedCache[tuple[str, bytes], str](_UNCONFIRMED)

    def use_once(self, token_id: str, until: int, jwt: str) -> Use:
        use = token_id, hashlib.sha256(jwt.encode()).digest()
        use_id = self._unconfirmed.take(use) or os.urandom(16).hex()
        unknown = "attribute_not_exists(token_id)"
        # TTL deletes late: a row past its ``expires_at`` counts as absent.
        outlived = "expires_at < :now"
        own = "use_id = :use_id"
        try:
            write_row(
                lambda: self._client.put_item(
                    TableName=self._table_name,
                    Item={
                        "token_id": to_value(token_id),
                        "expires_at": to_value(until),
                        "use_id": to_value(use_id),
                    },
                    ConditionExpression=f"{unknown} OR {outlived} OR {own}",
                    ExpressionAttributeValues={
                        ":now": to_value(int(self._clock())),
                        ":use_id": to_value(use_id),
                    },
                ),
                self._sleep,
            )
        except Superseded as error:
            raise AlreadyUsed from error
        except Unavailable:
            self._unconfirmed.put(use, use_id)
            raise
        return Use(lambda: self._end(use, use_id))

    def _end(self, use: tuple[str, bytes], use_id: str) -> None:
        ended = int(self._clock()) - _LONG_AGO
        try:
            with within(Deadline(_TO_GIVE_BACK, retries=0)):
                write_free_row(
                    lambda: self._client.put_item(
                        TableName=self._table_name,
                        Item={
                            "token_id": to_value(use[0]),
                            "expires_at": to_value(ended),
                            "use_id": to_value(use_id),
                        },
                        ConditionExpression="use_id = :use_id",
                        ExpressionAttributeValues={":use_id": to_value(use_id)},
                    )
                )
        except Superseded:
            pass  # It had ended by itself, and another use has begun.
        except Unavailable:
            self._unconfirmed.put(use, use_id)


class DynamoDBRevokedTokens:
    """Implements ``oauth.token_revocation.RevokedTokens``. The credential's reader tells what is here."""

    def __init__(self, client: DynamoDBClient, table_name: str, sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._table_name = table_name
        self._sleep = sleep

    def add(self, token_id: str, until: int) -> None:
        with suppress(Superseded):
            write_row(
                lambda: self._client.put_item(
                    TableName=self._table_name,
                    Item={"token_id": to_value(token_id), "expires_at": to_value(until)},
                    ConditionExpression="attribute_not_exists(token_id)",
                ),
                self._sleep,
            )


class DynamoDBIdempotencyRecords:
    """Implements ``credentials.ports.IdempotencyRecords``. ``transactions`` writes them."""

    def __init__(self, client: DynamoDBClient, table_name: str, clock: Clock = time.time) -> None:
        self._client = client
        self._table_name = table_name
        self._clock = clock

    def read(self, token_id: str) -> IdempotencyRecord | None:
        with translated_errors():
            answer = self._client.get_item(TableName=self._table_name, Key=token_record(token_id), ConsistentRead=True)
        record = from_item(answer["Item"], IdempotencyRecord) if "Item" in answer else None
        # As the condition of its write has it: a record is absent from the second after its end.
        return record if record is not None and record.expires_at >= int(self._clock()) else None
