"""The fixtures that tests share: tables and keys in moto, the wired services, console users, and the app over HTTP."""

import json
import os
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.credentials.callers import Caller
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.settings import Settings
from chalicelib.tables import TABLES
from chalicelib.wiring import Zones, build
from emulators.provision import provision
from tests.support.boto3_clients import Boto3Clients

pytest_plugins = [
    "tests.support.searches",
    "tests.support.identity_provider",
    "tests.support.api_client",
    "tests.support.node",
    "tests.support.local_stack",
]

SCOPES = {
    "orders:read": "Read orders",
    "orders:write": "Change orders",
    "reports:read": "Read reports",
    "introspect": "Ask whether an access token is active",
}
ENVIRON = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-central-1",
    **{table.variable: table.name for table in TABLES},
    "SIGNING_KEY_ID": "alias/test",
    "ISSUER": "https://credentials.example.com",
    "AUDIENCE": "https://api.example.com",
    "AUDIENCES": "https://reports.example.com",
    "OIDC_ISSUER": "https://login.example.com",
    "OIDC_AUDIENCE": "console",
    "SCOPES": json.dumps(SCOPES),
    "DEFAULT_SCOPES": "orders:read",
    # The rules are the same at any cost; the suite cannot pay the real one at every exchange.
    "ARGON2_MEMORY_KIB": "64",
    "ARGON2_TIME_COST": "1",
}


@pytest.fixture
def environ() -> dict[str, str]:
    """A complete environment of the service; a test may change its copy."""
    return dict(ENVIRON)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """moto in this process, provisioned with the tables and a signing key."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    for name, value in ENVIRON.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    with mock_aws():
        provision(Settings.from_env(ENVIRON), boto3.client("dynamodb"), boto3.client("kms"))
        yield


@pytest.fixture
def zones(aws: None, environ: dict[str, str]) -> Zones:
    return build(environ, Boto3Clients())


@pytest.fixture
def table_items(aws: None) -> Any:
    """Reads everything a table holds, as DynamoDB's JSON: ``table_items("credentials")``."""

    def items(table: str) -> list[dict[str, Any]]:
        pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table)
        return [item for page in pages for item in page["Items"]]

    return items


_requests = count(1)


def caller(tenant: str = "acme", role: str = "admin", name: str = "Ada Admin") -> Caller:
    """A console user of a tenant, as the authorizer lets one through."""
    return Caller(
        tenant_id=tenant_key(tenant),
        subject=f"{tenant}|{name}",
        name=name,
        roles=frozenset([role]),
        source_ip="192.0.2.1",
        request_id=f"request-{next(_requests)}",
    )


class Clock:
    """A clock that stands still until a test moves it. Seconds since the epoch."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


class ShiftedClock:
    """The real clock, ahead by ``shift`` seconds."""

    def __init__(self) -> None:
        self.shift = 0.0

    def __call__(self) -> float:
        return time.time() + self.shift

    def set(self, now: float) -> None:
        self.shift = now - time.time()
