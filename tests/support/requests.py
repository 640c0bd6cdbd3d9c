"""Requests as Chalice hands them to the views."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Request


def request(
    body: str = "",
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, list[str]] | None = None,
    authorizer: Mapping[str, str] | None = None,
) -> Request:
    """A request that came through API Gateway; ``authorizer`` is the context that the authorizer gave it."""
    context: dict[str, Any] = {
        "httpMethod": "POST",
        "resourcePath": "/x",
        "requestId": "request-1",
        "identity": {"sourceIp": "192.0.2.1"},
        "authorizer": dict(authorizer or {}),
    }
    return Request(
        {
            "body": body,
            "headers": dict(headers or {}),
            "multiValueQueryStringParameters": None if query is None else dict(query),
            "pathParameters": None,
            "requestContext": context,
            "stageVariables": None,
        }
    )
