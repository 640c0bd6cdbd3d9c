"""A small in-process EventBridge: one operation, PutEvents, with the limits that its guide names."""

import json
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from emulators.cloudformation import ACCOUNT, REGION
from emulators.dynamodb import client_error

_MOST_ENTRIES = 10
_LARGEST_REQUEST = 256 * 1024

Entry = dict[str, Any]


class EventBus:
    """The method of a boto3 client. ``refuse`` may give the error code that an entry meets; others go on the bus."""

    def __init__(self, refuse: Callable[[Entry], str | None] = lambda _: None) -> None:
        self.refuse = refuse
        self.requests: list[list[Entry]] = []
        """Every request as it was sent."""
        self.arrived: list[dict[str, Any]] = []
        """The ``detail`` of each event on the bus, in the order in which they came."""

    def put_events(self, *, Entries: list[Entry]) -> dict[str, Any]:
        size = sum(
            14 + sum(len(entry[part].encode()) for part in ("Source", "DetailType", "Detail")) for entry in Entries
        )
        if len(Entries) > _MOST_ENTRIES or size > _LARGEST_REQUEST:
            raise client_error("ValidationException", "Total size of the entries in the request is over the limit.")
        if not all(isinstance(entry["Time"], int | float) for entry in Entries):
            raise client_error("SerializationException", "a time is a number")
        self.requests.append(Entries)
        results = [self._put(entry) for entry in Entries]
        return {"FailedEntryCount": sum("ErrorCode" in result for result in results), "Entries": results}

    def _put(self, entry: Entry) -> dict[str, str]:
        code = self.refuse(entry)
        if code is not None:
            return {"ErrorCode": code, "ErrorMessage": "refused"}
        self.arrived.append(json.loads(entry["Detail"]))
        return {"EventId": str(len(self.arrived))}


def as_handed_to_a_target(entry: Entry) -> dict[str, Any]:
    """The event that EventBridge makes of an entry, as its guide has it under "Events"."""
    moment = datetime.fromtimestamp(entry["Time"], timezone.utc)
    return {
        "version": "0",
        "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": entry["DetailType"],
        "source": entry["Source"],
        "account": ACCOUNT,
        "time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [],
        "detail": json.loads(entry["Detail"]),
    }
