"""The clock, and how to wait: parameters of everything that needs the time or waits, so that tests can set them."""

from collections.abc import Callable

Clock = Callable[[], float]
"""Returns seconds: since the epoch (``time.time``), or of a clock that never goes back (``time.monotonic``)."""

Sleep = Callable[[float], None]
"""Waits for that many seconds (``time.sleep``)."""
