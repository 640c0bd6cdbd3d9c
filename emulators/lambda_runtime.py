"""The Lambda Runtime API, as ``awslambdaric`` sees it, and execution environments that are processes."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import psutil

_PREFIX = "/2018-06-01/runtime/"
_DEADLINE = 28.0


class Answer(NamedTuple):
    """What an execution environment answered; ``seconds`` from handing out the event until the answer was there."""

    body: dict[str, Any]
    seconds: float


class RuntimeApi:
    """Hands each event to the next execution environment that asks for one."""

    def __init__(self) -> None:
        self._events: queue.Queue[tuple[str, bytes, Future[Answer]]] = queue.Queue()
        self._running: dict[str, tuple[float, Future[Answer]]] = {}
        self._asked = threading.Condition()
        self.asked = 0
        self.failure: str | None = None
        self._numbers = iter(range(10**12))
        runtime_api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                runtime_api._note_asked()
                request_id, event, future = runtime_api._events.get()
                if not request_id:
                    self.close_connection = True
                    return
                headers = {
                    "Lambda-Runtime-Aws-Request-Id": request_id,
                    "Lambda-Runtime-Deadline-Ms": str(int((time.time() + _DEADLINE) * 1000)),
                    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:000000000000:function:bench",
                    "Content-Type": "application/json",
                    "Content-Length": str(len(event)),
                }
                self.send_response(200)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(event)
                runtime_api._running[request_id] = (time.perf_counter(), future)
                self.wfile.flush()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                done = time.perf_counter()
                parts = self.path.removeprefix(_PREFIX).split("/")
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()
                self.wfile.flush()
                if parts[0] == "init":
                    runtime_api.failure = body.decode()
                    runtime_api._note_asked()
                    return
                started, future = runtime_api._running.pop(parts[1])
                if parts[2] == "response":
                    future.set_result(Answer(json.loads(body), done - started))
                else:
                    future.set_exception(RuntimeError(body.decode()))

        class Server(ThreadingHTTPServer):
            request_queue_size = 128
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """A execution environment that is stopped hangs up; what matters shows in its answers."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def submit(self, event: bytes) -> "Future[Answer]":
        future: Future[Answer] = Future()
        self._events.put((f"request-{next(self._numbers)}", event, future))
        return future

    def wait_until_asked(self, times: int, timeout: float = 60.0) -> None:
        """Until environments have asked for an event this often. Raises RuntimeError if an init failed."""
        with self._asked:
            if not self._asked.wait_for(lambda: self.asked >= times or self.failure, timeout):
                raise RuntimeError("no execution environment asked for an event")
        if self.failure:
            raise RuntimeError(self.failure)

    def close(self, environments: int) -> None:
        for _ in range(environments):
            self._events.put(("", b"", Future()))
        self._server.shutdown()
        self._server.server_close()

    def _note_asked(self) -> None:
        with self._asked:
            self.asked += 1
            self._asked.notify_all()


class ExecutionEnvironment:
    """A process that runs ``awslambdaric`` on the handler in ``task_root``, with these variables."""

    def __init__(
        self,
        runtime_api: RuntimeApi,
        task_root: Path,
        packages: Path,
        variables: Mapping[str, str],
        handler: str = "app.app",
        python: str = sys.executable,
    ) -> None:
        environ = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ},
            "PYTHONPATH": f"{task_root}{os.pathsep}{packages}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "AWS_LAMBDA_RUNTIME_API": runtime_api.address,
            "AWS_LAMBDA_FUNCTION_NAME": "bench",
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3.11",
            "LAMBDA_TASK_ROOT": str(task_root),
            "_HANDLER": handler,
            **variables,
        }
        command = [python, "-S", "-c", _START.format(site=_site_of_awslambdaric()), handler]
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            command, cwd=task_root, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.process = psutil.Process(self._process.pid)

    def cpu(self) -> float:
        """CPU seconds, user and system, of the whole process so far."""
        times = self.process.cpu_times()
        return times.user + times.system

    def peak_memory(self) -> int:
        """Bytes: VmHWM."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("no VmHWM")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def _site_of_awslambdaric() -> str:
    import awslambdaric

    return str(Path(awslambdaric.__file__).parent.parent)


# Lambda has the runtime client outside of the task's path; what is packaged comes first.
_START = """
import sys
sys.path.append({site!r})
sys.argv[0] = "awslambdaric"
from awslambdaric.__main__ import main
main(sys.argv)
"""
