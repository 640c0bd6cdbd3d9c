"""Renders every error: RFC 9457 problems for the managed endpoints, RFC 6749 §5.2 errors for the OAuth ones.

The decorator at a route's view fixes the format of its errors. The middleware and the OpenAPI document read it with
``format_of``.
"""

import functools
import logging
from collections.abc import Callable
from typing import Any, Concatenate, NamedTuple, ParamSpec, cast

import msgspec
from chalice.app import Chalice, Request, Response

from chalicelib import logs, paths
from chalicelib.errors import (
    Fault,
    InternalError,
    InvalidClient,
    InvalidToken,
    MethodNotAllowed,
    Refusal,
    TokenRequired,
    UnsupportedMediaType,
)
from chalicelib.web.json_response import json_response
from chalicelib.web.request import request_id

_log = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[Request, Arguments], Response]


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457 §3, with the request's id and the faults of a body as extension members.

    ``client_id`` and ``secret_id`` name what an earlier request under the same Idempotency-Key made, ``secret_ids`` the
    secrets that are valid where there can be no further one.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[Fault, ...] = ()
    client_id: str | None = None
    secret_id: str | None = None
    secret_ids: tuple[str, ...] = ()


class OAuthError(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 6749 §5.2."""

    error: str
    error_description: str


class ErrorFormat(NamedTuple):
    """How a route's errors look; ``body`` takes a refusal and the request's id."""

    media_type: str
    body_type: type[msgspec.Struct]
    body: Callable[[Refusal, str], msgspec.Struct]

    def render(self, refusal: Refusal, request_id: str) -> Response:
        return json_response(
            self.body(refusal, request_id), refusal.status, _headers(refusal), content_type=self.media_type
        )


def _problem(refusal: Refusal, request_id: str) -> Problem:
    return Problem(
        type=f"urn:problem-type:{refusal.code}",
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        request_id=request_id,
        errors=refusal.faults,
        secret_ids=refusal.secret_ids,
        **refusal.made,
    )


def _oauth_error(refusal: Refusal, _request_id: str) -> OAuthError:
    """The request id goes out as a header alone: RFC 6749 has no member for it."""
    detail = " ".join([refusal.detail, *(f"It {fault.detail}." for fault in refusal.faults)])
    return OAuthError(error=refusal.code, error_description=detail)


PROBLEM = ErrorFormat("application/problem+json", Problem, _problem)
OAUTH_ERROR = ErrorFormat("application/json", OAuthError, _oauth_error)


def rendering(app: Chalice, format_: ErrorFormat) -> Callable[[View[Arguments]], Callable[Arguments, Response]]:
    """A decorator for views: they get the request, and what they raise is answered in this format.

    Inside the view, and not in a middleware, because Chalice adds the route's CORS headers to what the view returns.
    """

    def decorate(view: View[Arguments]) -> Callable[Arguments, Response]:
        @functools.wraps(view)
        def rendered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
            request = cast(Request, app.current_request)
            answering = logs.request_id.set(request_id(request))
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                if refusal.status >= 500:
                    _log.warning(refusal.code, exc_info=True)
                return format_.render(refusal, request_id(request))
            except Exception:  # noqa: BLE001
                _log.exception("internal error")
                return format_.render(InternalError(), request_id(request))
            finally:
                logs.request_id.reset(answering)

        rendered.error_format = format_  # type: ignore[attr-defined]
        return rendered

    return decorate


def format_of(app: Chalice, path: str) -> ErrorFormat:
    """The format of the errors at a route's path: all its methods have the same."""
    entry: Any = next(iter(app.routes[path].values()))
    format_: ErrorFormat = entry.view_function.error_format
    return format_


def middleware(app: Chalice) -> Callable[[Request, Callable[[Request], Response]], Response]:
    """Gives every answer its request id, and rewrites the errors that Chalice makes before or instead of a view."""

    def identified(request: Request, next_handler: Callable[[Request], Response]) -> Response:
        response = next_handler(request)
        if isinstance(response.body, dict) and "Code" in response.body:
            format_ = format_of(app, request.context["resourcePath"])
            rewritten = format_.render(_chalice_refusal(response), request_id(request))
            rewritten.headers = {**response.headers, **rewritten.headers}
            response = rewritten
        response.headers["X-Request-Id"] = request_id(request)
        return response

    return identified


def _chalice_refusal(response: Response) -> Refusal:
    if response.status_code == 405:
        return MethodNotAllowed(str(response.headers.get("Allow", "")))
    if response.status_code == 415:
        return UnsupportedMediaType()
    return InternalError()


def _headers(refusal: Refusal) -> dict[str, str]:
    headers = {}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, InvalidClient):
        # RFC 6749 §5.2, RFC 7617 §2.
        headers["WWW-Authenticate"] = 'Basic realm="oauth", charset="UTF-8"'
    if isinstance(refusal, MethodNotAllowed):
        headers["Allow"] = refusal.allowed
    if isinstance(refusal, TokenRequired | InvalidToken):
        headers["WWW-Authenticate"] = challenge(refusal)
    return headers


def challenge(refusal: Refusal, issuer: str | None = None) -> str:
    """How to come back with a token (RFC 6750 §3): no error code where none was sent, be it by another scheme.

    With ``issuer``, this service's URL: and where its metadata says who issues them (RFC 9728 §5.1).
    """
    error = "" if isinstance(refusal, TokenRequired) else 'error="invalid_token"'
    metadata = "" if issuer is None else f'resource_metadata="{issuer}{paths.PROTECTED_RESOURCE}"'
    return f"Bearer {', '.join(filter(None, [error, metadata]))}".rstrip()
