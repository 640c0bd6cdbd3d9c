"""Publishes what is written to the audit_events table, as Lambda hands out the table's stream."""

from collections.abc import Mapping
from typing import Any

from chalicelib.aws.stores.readable_rows import read_audit_event
from chalicelib.credentials.event_publisher import EventPublisher


class AuditEventStream:
    def __init__(self, publisher: EventPublisher) -> None:
        self._publisher = publisher

    def publish(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Publishes the rows that were inserted; names the record that Lambda is to hand out again with all behind it.

        What else happens to a row is no event: TTL removes it, and nothing of ours changes one. ``batch`` is Lambda's
        event, ``{"Records": […]}``: records of one shard in the order in which they were written.
        """
        inserted = [record["dynamodb"] for record in batch["Records"] if record["eventName"] == "INSERT"]
        done = self._publisher.publish([read_audit_event(record["NewImage"]) for record in inserted])
        first_not_done = inserted[done : done + 1]
        return {"batchItemFailures": [{"itemIdentifier": record["SequenceNumber"]} for record in first_not_done]}
