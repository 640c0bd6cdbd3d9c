"""Shapes the answers that API clients get."""

import msgspec
from chalice.app import Request, Response

from chalicelib.oauth.client_credentials_grant import TokenResponse
from chalicelib.web.json_response import json_response


class WhoamiBody(msgspec.Struct, frozen=True, kw_only=True):
    """What a protected API learns of its client from the authorizer."""

    tenant_id: str
    client_id: str
    scope: str


def issued(answer: TokenResponse) -> Response:
    """RFC 6749 §5.1: no cache may keep a token."""
    return json_response(answer, headers={"Pragma": "no-cache"})


def status_list(token: str, max_age: int) -> Response:
    """draft-ietf-oauth-status-list §8.2."""
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/statuslist+jwt",
        "Cache-Control": f"public, max-age={max_age}",
    }
    return Response(token, headers=headers)


def revoked() -> Response:
    """RFC 7009 §2.2: the status is the whole answer."""
    return Response("", headers={"Cache-Control": "no-store"}, status_code=200)


def whoami(request: Request) -> Response:
    context = request.context["authorizer"]
    body = WhoamiBody(tenant_id=context["tenant_id"], client_id=context["client_id"], scope=context["scope"])
    return json_response(body)
