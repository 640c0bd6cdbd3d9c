"""Fixtures that run the service under Chalice's own local server, as README tells it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.stages import CONFIG, PROJECT
from emulators.environment import with_backing_services
from tests.support.local_stack import PATIENCE, free_port


@pytest.fixture(scope="session")
def chalice_local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of ``chalice local --stage local`` beside ``make moto``."""
    port, moto, identity_provider = free_port(), free_port(), free_port()
    directory = tmp_path_factory.mktemp("chalice-local")
    _copy_of_the_project(directory, port, moto, identity_provider)
    chalice = [str(Path(sys.executable).with_name("chalice")), "local", "--stage", "local"]
    with (
        _running(["make", "moto", f"MOTO_PORT={moto}", f"OIDC_PORT={identity_provider}"], PROJECT) as services,
        _running([*chalice, "--port", str(port)], directory) as server,
    ):
        _wait_until_served(f"http://127.0.0.1:{identity_provider}/.well-known/openid-configuration", services)
        _wait_until_served(f"http://127.0.0.1:{port}/health", server)
        yield port


def _copy_of_the_project(to: Path, port: int, moto: int, identity_provider: int) -> None:
    """What ``chalice local`` reads, with these ports in place of those that the local stage has."""
    shutil.copy(PROJECT / "app.py", to)
    shutil.copytree(PROJECT / "chalicelib", to / "chalicelib")
    config = json.loads(CONFIG.read_text())
    local = config["stages"]["local"]
    variables = with_backing_services(
        local["environment_variables"], f"http://127.0.0.1:{moto}", f"http://127.0.0.1:{identity_provider}"
    )
    local["environment_variables"] = variables | {"ISSUER": f"http://127.0.0.1:{port}"}
    (to / ".chalice").mkdir()
    (to / ".chalice" / "config.json").write_text(json.dumps(config))


@contextmanager
def _running(command: list[str], directory: Path) -> Iterator["subprocess.Popen[bytes]"]:
    # A developer's shell: one with a proxy, and with AWS credentials that lead elsewhere.
    environ = os.environ | {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "AWS_PROFILE": "x"}
    process = subprocess.Popen(
        command,
        cwd=directory,
        env={name: value for name, value in environ.items() if name.lower() != "no_proxy"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # Not SIGINT: who starts the tests in the background has them ignore it, and all that they start.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def _wait_until_served(url: str, process: "subprocess.Popen[bytes]") -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with direct.open(url, timeout=PATIENCE):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"{process.args!r} does not serve {url}")
