"""Publishes audit events: each at least once, and those of a tenant in their order."""

from collections.abc import Sequence
from typing import Literal, Protocol

from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.published_event import PublishedEvent, published_event
from chalicelib.errors import Unavailable

Outcome = Literal["accepted", "later", "refused"]
"""``later``: not now, the same event may be taken in a while; ``refused``: it will never be."""


class EventBus(Protocol):
    def put(self, events: Sequence[PublishedEvent]) -> Sequence[Outcome]:
        """Puts as many of them as one request takes, the first at least; says of each of those what came of it.

        One that is accepted may be put twice. Raises Unavailable.
        """


class UndeliveredEvents(Protocol):
    def tell(self, event: PublishedEvent) -> None:
        """Tells an operator of an event that no bus will take. Raises Unavailable."""


class EventPublisher:
    """``issuer``: this deployment, as its events name it."""

    def __init__(self, bus: EventBus, undelivered: UndeliveredEvents, issuer: str) -> None:
        self._bus = bus
        self._undelivered = undelivered
        self._issuer = issuer

    def publish(self, events: Sequence[AuditEvent]) -> int:
        """Publishes them in this order; returns how many, from the first on, are done with.

        Done with is what the bus has, or what an operator was told of. Others behind the first that is not may be on
        the bus all the same: whoever hands in the rest again gets those twice.
        """
        waiting = {position: published_event(event, self._issuer) for position, event in enumerate(events)}
        held_up = False
        while waiting and not held_up:
            positions = _first_of_each_tenant(waiting)
            try:
                outcomes = self._bus.put([waiting[position] for position in positions])
                for position, outcome in zip(positions, outcomes, strict=False):
                    if outcome == "refused":
                        self._undelivered.tell(waiting[position])
                    if outcome == "later":
                        held_up = True
                    else:
                        del waiting[position]
            except Unavailable:
                held_up = True
        return min(waiting, default=len(events))


def _first_of_each_tenant(waiting: dict[int, PublishedEvent]) -> Sequence[int]:
    """A bus goes on behind an entry that it does not take, so no request has two events of one tenant."""
    first: dict[str, int] = {}
    for position, event in waiting.items():
        first.setdefault(event.tenant_id, position)
    return tuple(first.values())
