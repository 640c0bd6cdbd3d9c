"""The official SDKs of the Model Context Protocol: from a protected server's URL alone to a token, and through."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from deploy.stages import PROJECT
from tests.support.client_key import ClientKey
from tests.support.local_stack import PATIENCE, LocalStack, free_port, started_stack
from tests.support.node import NODE, run_script
from tests.support.node import PROJECT as NODE_PROJECT

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("node_packages")]
PYTHON = PROJECT / ".venv" / "mcp" / "bin" / "python"
PYTHON_PROGRAMS = Path(__file__).parent / "mcp"
SERVERS = {
    "python": [str(PYTHON), str(PYTHON_PROGRAMS / "server.py")],
    "typescript": [str(NODE), str(NODE_PROJECT / "mcp-server.mjs")],
}


def direct() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}


@contextmanager
def mcp_server(command: list[str], issuer: str, url: str) -> Iterator[None]:
    told = {"ISSUER": issuer, "RESOURCE": url}
    process = subprocess.Popen(command, env=direct() | told, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, process.stderr and process.stderr.read()
            try:
                requests.get(url, timeout=PATIENCE)
            except requests.ConnectionError:
                assert time.monotonic() < end, "the server did not start"
                time.sleep(0.05)
            else:
                break
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


class Lab:
    """The service, and an MCP server of each SDK that takes its tokens: each an audience of its own."""

    def __init__(self, stack: LocalStack, urls: dict[str, str]) -> None:
        self.issuer = stack.base_url
        self.urls = urls
        self._console = {"Authorization": f"Bearer {stack.token()}"}

    def create(self, **fields: Any) -> dict[str, Any]:
        answer = requests.post(
            f"{self.issuer}/v1/credentials",
            json={"name": "MCP", "scopes": ["orders:read", "reports:read"], **fields},
            headers=self._console,
            timeout=PATIENCE,
        )
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()
        return created

    def asked(self, server: str, credential: dict[str, Any], **private_key: str) -> dict[str, object]:
        """What a client of an SDK is told."""
        secret = {} if private_key else {"clientSecret": credential["client_secret"]}
        return {
            "serverUrl": self.urls[server],
            "issuer": self.issuer,
            "clientId": credential["client_id"],
            **secret,
            **private_key,
        }


@pytest.fixture(scope="module")
def lab(node_packages: None) -> Iterator[Lab]:
    urls = {sdk: f"http://127.0.0.1:{free_port()}/mcp" for sdk in SERVERS}
    audiences = " ".join(urls.values())
    with ExitStack() as servers:
        stack = servers.enter_context(
            started_stack(AUTHORIZATION_ENDPOINT="https://login.example.com/authorize", AUDIENCES=audiences)
        )
        for sdk, url in urls.items():
            servers.enter_context(mcp_server(SERVERS[sdk], stack.base_url, url))
        yield Lab(stack, urls)


def call(client: str, asked: dict[str, object]) -> "subprocess.CompletedProcess[str]":
    """An SDK's client calls the tool ``whoami``."""
    if client == "typescript":
        return run_script("mcp-client.mjs", asked)
    return subprocess.run(
        [PYTHON, PYTHON_PROGRAMS / "client.py"],
        input=json.dumps(asked),
        env=direct(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


BOTH = pytest.mark.parametrize("client", ["python", "typescript"])


@BOTH
@pytest.mark.parametrize("server", SERVERS)
def test_a_client_with_a_secret_finds_its_way_from_the_servers_url(lab: Lab, client: str, server: str) -> None:
    credential = lab.create()
    done = call(client, lab.asked(server, credential))
    assert done.stdout == f"{credential['client_id']}\n", done.stderr


@BOTH
@pytest.mark.parametrize("server", SERVERS)
def test_a_client_with_a_key_finds_its_way_from_the_servers_url(lab: Lab, client: str, server: str) -> None:
    key = ClientKey()
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    credential = lab.create(jwks=key.jwk)
    done = call(client, lab.asked(server, credential, privateKey=pem))
    assert done.stdout == f"{credential['client_id']}\n", done.stderr


@pytest.mark.parametrize(
    ("client", "said"),
    [
        ("python", "does not have every scope"),  # asks for the scope, and gets no token
        ("typescript", "403"),  # asks for none, and the server refuses its token
    ],
)
def test_a_client_without_the_servers_scope_does_not_get_through(lab: Lab, client: str, said: str) -> None:
    done = call(client, lab.asked("python", lab.create(scopes=["reports:read"])))
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


@pytest.mark.parametrize("server", SERVERS)
def test_a_token_for_another_resource_is_refused_by_the_server(lab: Lab, server: str) -> None:
    credential = lab.create()
    token = requests.post(
        f"{lab.issuer}/oauth/token",
        {"grant_type": "client_credentials", "resource": lab.issuer, "scope": "orders:read"},
        auth=(credential["client_id"], credential["client_secret"]),
        timeout=PATIENCE,
    ).json()["access_token"]
    answer = requests.post(lab.urls[server], json={}, headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE)
    assert answer.status_code == 401
