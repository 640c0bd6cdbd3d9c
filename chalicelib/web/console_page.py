"""Shapes the answers that a browser loads the console page from."""

from urllib.parse import urlsplit

import msgspec
from chalice.app import Request, Response

from chalicelib.console.console_files import ConsoleFile
from chalicelib.errors import FileNotFound
from chalicelib.settings import ConsoleSettings
from chalicelib.web.cacheable_response import is_known
from chalicelib.web.json_response import json_response

_EVERY_FILE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
}
_REVALIDATE = "no-cache"
_FOR_GOOD = "public, max-age=31536000, immutable"


class SignInBody(msgspec.Struct, frozen=True, kw_only=True):
    """What the page needs to sign a console user in, in the words of OpenID Connect."""

    authority: str
    client_id: str
    scope: str


def page(request: Request, file: ConsoleFile, settings: ConsoleSettings) -> Response:
    return _file_response(
        request,
        file,
        {
            "Content-Security-Policy": content_security_policy(settings),
            "X-Frame-Options": "DENY",
            "Permissions-Policy": "clipboard-write=(self), camera=(), geolocation=(), microphone=()",
        },
    )


def named_file(request: Request, files: dict[str, ConsoleFile], name: str) -> Response:
    """Any site may load it: a vendor's own console embeds the element from here. Raises FileNotFound."""
    if name not in files:
        raise FileNotFound
    return _file_response(request, files[name], {"Cross-Origin-Resource-Policy": "cross-origin"})


def sign_in(settings: ConsoleSettings) -> Response:
    body = SignInBody(authority=settings.authority, client_id=settings.client_id, scope=settings.scope)
    return json_response(body, headers={"Cache-Control": _REVALIDATE})


def content_security_policy(settings: ConsoleSettings) -> str:
    """A policy by which only our own files run, and the page talks to this service and the identity provider alone."""
    provider = urlsplit(settings.authority)
    connect = ["'self'", f"{provider.scheme}://{provider.netloc}", *settings.connect_origins]
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"connect-src {' '.join(connect)}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types lit-html",
        ]
    )


def _file_response(request: Request, file: ConsoleFile, headers: dict[str, str]) -> Response:
    cache = _FOR_GOOD if file.immutable else _REVALIDATE
    headers = {**_EVERY_FILE, **headers, "Cache-Control": cache, "ETag": file.etag}
    if is_known(request, file.etag):
        return Response("", status_code=304, headers={**headers})
    return Response(file.content, headers={**headers, "Content-Type": file.content_type})
