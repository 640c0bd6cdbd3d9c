"""Lambda: the Runtime API as ``awslambdaric`` asks it, and functions whose execution environments are processes."""

import importlib.util
import itertools
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent import futures
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from emulators.cloudformation import ACCOUNT, REGION
from emulators.http_server import HttpServer, Request, Response
from emulators.process_cpu import cpu_seconds

_RUNTIME_PACKAGES = ("awslambdaric", "snapshot_restore_py", "simplejson", "runtime_client")
_INHERITED = ("PATH", "LANG", "LD_LIBRARY_PATH")
_LONGEST = 60
"""Seconds that one waits for an environment to come up, or to answer."""


class FunctionFailed(Exception):
    """The function raised, or never came up; the text is what it said."""


class Answer(NamedTuple):
    """``seconds`` from handing out the event until the answer was there."""

    content: Any
    seconds: float


class _Invocation(NamedTuple):
    request_id: str
    event: bytes
    answer: "futures.Future[Answer]"


class RuntimeApi:
    """Hands each event to the next execution environment that asks for one."""

    def __init__(self, name: str, seconds: float) -> None:
        self.seconds = seconds
        """The time that the function believes it has for an invocation."""
        self._name = name
        self._waiting: queue.Queue[_Invocation] = queue.Queue()
        self._running: dict[str, tuple[float, futures.Future[Answer]]] = {}
        self._numbers = itertools.count()
        self.asked = 0
        self.failure: str | None = None
        self.changed = threading.Condition()
        """Of ``asked``, how often an event was asked for, or ``failure``, why an environment did not come up."""
        self._server = HttpServer(self._answer)
        self.address = self._server.url.removeprefix("http://")

    def submit(self, event: bytes) -> "futures.Future[Answer]":
        """The future raises FunctionFailed."""
        invocation = _Invocation(f"request-{next(self._numbers)}", event, futures.Future())
        self._waiting.put(invocation)
        return invocation.answer

    def close(self) -> None:
        self._server.close()

    def _answer(self, request: Request) -> Response:
        if request.method == "GET":
            return self._next_event()
        *_, request_id, outcome = request.path.split("/")
        if (request_id, outcome) == ("init", "error"):
            with self.changed:
                self.failure = request.body.decode()
                self.changed.notify_all()
            return Response(202)
        started, answer = self._running.pop(request_id)
        if outcome == "response":
            answer.set_result(Answer(json.loads(request.body or b"null"), time.perf_counter() - started))
        else:
            answer.set_exception(FunctionFailed(request.body.decode()))
        return Response(202)

    def _next_event(self) -> Response:
        with self.changed:
            self.asked += 1
            self.changed.notify_all()
        invocation = self._waiting.get()
        headers = {
            "Content-Type": "application/json",  # the native client of awslambdaric crashes without it
            "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + self.seconds) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self._name}",
            "Lambda-Runtime-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
        }
        self._running[invocation.request_id] = (time.perf_counter(), invocation.answer)
        return Response(200, list(headers.items()), invocation.event)


class LambdaFunction:
    """A function as AWS runs it: what is in ``task_root`` and ``packages`` alone, with these variables.

    ``seconds``: the time it believes it has for an invocation. ``log_file`` gets what it prints.
    """

    def __init__(
        self,
        name: str,
        handler: str,
        task_root: Path,
        variables: Mapping[str, str],
        *,
        seconds: float = 28,
        packages: Path | None = None,
        log_file: Path | None = None,
    ) -> None:
        self.name = name
        self.answered = 0
        """By ``invoke``."""
        self.runtime_api = RuntimeApi(name, seconds)
        self.submit = self.runtime_api.submit
        self._log_file = log_file
        self._lock = threading.Lock()
        self._processes: list[psutil.Popen] = []
        self._runtime = tempfile.TemporaryDirectory(prefix="lambda-runtime-")
        _link_runtime(Path(self._runtime.name))
        # -S: without this project's own site-packages, what is not packaged is not there.
        self._command = [sys.executable, "-S", "-m", "awslambdaric", handler]
        self._task_root = task_root
        path = [str(directory) for directory in (task_root, packages, self._runtime.name) if directory]
        self.variables = {
            **{name: os.environ[name] for name in _INHERITED if name in os.environ},
            "PYTHONPATH": os.pathsep.join(path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "AWS_EXECUTION_ENV": f"AWS_Lambda_python{sys.version_info.major}.{sys.version_info.minor}",
            "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
            "AWS_LAMBDA_RUNTIME_API": self.runtime_api.address,
            "LAMBDA_TASK_ROOT": str(task_root),
            "_HANDLER": handler,
            **variables,
        }

    def start(self, environments: int = 1) -> None:
        """Starts execution environments; returns when each has asked for its first event. Raises FunctionFailed."""
        wanted = self.runtime_api.asked + environments
        for _ in range(environments):
            with open(self._log_file or os.devnull, "ab") as log:  # noqa: PTH123  (os.devnull is no Path)
                self._processes.append(
                    psutil.Popen(
                        self._command, cwd=self._task_root, env=self.variables, stdout=log, stderr=subprocess.STDOUT
                    )
                )
        end = time.monotonic() + _LONGEST
        with self.runtime_api.changed:
            while self.runtime_api.asked < wanted:
                self.runtime_api.changed.wait(0.2)
                self._check(end)

    def invoke(self, event: object) -> Any:
        """The function's answer; starts an environment if there is none. Raises FunctionFailed."""
        with self._lock:
            if not self._processes:
                self.start()
        answer = self.submit(json.dumps(event).encode())
        end = time.monotonic() + _LONGEST
        while not futures.wait([answer], 0.2).done:
            self._check(end)
        if (failure := answer.exception()) is not None:
            raise FunctionFailed(f"{self.name}: {failure}\n{self.logs()}")
        self.answered += 1
        return answer.result().content

    def logs(self) -> str:
        return self._log_file.read_text() if self._log_file and self._log_file.exists() else ""

    def cpu(self) -> float:
        """CPU seconds, user and system, of all environments so far."""
        return sum(cpu_seconds(process.pid) for process in self._processes)

    def peak_memory(self) -> int:
        """Bytes, VmHWM, of the largest environment."""
        statuses = [Path(f"/proc/{process.pid}/status").read_text() for process in self._processes]
        lines = [line for status in statuses for line in status.splitlines() if line.startswith("VmHWM:")]
        return max(int(line.split()[1]) * 1024 for line in lines)

    def stop(self) -> None:
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        self.runtime_api.close()
        self._runtime.cleanup()

    def _check(self, end: float) -> None:
        """Raises FunctionFailed when an environment did not come up, has ended, or takes too long."""
        ended = [process.returncode for process in self._processes if process.poll() is not None]
        failure = self.runtime_api.failure
        if failure or ended or time.monotonic() > end:
            raise FunctionFailed(f"{self.name} did not answer {ended or ''}: {failure or ''}\n{self.logs()}")


def _link_runtime(directory: Path) -> None:
    """What AWS's runtime brings, and nothing else. Raises FunctionFailed where it is not installed."""
    for name in _RUNTIME_PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise FunctionFailed(f"{name} is not installed")
        origin = Path(spec.origin)
        found = origin.parent if origin.name == "__init__.py" else origin
        (directory / found.name).symlink_to(found)
