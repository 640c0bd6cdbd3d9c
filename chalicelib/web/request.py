"""Reads the parts of a request that all endpoints share."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Request

from chalicelib.errors import Fault, InvalidRequest

LONGEST_BODY = 16 * 1024
"""Bytes."""


def request_id(request: Request) -> str:
    """The id of the request in API Gateway's logs and in ours; the function's own where it came through no gateway."""
    return str(request.context.get("requestId") or getattr(request.lambda_context, "aws_request_id", ""))


def media_type(request: Request) -> str:
    """The body's media type, without parameters and in lower case (RFC 9110 §8.3.1)."""
    return str(request.headers.get("content-type", "")).partition(";")[0].strip().lower()


def body_of(request: Request) -> bytes:
    """The body's bytes. Raises InvalidRequest over 16 KiB."""
    raw = request.raw_body
    body = raw.encode() if isinstance(raw, str) else raw
    if len(body) > LONGEST_BODY:
        raise InvalidRequest("The body is not valid.", (Fault("", f"must not be over {LONGEST_BODY} bytes"),))
    return body


def dpop_proofs(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Every value of the DPoP header (RFC 9449 §4.1) in an API Gateway event: more than one is a fault (§4.3)."""
    return header_values(event, "dpop")


def header_values(event: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Every value of a header in an API Gateway event, whose ``headers`` have one of them. ``name`` is lower case."""
    many = event.get("multiValueHeaders") or {}
    values = [str(value) for found, values in many.items() if found.lower() == name for value in values]
    if values:
        return tuple(values)
    headers = event.get("headers") or {}
    return tuple(str(value) for found, value in headers.items() if found.lower() == name)
