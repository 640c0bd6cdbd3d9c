"""Counts the calls that the service makes of AWS."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.api_client import Api


@contextmanager
def calls_to_aws(api: Api) -> Iterator[Counter[str]]:
    """By operation, of what is done inside the block."""
    calls: Counter[str] = Counter()

    def count(model: Any, **_: object) -> None:
        calls[model.name] += 1

    clients = (api.clients.dynamodb, api.clients.kms)
    for client in clients:
        client.meta.events.register("before-call", count, unique_id="calls")
    try:
        yield calls
    finally:
        for client in clients:
            client.meta.events.unregister("before-call", unique_id="calls")
