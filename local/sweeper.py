"""The sweeps' background on one machine: threads in place of the sweep function and of its schedule."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib.wiring import Services

_SCHEDULE_SECONDS = 60.0


class ThreadSweepStarter:
    """Implements ``credentials.revocation.SweepStarter`` by a thread that runs to the sweep's end."""

    def __init__(self, sweep: Callable[[str], object]) -> None:
        self._sweep = sweep

    def start(self, tenant_id: str) -> None:
        threading.Thread(target=self._sweep, args=(tenant_id,), daemon=True).start()


def with_background_sweeps(services: Services) -> Services:
    """The services, whose sweeps go on in threads of this process."""
    services.sweep_starter = ThreadSweepStarter(lambda tenant_id: services.revocations.sweep(tenant_id, lambda: True))
    return services


@contextmanager
def schedule(services: Services, seconds: float = _SCHEDULE_SECONDS) -> Iterator[None]:
    """Takes up unfinished sweeps every so often, as the deployed schedule does."""
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(seconds):
            services.revocations.resume_all(lambda: not stopped.is_set())

    threading.Thread(target=run, daemon=True).start()
    try:
        yield
    finally:
        stopped.set()
