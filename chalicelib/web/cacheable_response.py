"""Answers that caches may keep (RFC 9111) and revalidate (RFC 9110 §13)."""

import hashlib
import re

import msgspec
from chalice.app import Request, Response

from chalicelib.encoding import base64url

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def cacheable(request: Request, body: object, max_age: int) -> Response:
    """The body as JSON, to be kept for ``max_age`` seconds; 304 without a body if the client has the same."""
    content = msgspec.json.encode(body)
    tag = f'"{base64url(hashlib.sha256(content).digest()[:16])}"'
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/json",
        "Cache-Control": f"public, max-age={max_age}",
        "ETag": tag,
    }
    if is_known(request, tag):
        return Response("", headers=headers, status_code=304)
    return Response(content.decode(), headers=headers)


def is_known(request: Request, tag: str) -> bool:
    """True if the client has what this tag stands for: RFC 9110 §13.1.2, by the weak comparison of §8.8.3.2."""
    if_none_match = request.headers.get("if-none-match", "")
    return if_none_match.strip() == "*" or tag in _ENTITY_TAG.findall(if_none_match)
