"""An emulator as a process of its own: both ends of it.

The child says its address on stdout and lives until its stdin is closed, however the parent ends: no orphans.
It has a session of its own, so that Ctrl-C reaches only the parent, which then stops its children in order.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from deploy.stages import PROJECT
from emulators.environment import HOST, isolated

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed.wsgi import WSGIApplication

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 5
_LINES_KEPT = 20
_ADDRESS = f"http://{HOST}:"


class NotStarted(Exception):
    """A process did not come up; the text says why."""


class EmulatorProcess:
    """The parent's end: a module that ends in ``serve`` or ``stop_with_parent``. ``name``: what people call it."""

    def __init__(self, name: str, module: str, port: int = 0) -> None:
        self.name = name
        self._address: str | None = None
        self._said = threading.Event()
        self._last_lines: deque[str] = deque(maxlen=_LINES_KEPT)
        self._process = subprocess.Popen(  # noqa: S603  (our own modules)
            # A crash in native code says where: its last lines are then a traceback.
            [sys.executable, "-u", "-X", "faulthandler", "-W", "ignore", "-m", module, str(port)],
            cwd=PROJECT,
            env=isolated(os.environ, {}),  # a profile of the developer's, which moto's boto3 does not find, fails it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        # Read to the end: a child whose pipe is full stands still.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def address(self) -> str:
        """The URL it serves, as soon as it does. Raises NotStarted."""
        self._said.wait(_SECONDS_TO_START)
        if self._address is None:
            raise NotStarted(self.death() or f"{self.name} did not start within {_SECONDS_TO_START} seconds")
        return self._address

    def death(self) -> str | None:
        """How it ended, with the last lines it said; None while it lives."""
        status = self._process.poll()
        if status is None:
            return None
        self._reader.join(_SECONDS_TO_STOP)
        how = f"ended with status {status}" if status >= 0 else f"was killed by {signal.Signals(-status).name}"
        said = "".join(f"  {line}" for line in self._last_lines) or "  (nothing)\n"
        return f"{self.name} {how}. The last it said:\n{said.rstrip()}"

    def stop(self) -> None:
        """Ends it; returns when it is gone."""
        assert self._process.stdin  # noqa: S101  (for the type checker: a pipe was asked for)
        self._process.stdin.close()
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(_SECONDS_TO_STOP)

    def _read(self) -> None:
        assert self._process.stdout  # noqa: S101
        with self._process.stdout as lines:
            for line in lines:
                if self._address is None and line.startswith(_ADDRESS):
                    self._address = line.strip()
                    self._said.set()
                else:
                    self._last_lines.append(line)
                    sys.stderr.write(f"{self.name}: {line}")
        self._said.set()


class _Handler(WSGIRequestHandler):
    # Headers and body go out in two writes: with Nagle's algorithm the second waits 40 ms for a delayed ACK.
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the app's own log is what matters."""


def serve(app: "WSGIApplication", port: int) -> None:
    """The child's end, for a WSGI app: serves on 127.0.0.1 until its parent goes. Port 0 takes any free one."""
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        sys.exit(f"port {port} cannot be used: {error.strerror}")
    server = make_server(HOST, port, app, threaded=True, request_handler=_Handler, fd=listener.fileno())
    stop_with_parent(server.shutdown)
    say_address(listener.getsockname()[1])
    # In the main thread: whatever ends it ends the process, and is seen.
    server.serve_forever(poll_interval=0.1)


def say_address(port: int) -> None:
    print(f"{_ADDRESS}{port}", flush=True)


def stop_with_parent(stop: "Callable[[], object]") -> None:
    """Calls ``stop`` in a thread once the parent has closed our stdin, or has died."""

    def wait() -> None:
        sys.stdin.read()
        stop()

    threading.Thread(target=wait, daemon=True).start()
