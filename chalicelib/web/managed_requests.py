"""Reads requests to the managed endpoints."""

from typing import get_args
from urllib.parse import unquote

from chalice.app import Request

from chalicelib.credentials.callers import Caller, Role
from chalicelib.credentials.credential_changes import Versions
from chalicelib.credentials.credential_service import StatusFilter
from chalicelib.credentials.identifiers import is_time_ordered_id
from chalicelib.errors import InvalidRequest
from chalicelib.web.authorizer_responses import read_text
from chalicelib.web.entity_tags import versions
from chalicelib.web.idempotency_keys import LONGEST_KEY, read_key
from chalicelib.web.request import header_values, request_id

LARGEST_PAGE = 100
DEFAULT_PAGE = 50
FAULTY_KEY = f"Idempotency-Key must be one string of 1 to {LONGEST_KEY} printable ASCII characters."


def caller(request: Request) -> Caller:
    """The console user whom the authorizer allowed."""
    context = request.context["authorizer"]
    roles: set[Role] = {role for role in get_args(Role) if role in context["roles"].split()}
    return Caller(
        tenant_id=context["tenant_id"],
        subject=read_text(context["subject"]),
        name=read_text(context["name"]),
        roles=frozenset(roles),
        source_ip=str(request.context.get("identity", {}).get("sourceIp", "")),
        request_id=request_id(request),
    )


def segment(path_parameter: str) -> str:
    """The text in a segment of the path: API Gateway leaves it percent-encoded."""
    return unquote(path_parameter)


def page(request: Request) -> tuple[str | None, int]:
    """The cursor and the limit of a list call. Raises InvalidRequest."""
    cursor = _parameter(request, "cursor")
    if cursor is not None and not is_time_ordered_id(cursor):
        raise InvalidRequest("cursor must be the next_cursor of the page before.")
    limit = _parameter(request, "limit") or str(DEFAULT_PAGE)
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= LARGEST_PAGE):
        raise InvalidRequest(f"limit must be a whole number from 1 to {LARGEST_PAGE}.")
    return cursor, int(limit)


def if_match(request: Request) -> Versions | None:
    """The versions that a change is for; None for whichever there is. Raises InvalidRequest."""
    header = request.headers.get("if-match")
    try:
        return None if header is None else versions(header)
    except ValueError as error:
        raise InvalidRequest("If-Match must be the ETag of an answer, or *.") from error


def idempotency_key(request: Request) -> str | None:
    """The key under which a request is carried out once; None for one without. Raises InvalidRequest."""
    headers = header_values(request.to_original_event(), "idempotency-key")
    if not headers:
        return None
    try:
        (header,) = headers
        return read_key(header)
    except ValueError as error:
        raise InvalidRequest(FAULTY_KEY) from error


def status(request: Request) -> StatusFilter:
    """Raises InvalidRequest."""
    asked = _parameter(request, "status") or "active"
    for known in get_args(StatusFilter):
        if asked == known:
            return known  # type: ignore[no-any-return]
    raise InvalidRequest(f"status must be one of {', '.join(get_args(StatusFilter))}.")


def _parameter(request: Request, name: str) -> str | None:
    values = request.query_params.getlist(name) if request.query_params and name in request.query_params else []
    if len(values) > 1:
        raise InvalidRequest(f"{name} must be given once.")
    return values[0] if values and values[0] else None
