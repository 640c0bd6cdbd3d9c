"""The local service's socket: HTTP/1.1 with keep-alive, one thread a connection, one line a request in the log."""

import base64
import sys
import time
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

from emulators.api_gateway import Gateway, Response
from emulators.environment import HOST
from emulators.request_body import BodyTooLarge, MalformedBody, read_body


class HttpServer(ThreadingHTTPServer):
    request_queue_size = 256

    def __init__(self, port: int, gateway: Gateway) -> None:
        super().__init__((HOST, port), partial(_RequestHandler, gateway))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write an answer, sent at once: else the body waits 40 ms for the client's delayed ACK of the headers.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 60
    """Seconds that a connection may be idle."""

    def __init__(self, gateway: Gateway, *connection: Any) -> None:
        self._gateway = gateway
        super().__init__(*connection)

    def _handle(self) -> None:
        started = time.perf_counter()
        response = self._answer()
        self._send(response)
        self._log(f"{response['statusCode']} {(time.perf_counter() - started) * 1000:.0f} ms")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _handle  # noqa: N815

    def _answer(self) -> Response:
        try:
            body = read_body(self.rfile, self.headers)
        except MalformedBody:
            self.close_connection = True
            return self._gateway.refuse("BAD_REQUEST_BODY")
        except BodyTooLarge:
            self.close_connection = True
            return self._gateway.refuse("REQUEST_TOO_LARGE")
        return self._gateway.handle_request(self.command, self.path, _joined(self.headers), body)

    def _send(self, response: Response) -> None:
        body = response["body"] or b""
        if response.get("isBase64Encoded"):
            body = base64.b64decode(body)
        elif isinstance(body, str):
            body = body.encode()
        headers = {"Content-Type": "application/json", **response["headers"], **response["multiValueHeaders"]}
        headers["Content-Length"] = str(len(body))
        if self.close_connection:
            headers["Connection"] = "close"
        self.send_response(response["statusCode"])
        for name, value in headers.items():
            for line in value if isinstance(value, list) else [value]:
                self.send_header(name, line)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_expect_100(self) -> bool:
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def send_error(self, *_: Any, **__: Any) -> None:
        """What is not HTTP, or a method nobody knows: our shape of answer, not a page that repeats the request."""
        self.close_connection = True
        self.request_version = self.protocol_version  # unknown yet, and headers only go to HTTP/1
        self._send(self._gateway.refuse("DEFAULT_4XX"))

    def version_string(self) -> str:
        return "local"

    def _log(self, outcome: str) -> None:
        # No query string, no header: a secret could be in them. Quoted: no control character reaches a terminal.
        path = quote(self.path.partition("?")[0], safe="/:@!$&'()*+,;=~%-._")
        sys.stderr.write(f"{self.command} {path} {outcome}\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name is http.server's)
        """Nothing: ``_log`` has the line."""


def _joined(headers: Message) -> dict[str, str]:
    """A header that comes twice, as one: RFC 9110 §5.3. Else the app would see one of the two, and believe it."""
    return {name: ", ".join(headers.get_all(name, [])) for name in headers}
