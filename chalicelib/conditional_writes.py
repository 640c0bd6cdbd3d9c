"""A use case reads, decides, and writes on the condition that nothing has changed; else it starts over."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.errors import Conflict

_ATTEMPTS = 8
Result = TypeVar("Result")


class Superseded(Exception):
    """A condition did not hold: the rows changed since they were read. Nothing was written; read again."""


def until_unchanged(attempt: Callable[[], Result]) -> Result:
    """Returns what ``attempt`` returns; calls it again when it raises Superseded. Raises Conflict after the last."""
    for _ in range(_ATTEMPTS):
        try:
            return attempt()
        except Superseded:
            continue
    raise Conflict
