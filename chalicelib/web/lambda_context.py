"""Reads how much time a Lambda function has left."""

from collections.abc import Callable
from typing import Protocol

_RESERVE = 15.0
"""Seconds before the time-out at which a function begins nothing new: one batch with all its retries fits in."""


class LambdaContext(Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


def time_remaining(context: LambdaContext) -> Callable[[], bool]:
    """Returns a function that is True while there is time to begin another step."""
    return lambda: context.get_remaining_time_in_millis() / 1000 > _RESERVE
