"""Exports the audit trail as JSON Lines, piece by piece.

Lambda behind a REST API answers with all of a body at once, of 6 MB and within 29 seconds. So each answer is a piece:
whole lines, bounded in size and in what it reads, and a link to the next one (RFC 8288). Following the links exports
any number of events, in the memory of one piece at either end; one that fails is asked for again.
"""

from urllib.parse import urlencode

import msgspec
from chalice.app import Response
from msgspec.structs import asdict

from chalicelib import paths
from chalicelib.clock import rfc3339
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.audit_trail import MOST_EVENTS, AuditFilter, AuditTrail
from chalicelib.credentials.callers import Caller
from chalicelib.web.managed_responses import audit_event_body

JSON_LINES = "application/jsonl"
LARGEST_PIECE = 1_500_000
"""Bytes. Lambda's 6 MB hold it as a JSON string: each quote is escaped there, other characters may take thrice."""


def piece(trail: AuditTrail, caller: Caller, wanted: AuditFilter, cursor: str | None, issuer: str) -> Response:
    """Whole lines, newest first, and the link to the next piece where there may be more. ``issuer``: our URL."""
    lines: list[bytes] = []
    size = 0

    def fits(event: AuditEvent) -> bool:
        nonlocal size
        line = msgspec.json.encode(audit_event_body(event)) + b"\n"
        if lines and size + len(line) > LARGEST_PIECE:
            return False
        lines.append(line)
        size += len(line)
        return True

    page = trail.page(caller, wanted, cursor, MOST_EVENTS, fits)
    headers: dict[str, str | list[str]] = {"Content-Type": JSON_LINES, "Cache-Control": "no-store"}
    if page.next_cursor is not None:
        headers["Link"] = f'<{issuer}{paths.AUDIT_EVENTS}?{_query(wanted, page.next_cursor)}>; rel="next"'
    return Response(b"".join(lines).decode(), headers=headers)


def _query(wanted: AuditFilter, cursor: str) -> str:
    asked = {name: value for name, value in asdict(wanted).items() if value is not None}
    times = {name: rfc3339(asked[name]) for name in ("since", "until") if name in asked}
    return urlencode(asked | times | {"cursor": cursor})
