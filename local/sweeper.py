"""Runs sweeps and expiry notices in the background on one machine: threads in place of functions and schedules."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib.credentials.sweep import HasTime, Sweeper

_SCHEDULE_SECONDS = 60.0
_log = logging.getLogger(__name__)


class ThreadSweepStarter:
    """Implements ``credentials.ports.SweepStarter`` by a thread that runs to the sweep's end.

    ``sweeper`` is asked for when a sweep starts: it is made with this starter.
    """

    def __init__(self, sweeper: Callable[[], Sweeper]) -> None:
        self._sweeper = sweeper

    def start(self, tenant_id: str) -> None:
        threading.Thread(target=self._sweep, args=(tenant_id,), daemon=True).start()

    def _sweep(self, tenant_id: str) -> None:
        try:
            self._sweeper().sweep(tenant_id, lambda: True)
        except Exception:  # noqa: BLE001  (nobody waits for it: the schedule takes the sweep up)
            _log.exception("the sweep of %s failed", tenant_id)


@contextmanager
def schedule(*jobs: Callable[[HasTime], object], seconds: float = _SCHEDULE_SECONDS) -> Iterator[None]:
    """Runs each job every so often, as the deployed schedules do."""
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(seconds):
            for job in jobs:
                try:
                    job(lambda: not stopped.is_set())
                except Exception:  # noqa: BLE001  (the schedule goes on, as the deployed one does)
                    _log.exception("the schedule failed; it comes again in %s s", seconds)

    threading.Thread(target=run, daemon=True).start()
    try:
        yield
    finally:
        stopped.set()
