"""Runs sweeps in the background on one machine: threads in place of the sweep function and of its schedule."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib.credentials.sweep import Sweeper

_SCHEDULE_SECONDS = 60.0


class ThreadSweepStarter:
    """Implements ``credentials.ports.SweepStarter`` by a thread that runs to the sweep's end.

    ``sweeper`` is asked for when a sweep starts: it is made with this starter.
    """

    def __init__(self, sweeper: Callable[[], Sweeper]) -> None:
        self._sweeper = sweeper

    def start(self, tenant_id: str) -> None:
        threading.Thread(target=self._sweeper().sweep, args=(tenant_id, lambda: True), daemon=True).start()


@contextmanager
def schedule(sweeper: Sweeper, seconds: float = _SCHEDULE_SECONDS) -> Iterator[None]:
    """Resumes unfinished sweeps every so often, as the deployed schedule does."""
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(seconds):
            sweeper.resume_all(lambda: not stopped.is_set())

    threading.Thread(target=run, daemon=True).start()
    try:
        yield
    finally:
        stopped.set()
