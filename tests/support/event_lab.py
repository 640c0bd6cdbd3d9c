"""The way of an audit event from its row to the bus, over the emulators: nothing of it is the test's own."""

from collections.abc import Callable
from typing import Any

from chalicelib import tables
from chalicelib.aws.eventbridge import EventBridgeBus
from chalicelib.aws.stores.audit_event_spans import DynamoDBAuditEventSpans
from chalicelib.aws.stores.audit_event_stream import AuditEventStream
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.aws.undelivered_events import UndeliveredEventQueue
from chalicelib.credentials.audit_event import AuditEvent, Detail, audit_event
from chalicelib.credentials.event_publisher import EventPublisher
from chalicelib.credentials.event_resending import EventResending
from deploy.resources import template
from emulators.dynamodb import DynamoDB
from emulators.event_bus import EventBus
from emulators.event_source_mapping import EventSourceMapping
from emulators.message_queue import MessageQueue
from tests.support.callers import caller
from tests.support.clocks import Clock

ISSUER = "https://credentials.example.com"
MAPPING = template()["Resources"]["AuditEventStream"]["Properties"]
_TABLE = tables.AUDIT_EVENTS.name


class EventLab:
    """``call``: what PutEvents meets, around the bus; it may raise instead of calling it, or after."""

    def __init__(self, call: Callable[[Callable[[], Any]], Any] = lambda put: put()) -> None:
        self.clock = Clock()
        self.dynamodb = DynamoDB(clock=self.clock)
        self.bus = EventBus()
        self.queue = MessageQueue()
        self.call = call
        self._transactions = Transactions(self.dynamodb, {t: t.name for t in tables.TABLES}, audit_retention=86_400)
        publisher = EventPublisher(
            EventBridgeBus(self, "audit", self.clock.advance), UndeliveredEventQueue(self.queue, "queue"), ISSUER
        )
        self.stream = AuditEventStream(publisher)
        self.resending = EventResending(DynamoDBAuditEventSpans(self.dynamodb, _TABLE), publisher)
        self.mapping = EventSourceMapping(MAPPING, self.stream.publish, self.clock, self.clock.advance)
        self._random = 0

    def put_events(self, **request: Any) -> Any:
        """Implements ``protocols.EventsClient``."""
        return self.call(lambda: self.bus.put_events(**request))

    def write(self, tenant: str, action: Any = "credential.edited", **details: Detail) -> AuditEvent:
        """Commits an event, a millisecond after the one before."""
        self.clock.advance(0.001)
        event = audit_event(caller(tenant), action, self.clock(), self._next_bytes, client_id="acc_x", details=details)
        self._transactions.write([], [event])
        return event

    def records(self) -> list[dict[str, Any]]:
        """All that the stream has."""
        return self.dynamodb.stream(_TABLE)

    def delete_rows(self) -> None:
        """As TTL does."""
        for row in list(self.dynamodb.items(_TABLE)):
            key = {name: row[name] for name in ("tenant_id", "event_id")}
            self.dynamodb.transact_write_items(TransactItems=[{"Delete": {"TableName": _TABLE, "Key": key}}])

    def arrived(self) -> list[str]:
        """The ids on the bus, in the order in which they came, duplicates included."""
        return [detail["event_id"] for detail in self.bus.arrived]

    def _next_bytes(self, count: int) -> bytes:
        self._random += 1
        return self._random.to_bytes(count, "big")
