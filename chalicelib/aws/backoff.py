"""How long to wait before another attempt: exponential backoff with full jitter."""

import random
from collections.abc import Iterator

from chalicelib import deadline


def jittered_waits(first: float, longest: float) -> Iterator[float]:
    """The seconds to wait: at random up to ``first``, then up to twice that, and so on to ``longest``.

    There is no end to them but that of the request's time.

    The randomness is the system's: SnapStart would freeze the state of another generator, and hundreds of execution
    environments would then wait alike.
    """
    upper = first
    while (request := deadline.current()) is None or request.remaining() > upper:
        yield random.SystemRandom().uniform(0, upper)
        upper = min(upper * 2, longest)
