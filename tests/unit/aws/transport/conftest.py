"""Services to call: the emulators' DynamoDB and KMS, and one that answers by a script."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from emulators import metered_services as metered_services_process

Script = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def metered_services() -> Iterator[str]:
    """The address of DynamoDB and KMS in a process of their own."""
    with metered_services_process.running() as services:
        yield services.url


class ScriptedService:
    """Answers by a list of scripts, the last one for ever. Notes the requests' bodies and how many connections came."""

    def __init__(self, *scripts: Script) -> None:
        self.scripts = list(scripts)
        self.bodies: list[Any] = []
        self.connections = 0
        self.closed = threading.Semaphore(0)
        """Released for each connection that this side has closed."""
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                script = service.scripts[min(len(service.bodies), len(service.scripts) - 1)]
                service.bodies.append(json.loads(body or b"null"))
                script(self)

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def get_request(self) -> Any:
                service.connections += 1
                return super().get_request()

            def shutdown_request(self, request: Any) -> None:
                super().shutdown_request(request)
                service.closed.release()

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Nothing: the client has left, as it should."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def scripted_service() -> Iterator[Callable[..., ScriptedService]]:
    made: list[ScriptedService] = []

    def make(*scripts: Script) -> ScriptedService:
        made.append(ScriptedService(*scripts))
        return made[-1]

    yield make
    for service in made:
        service.close()


def answering(status: int, body: dict[str, Any], close: bool = False) -> Script:
    """``close``: the connection ends with the answer, and the answer says so."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        content = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        if close:
            handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def sending(*parts: bytes, close: bool = True) -> Script:
    """These bytes and nothing else. ``close``: then it hangs up without a word, as a load balancer does."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()
        handler.close_connection = close

    return send
