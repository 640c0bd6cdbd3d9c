"""Gives each request its deadline."""

from collections.abc import Callable

from chalice.app import Request, Response

from chalicelib.deadline import Deadline, within


def request_within(seconds: Callable[[], float]) -> Callable[[Request, Callable[[Request], Response]], Response]:
    """A middleware: all that a request calls shares one deadline of so many seconds, asked for at each."""

    def timed(request: Request, next_handler: Callable[[Request], Response]) -> Response:
        with within(Deadline(seconds())):
            return next_handler(request)

    return timed
