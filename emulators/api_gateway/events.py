"""What AWS hands to a Lambda function: API Gateway's REST proxy integration, and EventBridge's schedule."""

import base64
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from emulators.cloudformation import ACCOUNT, REGION
from emulators.http_server import Response

Event = dict[str, Any]
API_ID, STAGE = "abc123", "api"
_DOMAIN = f"{API_ID}.execute-api.{REGION}.amazonaws.com"


def proxy_event(
    method: str,
    target: str,
    headers: Sequence[tuple[str, str]] = (),
    body: str | None = None,
    *,
    resource: str | None = None,
    path_parameters: Mapping[str, str] | None = None,
    source_ip: str = "192.0.2.1",
) -> Event:
    """``resource`` is the path of the API's definition that ``target`` fits; without it, the target's own."""
    path, _, query = target.partition("?")
    now = time.time()
    names = dict.fromkeys(name for name, _ in headers)
    several = {name: [value for other, value in headers if other == name] for name in names}
    queries = parse_qs(query, keep_blank_values=True)
    return {
        "resource": resource or path,
        "path": path,
        "httpMethod": method,
        # One that comes twice, as one (RFC 9110 §5.3): else the app would see one of the two, and believe it.
        "headers": {name: ", ".join(values) for name, values in several.items()},
        "multiValueHeaders": several,
        "queryStringParameters": {name: values[-1] for name, values in queries.items()} or None,
        "multiValueQueryStringParameters": queries or None,
        "pathParameters": dict(path_parameters or {}) or None,
        "stageVariables": None,
        "requestContext": {
            "resourceId": "abc123",
            "resourcePath": resource or path,
            "httpMethod": method,
            "extendedRequestId": "AAAAAAAAAAAAAAA=",
            "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
            "path": f"/{STAGE}{path}",
            "accountId": ACCOUNT,
            "protocol": "HTTP/1.1",
            "stage": STAGE,
            "domainPrefix": API_ID,
            "requestTimeEpoch": int(now * 1000),
            "requestId": str(uuid4()),
            "identity": {"sourceIp": source_ip, "userAgent": "".join(several.get("user-agent", []))},
            "domainName": _DOMAIN,
            "apiId": API_ID,
        },
        "body": body,
        "isBase64Encoded": False,
    }


def scheduled_event() -> Event:
    return {
        "id": str(uuid4()),
        "version": "0",
        "account": ACCOUNT,
        "region": REGION,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "source": "aws.events",
        "detail-type": "Scheduled Event",
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/schedule"],
        "detail": {},
    }


def response_of(answer: Mapping[str, Any]) -> Response:
    """The HTTP response that API Gateway makes of a function's answer. What is empty has no type of its own."""
    body = answer.get("body") or b""
    if answer.get("isBase64Encoded"):
        body = base64.b64decode(body)
    elif isinstance(body, str):
        body = body.encode()
    several = answer.get("multiValueHeaders") or {}
    headers = {"Content-Type": ["application/json"]} if body else {}
    headers |= {name: [value] for name, value in (answer.get("headers") or {}).items()} | several
    return Response(answer["statusCode"], [(name, str(value)) for name in headers for value in headers[name]], body)
