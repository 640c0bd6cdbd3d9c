"""The fixtures that tests share: an environment, a clock, tables and keys in moto, the wired services."""

import os
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from chalicelib.settings import Settings
from chalicelib.wiring import Zones, build
from emulators import moto_kms
from emulators.provision import provision
from tests.support.boto3_clients import Boto3Clients
from tests.support.clocks import Clock
from tests.support.environ import ENVIRON

# Each defines the fixtures of one subject. What another one imports stands before it: pytest must be the first to
# import a plugin whose assertions it rewrites.
pytest_plugins = [
    "tests.support.groups",
    "tests.support.searches",
    "tests.support.identity_provider",
    "tests.support.github",
    "tests.support.api_client",
    "tests.support.faulty_aws",
    "tests.support.local_stack",
    "tests.support.chalice_local",
    "tests.support.log_lines",
    "tests.support.node",
    "tests.support.table_items",
]


@pytest.fixture
def environ() -> dict[str, str]:
    """A complete environment of the service; a test may change its copy."""
    return dict(ENVIRON)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """moto in this process, provisioned with the tables and a signing key."""
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    for name, value in ENVIRON.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    moto_kms.correct()
    with mock_aws():
        provision(Settings.from_env(ENVIRON), boto3.client("dynamodb"), boto3.client("kms"))
        yield


@pytest.fixture
def zones(aws: None, environ: dict[str, str]) -> Zones:
    return build(environ, Boto3Clients())
