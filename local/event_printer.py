"""Prints every audit event as it leaves the service: the terminal in the place of EventBridge."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.aws.eventbridge import entry
from chalicelib.aws.stores.audit_event_stream import AuditEventStream
from chalicelib.credentials.event_publisher import EventPublisher, Outcome
from chalicelib.credentials.published_event import PublishedEvent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Terminal:
    """Implements ``event_publisher.EventBus`` and ``UndeliveredEvents``: each a line, among those of the requests."""

    def put(self, events: Sequence[PublishedEvent]) -> Sequence[Outcome]:
        for event in events:
            put = entry(event)
            shown = {"source": put["Source"], "detail-type": put["DetailType"], "detail": msgspec.Raw(put["Detail"])}
            _print(msgspec.json.encode(shown).decode())
        return ["accepted" for _ in events]

    def tell(self, event: PublishedEvent) -> None:
        _print(f"undelivered: {event.event_id}")


class EventPrinter:
    """Follows a table's stream, as Lambda does. ``streams``: boto3's client of DynamoDB Streams."""

    def __init__(self, dynamodb: "DynamoDBClient", streams: Any, table_name: str, issuer: str) -> None:
        self._streams = streams
        self._stream = AuditEventStream(EventPublisher(terminal := Terminal(), terminal, issuer))
        arn = dynamodb.describe_table(TableName=table_name)["Table"]["LatestStreamArn"]
        [shard] = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        begin = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
        self._iterator = begin["ShardIterator"]

    def print_new(self) -> None:
        """Prints what was written since the last time."""
        page = self._streams.get_records(ShardIterator=self._iterator)
        self._stream.publish(page)
        self._iterator = page["NextShardIterator"]


def _print(line: str) -> None:
    """At once and whole: the requests' lines come from other threads."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
