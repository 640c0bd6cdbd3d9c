"""A Lambda function as AWS runs it: the unpacked zip alone, in awslambdaric, over the Runtime API."""

import importlib.util
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

_RUNTIME_PACKAGES = ("awslambdaric", "snapshot_restore_py", "simplejson", "runtime_client")
_LONGEST = 60
"""Seconds that a test waits for an answer."""


class FunctionFailed(Exception):
    """The function raised, or never came up; the text is what it said."""


class LambdaFunction:
    """One execution environment. ``seconds`` is the time the function believes it has for each invocation."""

    def __init__(
        self, name: str, handler: str, task_root: Path, environment: Mapping[str, str], seconds: float, logs: Path
    ) -> None:
        self.name = name
        self.seconds = seconds
        self.answered = 0
        self._handler = handler
        self._task_root = task_root
        self._environment = dict(environment)
        self._log_file = logs / f"{name}.log"
        self._events: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._answers: dict[str, queue.Queue[tuple[bool, Any]]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._runtime_api())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def invoke(self, event: object) -> Any:
        """The answer; one invocation at a time, as in any execution environment. Raises FunctionFailed."""
        with self._lock:
            if self._process is None:
                self._process = self._start()
            request_id = str(uuid4())
            answer: queue.Queue[tuple[bool, Any]] = queue.Queue()
            self._answers[request_id] = answer
            self._events.put((request_id, json.dumps(event).encode()))
            end = time.monotonic() + _LONGEST
            while True:
                try:
                    succeeded, content = answer.get(timeout=0.2)
                    break
                except queue.Empty:
                    if self._process.poll() is not None or time.monotonic() > end:
                        raise FunctionFailed(
                            f"{self.name} did not answer ({self._process.poll()}):\n{self.logs()}"
                        ) from None
        if not succeeded:
            raise FunctionFailed(f"{self.name}: {content}\n{self.logs()}")
        self.answered += 1
        return content

    def logs(self) -> str:
        return self._log_file.read_text() if self._log_file.exists() else ""

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._server.shutdown()
        self._server.server_close()

    def _start(self) -> "subprocess.Popen[bytes]":
        runtime = self._log_file.parent / "runtime"
        _link_runtime(runtime)
        with self._log_file.open("ab") as logs:
            return subprocess.Popen(
                # -S: without this project's own site-packages, what the zip lacks is not there.
                [sys.executable, "-S", "-m", "awslambdaric", self._handler],
                cwd=self._task_root,
                env={
                    "PATH": "/usr/bin:/bin",
                    "PYTHONPATH": f"{self._task_root}:{runtime}",
                    "PYTHONDONTWRITEBYTECODE": "1",
                    "LAMBDA_TASK_ROOT": str(self._task_root),
                    "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.server_port}",
                    "AWS_LAMBDA_FUNCTION_NAME": self.name,
                    "AWS_LAMBDA_FUNCTION_VERSION": "1",
                    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
                    **self._environment,
                },
                stdout=logs,
                stderr=subprocess.STDOUT,
            )

    def _runtime_api(self) -> type[BaseHTTPRequestHandler]:
        function = self

        class RuntimeApi(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                request_id, event = function._events.get()
                self.send_response(200)
                # The native client of awslambdaric crashes without it.
                self.send_header("Content-Type", "application/json")
                self.send_header("Lambda-Runtime-Aws-Request-Id", request_id)
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + function.seconds) * 1000)))
                self.send_header(
                    "Lambda-Runtime-Invoked-Function-Arn",
                    f"arn:aws:lambda:eu-central-1:123456789012:function:{function.name}",
                )
                self.send_header("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0")
                self.send_header("Content-Length", str(len(event)))
                self.end_headers()
                self.wfile.write(event)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                *_, request_id, outcome = self.path.split("/")
                if request_id in function._answers:
                    function._answers.pop(request_id).put((outcome == "response", json.loads(body or b"null")))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        return RuntimeApi


def _link_runtime(directory: Path) -> None:
    """A directory with what AWS's runtime brings, and nothing else."""
    directory.mkdir(exist_ok=True)
    for name in _RUNTIME_PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise FunctionFailed(f"{name} is not installed")
        origin = Path(spec.origin)
        found = origin.parent if origin.name == "__init__.py" else origin
        link = directory / found.name
        if not link.exists():
            link.symlink_to(found)
