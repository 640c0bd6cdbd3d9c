"""A WSGI app as a process of its own: both ends of it.

The child says its address on stdout and lives until its stdin is closed, however the parent ends: no orphans.
It has a session of its own, so that Ctrl-C reaches only the parent, which then stops its children in order.
"""

import select
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from emulators.environment import HOST, PROJECT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 5


class NotStarted(Exception):
    """A process did not come up; it has said why on stderr."""


class _Handler(WSGIRequestHandler):
    # Headers and body go out in two writes: with Nagle's algorithm the second waits 40 ms for a delayed ACK.
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the app's own log is what matters."""


def serve(app: "WSGIApplication", port: int) -> None:
    """The child: serves on 127.0.0.1 until stdin is closed. Port 0 takes any free one."""
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        sys.exit(f"port {port} cannot be used: {error.strerror}")
    server = make_server(HOST, port, app, threaded=True, request_handler=_Handler, fd=listener.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://{HOST}:{listener.getsockname()[1]}", flush=True)
    sys.stdin.read()


def start(module: str, port: int = 0) -> "subprocess.Popen[str]":
    """The parent: runs a module that calls ``serve``."""
    return subprocess.Popen(  # noqa: S603  (our own modules)
        [sys.executable, "-W", "ignore", "-m", module, str(port)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def address(process: "subprocess.Popen[str]") -> str:
    """The URL it serves, as soon as it does. Raises NotStarted."""
    assert process.stdout  # noqa: S101  (for the type checker: start() asked for a pipe)
    if select.select([process.stdout], [], [], _SECONDS_TO_START)[0]:
        line = process.stdout.readline().strip()
        if line:
            return line
    raise NotStarted("a part of the local stack did not start; the reason stands above")


def stop(process: "subprocess.Popen[str]") -> None:
    """Ends it; returns when it is gone."""
    assert process.stdin  # noqa: S101  (for the type checker: start() asked for a pipe)
    assert process.stdout  # noqa: S101
    process.stdin.close()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
