"""Puts audit events on an EventBridge bus."""

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from chalicelib.aws.backoff import jittered_waits
from chalicelib.aws.errors import log_failure, translated_errors
from chalicelib.aws.transport.protocols import EventsClient
from chalicelib.clock import Sleep
from chalicelib.credentials.event_publisher import Outcome
from chalicelib.credentials.published_event import DETAIL_TYPE, SOURCE, PublishedEvent

_MOST_ENTRIES = 10
_LARGEST_REQUEST = 256 * 1024
"""Bytes of all entries of a PutEvents together; one entry may be as large."""
_TIME_SIZE = 14
_RETRIES = 4
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 1.0
_OF_THE_EVENT = frozenset({"InvalidArgument", "MalformedDetail", "RedactionFailure"})
"""PutEvents's codes for an entry that is refused for what it says itself: others may be taken, it will not be."""

Entry = dict[str, Any]


def entry(event: PublishedEvent) -> Entry:
    """The event as an entry of PutEvents, without its bus."""
    detail = msgspec.json.encode(event).decode()
    return {"Source": SOURCE, "DetailType": DETAIL_TYPE, "Time": event.at.timestamp(), "Detail": detail}


class EventBridgeBus:
    """Implements ``credentials.event_publisher.EventBus``. ``bus``: its name."""

    def __init__(self, client: EventsClient, bus: str, sleep: Sleep = time.sleep) -> None:
        self._client = client
        self._bus = bus
        self._sleep = sleep

    def put(self, events: Sequence[PublishedEvent]) -> Sequence[Outcome]:
        entries = list(_fitting([{**entry(event), "EventBusName": self._bus} for event in events]))
        outcomes = self._put(entries)
        for wait in itertools.islice(jittered_waits(_FIRST_WAIT, _LONGEST_WAIT), _RETRIES):
            late = [position for position, outcome in enumerate(outcomes) if outcome == "later"]
            if not late:
                break
            self._sleep(wait)
            for position, outcome in zip(late, self._put([entries[position] for position in late]), strict=True):
                outcomes[position] = outcome
        return outcomes

    def _put(self, entries: list[Entry]) -> list[Outcome]:
        try:
            with translated_errors("events"):
                answer = self._client.put_events(Entries=entries)
        except ClientError as error:
            # The request as a whole is wrong: for one of its entries.
            if len(entries) == 1:
                log_failure("EventBridge refuses an event", "events", "PutEvents", error.response["Error"]["Code"])
                return ["refused"]
            return [outcome for alone in entries for outcome in self._put([alone])]
        return [_outcome(result) for result in answer["Entries"]]


def _outcome(result: Mapping[str, Any]) -> Outcome:
    code = result.get("ErrorCode")
    if code is None:
        return "accepted"
    log_failure("EventBridge did not take an event", "events", "PutEvents", code)
    return "refused" if code in _OF_THE_EVENT else "later"


def _fitting(entries: list[Entry]) -> Iterator[Entry]:
    """The first of them, as many as one request takes; one that is too large goes alone."""
    size = 0
    for number, member in enumerate(entries[:_MOST_ENTRIES]):
        size += _TIME_SIZE + sum(len(member[part].encode()) for part in ("Source", "DetailType", "Detail"))
        if number and size > _LARGEST_REQUEST:
            return
        yield member
