"""The clock. Everything that needs the time takes one as a parameter, so that tests can set it."""

from collections.abc import Callable

Clock = Callable[[], float]
"""Returns seconds: since the epoch (``time.time``), or of a clock that never goes back (``time.monotonic``)."""
