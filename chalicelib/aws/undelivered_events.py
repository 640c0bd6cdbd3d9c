"""Leaves what EventBridge will never take in a queue, whose alarm an operator hears."""

import msgspec

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.transport.protocols import QueueClient
from chalicelib.credentials.published_event import PublishedEvent


class UndeliveredEventQueue:
    """Implements ``credentials.event_publisher.UndeliveredEvents`` by a queue in SQS."""

    def __init__(self, client: QueueClient, url: str) -> None:
        self._client = client
        self._url = url

    def tell(self, event: PublishedEvent) -> None:
        # Its keys: the table has the rest, and the event may be larger than a message.
        body = {"undelivered": {"tenant_id": event.tenant_id, "event_id": event.event_id, "at": event.at}}
        with translated_errors("sqs"):
            self._client.send_message(QueueUrl=self._url, MessageBody=msgspec.json.encode(body).decode())
