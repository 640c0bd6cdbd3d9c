"""What the benchmarks need of this service: its variables, a credential, and the event of an exchange."""

import base64
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from chalicelib.credentials.identifiers import tenant_key
from chalicelib.credentials.model import Caller
from chalicelib.credentials.service import NewCredential
from chalicelib.wiring import build

PROJECT = Path(__file__).parent.parent
BUILD = PROJECT / "build" / "bench"


class BackingServices:
    """A running ``emulators.metered_services``."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def meter(self) -> dict[str, Any]:
        """Calls and capacity units since the last time."""
        metered: dict[str, Any] = self._post("/meter", b"")
        return metered

    def limit_signs(self, a_second: float) -> None:
        self._post("/quota", str(a_second).encode())

    def _post(self, path: str, body: bytes) -> Any:
        with urllib.request.urlopen(urllib.request.Request(self.url + path, body)) as answer:  # noqa: S310
            return json.load(answer)


@contextmanager
def backing_services() -> Iterator[BackingServices]:
    """DynamoDB and KMS in a process of their own."""
    command = [sys.executable, "-m", "emulators.metered_services"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None  # noqa: S101  (PIPE)
        try:
            yield BackingServices(int(process.stdout.readline()))
        finally:
            process.kill()


def variables(services: BackingServices, **changed: str) -> dict[str, str]:
    """A complete environment of the service, against these backing services."""
    return {
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_SESSION_TOKEN": "as long as a real one is, about" * 20,
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL_DYNAMODB": services.url,
        "AWS_ENDPOINT_URL_KMS": services.url,
        "TENANTS_TABLE": "tenants",
        "CREDENTIALS_TABLE": "credentials",
        "AUDIT_EVENTS_TABLE": "audit_events",
        "SIGNING_KEYS_TABLE": "signing_keys",
        "TOKEN_RECORDS_TABLE": "token_records",
        "SIGNING_KEY_ID": "alias/bench",
        "ISSUER": "https://credentials.example.com",
        "AUDIENCE": "https://api.example.com",
        "OIDC_ISSUER": "https://login.example.com",
        "OIDC_AUDIENCE": "console",
        "SCOPES": json.dumps({"orders:read": "Read orders"}),
        "DEFAULT_SCOPES": "orders:read",
        **changed,
    }


class Client:
    """An API client with a credential, made by the service itself."""

    def __init__(self, environ: Mapping[str, str], name: str = "Bench") -> None:
        self._caller = Caller(
            tenant_id=tenant_key(name),
            subject="bench",
            name="Bench",
            roles=frozenset(["admin"]),
            source_ip="192.0.2.1",
            request_id="bench",
        )
        with patch.dict(os.environ, environ):
            services = build(environ)
            services.key_operations.advance()  # as the schedule does after a deployment: the schedule is written
            self._credentials = services.credentials
            credential, secret = self._credentials.create(self._caller, NewCredential(name=name))
            self.client_id, self.secret = credential.client_id, secret.reveal()

    def revoke(self) -> None:
        self._credentials.revoke(self._caller, self.client_id)


def exchange_event(client_id: str, client_secret: str, scope: str | None = None) -> bytes:
    """``POST /oauth/token`` as API Gateway's REST proxy integration sends it."""
    basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
    body = "grant_type=client_credentials" + (f"&scope={scope}" if scope else "")
    return json.dumps(event("POST", "/oauth/token", body, {"Authorization": f"Basic {basic}"})).encode()


def event(method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    sent = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Content-Type": "application/x-www-form-urlencoded",
        "Host": "credentials.example.com",
        "User-Agent": "python-requests/2.34.2",
        "X-Amzn-Trace-Id": "Root=1-00000000-000000000000000000000000",
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        **(headers or {}),
    }
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "resourceId": "abc123",
            "resourcePath": path,
            "httpMethod": method,
            "extendedRequestId": "AAAAAAAAAAAAAAA=",
            "requestTime": "24/Nov/2026:12:00:00 +0000",
            "path": path,
            "accountId": "000000000000",
            "protocol": "HTTP/1.1",
            "stage": "api",
            "domainPrefix": "credentials",
            "requestTimeEpoch": 1795521600000,
            "requestId": "00000000-0000-4000-8000-000000000000",
            "identity": {"sourceIp": "192.0.2.1", "userAgent": "python-requests/2.34.2"},
            "domainName": "credentials.example.com",
            "apiId": "abc123",
        },
        "body": body,
        "isBase64Encoded": False,
    }
