"""DynamoDB and KMS over a socket, each table and KMS by itself put out of order as a test wishes."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import urllib3

from emulators import metered_services

Fault = Callable[[BaseHTTPRequestHandler], None]
"""Answers a request in place of AWS."""


def refusing(status: int, code: str) -> Fault:
    def refuse(handler: BaseHTTPRequestHandler) -> None:
        _send(handler, status, json.dumps({"__type": f"com.amazonaws#{code}"}).encode())

    return refuse


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def garbage(handler: BaseHTTPRequestHandler) -> None:
    _send(handler, 200, b"<html>")


def truncated(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}")
    handler.close_connection = True


FAULTS = {
    "throttled": refusing(400, "ThrottlingException"),
    "broken": refusing(500, "InternalServerError"),
    "forbidden": refusing(400, "AccessDeniedException"),
    "gone": refusing(400, "ResourceNotFoundException"),
    "reset": reset,
    "garbage": garbage,
    "truncated": truncated,
}


class FaultyAws:
    """``faults``: by the name of a table, or ``kms``. ``requests`` has the names that each request was for."""

    def __init__(self, url: str) -> None:
        self.faults: dict[str, Fault] = {}
        self.requests: list[frozenset[str]] = []
        self._released = threading.Event()
        aws, pool = self, urllib3.PoolManager(maxsize=16)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                target = self.headers["x-amz-target"]
                names = _names(target, json.loads(body))
                aws.requests.append(names)
                fault = next((aws.faults[name] for name in sorted(names) if name in aws.faults), None)
                if fault is not None:
                    fault(self)
                    return
                reply = pool.request("POST", url + "/", body=body, headers={"x-amz-target": target})
                _send(self, reply.status, reply.data)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Nothing: a client that waits no longer is what some tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def hanging(self, handler: BaseHTTPRequestHandler) -> None:
        """A fault: no answer."""
        self._released.wait()
        handler.close_connection = True

    def close(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()


def _send(handler: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def _names(target: str, arguments: dict[str, Any]) -> frozenset[str]:
    """The tables that a call is for, or ``kms``."""
    if target.startswith("TrentService."):
        return frozenset({"kms"})
    actions = [body for action in arguments.get("TransactItems", []) for body in action.values()]
    single = [arguments] if "TableName" in arguments else []
    return frozenset(arguments.get("RequestItems", {})) | {body["TableName"] for body in [*actions, *single]}


@pytest.fixture(scope="session")
def _metered() -> Iterator[str]:
    with metered_services.running() as services:
        yield services.url


@pytest.fixture
def faulty_aws(_metered: str) -> Iterator[FaultyAws]:
    """In order, until a test puts something out of order."""
    aws = FaultyAws(_metered)
    yield aws
    aws.close()
