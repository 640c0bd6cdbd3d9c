"""How long to wait before another attempt: exponential backoff with full jitter."""

from collections.abc import Iterator

from chalicelib import deadline


def jittered_waits(first: float, longest: float) -> Iterator[float]:
    """The seconds to wait: at random up to ``first``, then up to twice that, and so on to ``longest``.

    There is no end to them but that of the request's time.

    The randomness is the system's: SnapStart would freeze the state of another generator, and hundreds of execution
    environments would then wait alike.
    """
    from random import SystemRandom  # here: most calls never wait

    upper = first
    while (request := deadline.current()) is None or request.remaining() > upper:
        yield SystemRandom().uniform(0, upper)
        upper = min(upper * 2, longest)
