"""Fixtures that run the whole local stack, as ``make run`` does, in processes of its own."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.stages import PROJECT

PATIENCE = 60
"""Seconds until a process that neither does its work nor ends has failed, however busy the machine is."""


def free_port() -> int:
    """One that is nobody's, and that the system gives to nobody who asks for any (those begin at 32768).

    Each process of a run takes from a range of its own: what one has chosen is not in use yet when another chooses.
    """
    first = 20_000 + 3_000 * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4)
    for port in random.SystemRandom().sample(range(first, first + 3_000), 100):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    """A command in the project's directory, to its end, as from a fresh shell."""
    environ = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    return subprocess.run(
        command, cwd=PROJECT, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@dataclass(frozen=True)
class LocalStack:
    port: int
    process: "subprocess.Popen[str]"
    said: str
    """What it printed until it was ready."""
    log_file: Path

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self, as_: str = "admin") -> str:
        """A console user's bearer token: ``admin``, ``viewer`` or ``other-tenant``."""
        signed_in = run(sys.executable, "-m", "local.console_token", "--port", str(self.port), "--as", as_)
        assert signed_in.returncode == 0, signed_in.stderr
        return signed_in.stdout.strip()

    def log(self) -> str:
        """All that the service has logged so far."""
        return self.log_file.read_text()

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """As Ctrl-C does, to the whole process group; the exit status."""
        os.killpg(self.process.pid, how)
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def started_stack(port: int | None = None, **settings: str) -> Iterator[LocalStack]:
    """A stack of its own, with these variables in its environment; ``running_stack`` is the shared one."""
    port = port or free_port()
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "--port", str(port)],
            cwd=PROJECT,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
        assert process.stdout
        try:
            said = ""
            while "Ctrl-C" not in said:
                line = process.stdout.readline()
                assert line, f"the stack did not start:\n{said}\n{Path(log.name).read_text()}"
                said += line
            yield LocalStack(port, process, said, Path(log.name))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(PATIENCE)
            process.stdout.close()


@pytest.fixture(scope="session")
def running_stack() -> Iterator[LocalStack]:
    """One stack for all tests that only talk to it."""
    with started_stack() as stack:
        yield stack
