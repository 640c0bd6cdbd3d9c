"""Where the time comes from: a parameter of everything that needs it, so that tests hold the clock."""

from collections.abc import Callable

Clock = Callable[[], float]
"""Returns seconds: since the epoch (``time.time``), or of a clock that never goes back (``time.monotonic``)."""
