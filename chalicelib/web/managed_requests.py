"""Reads requests to the managed endpoints."""

import re
from datetime import datetime
from typing import Annotated, get_args
from urllib.parse import unquote

import msgspec
from chalice.app import Request

from chalicelib.credentials.audit_event import Action
from chalicelib.credentials.audit_trail import AuditFilter
from chalicelib.credentials.callers import Caller, Role, roles_of
from chalicelib.credentials.credential_changes import Versions
from chalicelib.credentials.credential_list import LONGEST_SEARCH, CredentialFilter, StatusFilter
from chalicelib.credentials.identifiers import is_client_id
from chalicelib.errors import InvalidRequest
from chalicelib.security_profiles import SECURITY_PROFILES
from chalicelib.web.audit_export import JSON_LINES
from chalicelib.web.authorizer_responses import read_text
from chalicelib.web.entity_tags import versions
from chalicelib.web.idempotency_keys import LONGEST_KEY, read_key
from chalicelib.web.request import header_values, request_id

LARGEST_PAGE = 500
"""Entries. So many of the longest, with every character escaped, go into the 6 MB that Lambda answers with."""
DEFAULT_PAGE = 50
_TIME = Annotated[datetime, msgspec.Meta(tz=True)]
FAULTY_KEY = f"Idempotency-Key must be one string of 1 to {LONGEST_KEY} printable ASCII characters."


def caller(request: Request) -> Caller:
    """The console user, or the credential, that the authorizer allowed."""
    context = request.context["authorizer"]
    is_credential = context.get("type") == "credential"
    scopes = frozenset(context["scope"].split()) if is_credential else frozenset()
    named: set[Role] = {role for role in get_args(Role) if role in context.get("roles", "").split()}
    return Caller(
        tenant_id=context["tenant_id"],
        type="credential" if is_credential else "console_user",
        subject=read_text(context["subject"]),
        name=read_text(context["name"]),
        roles=roles_of(scopes) if is_credential else frozenset(named),
        scopes=scopes,
        security_profile=next((name for name in SECURITY_PROFILES if name == context.get("security_profile")), None),
        source_ip=str(request.context.get("identity", {}).get("sourceIp", "")),
        request_id=request_id(request),
    )


def segment(path_parameter: str) -> str:
    """The text in a segment of the path: API Gateway leaves it percent-encoded."""
    return unquote(path_parameter)


def page(request: Request) -> tuple[str | None, int]:
    """The cursor, which the list itself checks, and the limit of a list call. Raises InvalidRequest."""
    cursor = _parameter(request, "cursor")
    limit = _parameter(request, "limit") or str(DEFAULT_PAGE)
    if not re.fullmatch("[1-9][0-9]{0,2}", limit) or int(limit) > LARGEST_PAGE:
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


def credential_filter(request: Request) -> CredentialFilter:
    """Raises InvalidRequest."""
    _require_known_parameters(request, CredentialFilter)
    search = (_parameter(request, "search") or "").strip() or None
    if search is not None and len(search) > LONGEST_SEARCH:
        raise InvalidRequest(f"search must have at most {LONGEST_SEARCH} characters.")
    return CredentialFilter(
        status=_status(request),
        search=search,
        scope=_parameter(request, "scope"),
        created_by=_parameter(request, "created_by"),
        unused_since=_time(request, "unused_since"),
    )


def audit_filter(request: Request) -> AuditFilter:
    """Raises InvalidRequest."""
    _require_known_parameters(request, AuditFilter)
    client_id = _parameter(request, "client_id")
    if client_id is not None and not is_client_id(client_id):
        raise InvalidRequest("client_id must be a Client ID.")
    since, until = _time(request, "since"), _time(request, "until")
    if since is not None and until is not None and since >= until:
        raise InvalidRequest("since must be before until.")
    return AuditFilter(
        client_id=client_id,
        action=_action(request),
        actor=_parameter(request, "actor"),
        since=since,
        until=until,
    )


def asks_for_export(request: Request) -> bool:
    """Whether the caller accepts JSON Lines (RFC 9110 §12.5.1). Clients that generators make accept JSON, too."""
    accepted = {part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")}
    return JSON_LINES in accepted and "application/json" not in accepted


def _require_known_parameters(request: Request, filter_type: type[msgspec.Struct]) -> None:
    """A filter that is written wrong must not lead to a list without it."""
    known = ("limit", "cursor", *filter_type.__struct_fields__)
    if not set(request.query_params or {}) <= set(known):
        raise InvalidRequest(f"The parameters here are {', '.join(known)}.")


def _action(request: Request) -> Action | None:
    asked = _parameter(request, "action")
    for known in get_args(Action):
        if asked == known:
            return known  # type: ignore[no-any-return]
    if asked is not None:
        raise InvalidRequest(f"action must be one of {', '.join(get_args(Action))}.")
    return None


def _status(request: Request) -> StatusFilter:
    asked = _parameter(request, "status") or "active"
    for known in get_args(StatusFilter):
        if asked == known:
            return known  # type: ignore[no-any-return]
    raise InvalidRequest(f"status must be one of {', '.join(get_args(StatusFilter))}.")


def _time(request: Request, name: str) -> int | None:
    """Whole epoch seconds."""
    text = _parameter(request, name)
    if text is None:
        return None
    try:
        return int(msgspec.convert(text, _TIME).timestamp())
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"{name} must be an RFC 3339 time, such as 2026-11-25T00:00:00Z.") from error


def _parameter(request: Request, name: str) -> str | None:
    values = request.query_params.getlist(name) if request.query_params and name in request.query_params else []
    if len(values) > 1:
        raise InvalidRequest(f"{name} must be given once.")
    return values[0] if values and values[0] else None
