"""The time and the attempts that all calls of one request share.

Set once where a request comes in, and read where AWS and the identity provider are called. A context variable, so that
none of the ports between them has a parameter for it: ``docs/adr/one-deadline-a-request.md``.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from chalicelib.clock import Clock

_RETRIES = 4
"""Of all calls of a request together."""
_RETRIES_A_CALL = 2


class Deadline:
    """Counts down while a request is answered. ``seconds``: from now on."""

    def __init__(
        self,
        seconds: float,
        retries: float = _RETRIES,
        retries_a_call: float = _RETRIES_A_CALL,
        clock: Clock = time.monotonic,
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._retries = retries
        self._retries_a_call = retries_a_call

    def remaining(self) -> float:
        """Seconds, 0 when the time is up."""
        return max(0.0, self._end - self._clock())

    def take_retry(self, number: int, seconds: float) -> bool:
        """Whether a call may be attempted again, for the ``number``-th time, if that begins in ``seconds``.

        Uses one of the request's retries up.
        """
        if number > self._retries_a_call or self._retries < 1 or self.remaining() <= seconds:
            return False
        self._retries -= 1
        return True


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current() -> Deadline | None:
    """The deadline of the request that is answered; None in the background, where nobody waits."""
    return _current.get()


@contextmanager
def attempted_once(seconds: float = 0.5) -> Iterator[None]:
    """What is called in this context is attempted once, within ``seconds`` and what the request has left.

    For writes that an answer can do without: its client waits meanwhile.
    """
    request = current()
    with within(Deadline(seconds if request is None else min(seconds, request.remaining()), retries=0)):
        yield


@contextmanager
def within(deadline: Deadline) -> Iterator[None]:
    """What is called in this context has this deadline."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)
