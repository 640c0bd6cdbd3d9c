"""Every error, rendered: RFC 9457 problems for the managed endpoints, RFC 6749 §5.2 errors for the OAuth ones."""

import functools
import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

import msgspec
from chalice.app import Chalice, Request, Response

from chalicelib import logs
from chalicelib.errors import (
    InternalError,
    InvalidClient,
    InvalidToken,
    MethodNotAllowed,
    Refusal,
    UnsupportedMediaType,
)
from chalicelib.web.json_response import json_response
from chalicelib.web.request_id import request_id

_log = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[Request, Arguments], Response]
Renderer = Callable[[Refusal, str], Response]


class FaultBody(msgspec.Struct, frozen=True, kw_only=True):
    pointer: str
    detail: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457 §3, with the request's id and the faults of a body as extension members."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[FaultBody, ...] = ()


class OAuthError(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 6749 §5.2."""

    error: str
    error_description: str


def problem(refusal: Refusal, request_id: str) -> Response:
    body = Problem(
        type=f"urn:problem-type:{refusal.code}",
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        request_id=request_id,
        errors=tuple(FaultBody(pointer=fault.pointer, detail=fault.detail) for fault in refusal.faults),
    )
    return json_response(body, refusal.status, _headers(refusal), content_type="application/problem+json")


def oauth_error(refusal: Refusal, _request_id: str) -> Response:
    """The request id goes out as a header alone: RFC 6749 has no member for it."""
    detail = " ".join([refusal.detail, *(f"It {fault.detail}." for fault in refusal.faults)])
    body = OAuthError(error=refusal.code, error_description=detail)
    return json_response(body, refusal.status, _headers(refusal))


def rendering(app: Chalice, renderer: Renderer) -> Callable[[View[Arguments]], Callable[Arguments, Response]]:
    """A decorator for views: they get the request, and what they raise is answered by the renderer.

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
                return renderer(refusal, request_id(request))
            except Exception:  # noqa: BLE001
                _log.exception("internal error")
                return renderer(InternalError(), request_id(request))
            finally:
                logs.request_id.reset(answering)

        rendered.renders_errors = True  # type: ignore[attr-defined]
        return rendered

    return decorate


def middleware(request: Request, next_handler: Callable[[Request], Response]) -> Response:
    """Gives every answer its request id, and rewrites the errors that Chalice makes before or instead of a view."""
    response = next_handler(request)
    if isinstance(response.body, dict) and "Code" in response.body:
        rewritten = _renderer_for(request)(_chalice_refusal(response), request_id(request))
        rewritten.headers = {**response.headers, **rewritten.headers}
        response = rewritten
    response.headers["X-Request-Id"] = request_id(request)
    return response


def _chalice_refusal(response: Response) -> Refusal:
    if response.status_code == 405:
        return MethodNotAllowed(f"Allowed here: {response.headers.get('Allow', '')}.")
    if response.status_code == 415:
        return UnsupportedMediaType("Send the body as application/json.")
    return InternalError()


def _renderer_for(request: Request) -> Renderer:
    return oauth_error if request.path.startswith("/oauth/") else problem


def _headers(refusal: Refusal) -> dict[str, str]:
    headers = {}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, InvalidClient):
        # RFC 6749 §5.2, RFC 7617 §2.
        headers["WWW-Authenticate"] = 'Basic realm="oauth", charset="UTF-8"'
    if isinstance(refusal, InvalidToken):
        # RFC 6750 §3.1.
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return headers
