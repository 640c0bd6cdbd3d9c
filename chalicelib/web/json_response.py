"""Shapes answers in JSON."""

import msgspec
from chalice.app import Response


def json_response(
    body: object, status_code: int = 200, headers: dict[str, str] | None = None, content_type: str = "application/json"
) -> Response:
    """An answer with this body. No cache may keep it unless ``headers`` say so."""
    return Response(
        msgspec.json.encode(body).decode(),
        headers={"Content-Type": content_type, "Cache-Control": "no-store", **(headers or {})},
        status_code=status_code,
    )
