"""The zone of the events: it reads what was audited, and tells others."""

from functools import cached_property

from chalicelib import tables
from chalicelib.aws.eventbridge import EventBridgeBus
from chalicelib.aws.stores.audit_event_spans import DynamoDBAuditEventSpans
from chalicelib.aws.stores.audit_event_stream import AuditEventStream
from chalicelib.aws.undelivered_events import UndeliveredEventQueue
from chalicelib.clock import Sleep
from chalicelib.credentials.event_publisher import EventPublisher
from chalicelib.credentials.event_resending import EventResending
from chalicelib.settings import Settings, SettingsError
from chalicelib.wiring.clients import AwsClients


class EventsZone:
    def __init__(self, settings: Settings, clients: AwsClients, sleep: Sleep) -> None:
        self._settings = settings
        self._clients = clients
        self._sleep = sleep

    @cached_property
    def stream(self) -> AuditEventStream:
        """Raises SettingsError."""
        return AuditEventStream(self._publisher)

    @cached_property
    def resending(self) -> EventResending:
        """Raises SettingsError."""
        spans = DynamoDBAuditEventSpans(self._clients.dynamodb, self._settings.tables[tables.AUDIT_EVENTS])
        return EventResending(spans, self._publisher)

    @cached_property
    def _publisher(self) -> EventPublisher:
        if not self._settings.audit_event_bus:
            raise SettingsError("AUDIT_EVENT_BUS is not set: no bus gets the audit events")
        return EventPublisher(
            EventBridgeBus(self._clients.events, self._settings.audit_event_bus, self._sleep),
            UndeliveredEventQueue(self._clients.sqs, self._settings.undelivered_events_url),
            self._settings.issuer,
        )
