"""Logs one line for each request to the token endpoint: client, outcome, duration."""

import functools
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar

from chalice.app import Request, Response

from chalicelib.credentials.identifiers import is_client_id
from chalicelib.errors import Refusal

_log = logging.getLogger(__name__)
_client_id: ContextVar[str | None] = ContextVar("client_id", default=None)


def note_client(client_id: str | None) -> None:
    """Puts the client_id into the line, if it is well-formed: people put secrets into wrong fields."""
    _client_id.set(client_id if client_id is not None and is_client_id(client_id) else None)


def token_request_log(view: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A decorator for the view of the token endpoint. Its ``outcome`` is ``issued`` or the error's code."""

    @functools.wraps(view)
    def logged(request: Request) -> Response:
        started = time.perf_counter()
        outcome = "server_error"
        _client_id.set(None)
        try:
            response = view(request)
            outcome = "issued"
        except Refusal as refusal:
            outcome = refusal.code
            raise
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 2)
            _log.info(
                "token request",
                extra={
                    "client_id": _client_id.get(),
                    "outcome": outcome,
                    "metrics": {"TokenRequests": (1, "Count"), "Duration": (milliseconds, "Milliseconds")},
                    "dimensions": ("outcome",),
                },
            )
        return response

    return logged
