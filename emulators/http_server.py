"""HTTP/1.1 on this machine, a thread for each connection. h11 parses, as strictly as API Gateway's front does.

Not Werkzeug's server, although moto runs on it: it closes the connection after every answer, takes neither chunk
extensions nor trailers, and reads headers with Python's email parser, which ends them silently at a malformed line.
"""

import contextlib
import http.client
import re
import socket
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from email.utils import formatdate
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import NamedTuple, TextIO
from urllib.parse import quote

import h11

from emulators.environment import HOST

LARGEST_BODY = 10 * 1024 * 1024
"""Bytes: API Gateway's quota."""
_LARGEST_HEAD = _PIECE = 64 * 1024
_METHODS = {b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"}
_IDLE_SECONDS = 60
# A client that is still sending does not read our answer: what it sends after a refusal is read on, up to here.
_MOST_DRAINED = 64 * 1024 * 1024
_DRAIN_SECONDS = 2


class Request(NamedTuple):
    """``target``: path and query, as they were sent."""

    method: str
    target: str
    headers: Sequence[tuple[str, str]]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """By its name in lower case. Empty where there is none; one that comes twice as a list (RFC 9110 §5.3)."""
        return ", ".join(value for present, value in self.headers if present.lower() == name)


class Response(NamedTuple):
    status: int
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""


class _Refused(Exception):
    """The connection cannot be used on: where the next request begins is not known. Carries the status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class HttpServer(ThreadingTCPServer):
    """Serves on 127.0.0.1 from its making until ``close``. Port 0 takes any free one. Raises OSError.

    ``refuse`` renders what is answered to a request that is malformed (400) or has too large a body (413).
    ``log`` gets one line for each answer.
    """

    request_queue_size = 256
    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self,
        answer: Callable[[Request], Response],
        port: int = 0,
        *,
        refuse: Callable[[int], Response] = Response,
        log: TextIO | None = None,
    ) -> None:
        self.answer, self.refuse, self.log = answer, refuse, log
        super().__init__((HOST, port), _Connection)
        self.port: int = self.server_address[1]
        self.url = f"http://{HOST}:{self.port}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Connection(BaseRequestHandler):
    server: HttpServer
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(_IDLE_SECONDS)
        # Else an answer in two packets waits 40 ms for the client's delayed ACK.
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_LARGEST_HEAD)
        # A client that goes away, or says nothing more, is no error of ours.
        with contextlib.suppress(OSError):
            while self._answer_one():
                self._http.start_next_cycle()

    def _answer_one(self) -> bool:
        """False when the connection is at its end."""
        try:
            request = self._read()
        except _Refused as refused:
            self._send(self.server.refuse(refused.status), close=True)
            self._drain()
            return False
        if request is None:
            return False
        started = time.perf_counter()
        try:
            response = self.server.answer(request)
        except Exception:  # noqa: BLE001  (whatever it is, the client gets an answer)
            traceback.print_exc()
            response = Response(500)
        self._send(response, without_body=request.method == "HEAD")
        self._log(request, response, time.perf_counter() - started)
        return self._http.our_state is h11.DONE

    def _read(self) -> Request | None:
        """None when the client has closed the connection. Raises _Refused."""
        body = bytearray()
        try:
            head = self._next_event()
            if not isinstance(head, h11.Request):
                return None
            self._check(head)
            while isinstance(event := self._next_event(), h11.Data):
                body += event.data
                if len(body) > LARGEST_BODY:
                    raise _Refused(413)
        except h11.RemoteProtocolError as error:
            raise _Refused(400) from error
        headers = [(name.decode(), value.decode("latin-1")) for name, value in head.headers]
        target = re.sub("^https?://[^/?]*", "", head.target.decode())  # RFC 9112 §3.2.2
        return Request(head.method.decode(), target, headers, bytes(body))

    def _check(self, head: h11.Request) -> None:
        """What h11 leaves to its user. Raises _Refused."""
        headers = dict(head.headers)
        # Both headers, or chunks before HTTP/1.1: what request smuggling is made of (RFC 9112 §6.1).
        if b"transfer-encoding" in headers and (b"content-length" in headers or head.http_version != b"1.1"):
            raise _Refused(400)
        if head.method not in _METHODS or head.http_version not in (b"1.0", b"1.1"):
            raise _Refused(400)
        if int(headers.get(b"content-length", b"0")) > LARGEST_BODY:
            raise _Refused(413)

    def _next_event(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                interim = h11.InformationalResponse(status_code=100, headers=[], reason="Continue")
                self.request.sendall(self._http.send(interim) or b"")
            self._http.receive_data(self.request.recv(_PIECE))
        return event

    def _send(self, response: Response, *, without_body: bool = False, close: bool = False) -> None:
        headers = [*response.headers, ("Date", formatdate(usegmt=True))]
        never_a_body = response.status in (204, 304)
        if not never_a_body:
            headers.append(("Content-Length", str(len(response.body))))
        if close:
            headers.append(("Connection", "close"))
        reason = http.client.responses.get(response.status, "")
        events: list[h11.Event] = [h11.Response(status_code=response.status, headers=headers, reason=reason)]
        if response.body and not (without_body or never_a_body):
            events.append(h11.Data(data=response.body))
        events.append(h11.EndOfMessage())
        self.request.sendall(b"".join(self._http.send(event) or b"" for event in events))

    def _drain(self) -> None:
        """RFC 9112 §9.6: closing while the client still sends would lose the answer on its way."""
        self.request.shutdown(socket.SHUT_WR)
        self.request.settimeout(_DRAIN_SECONDS)
        drained = 0
        while drained < _MOST_DRAINED and (piece := self.request.recv(_PIECE)):
            drained += len(piece)

    def _log(self, request: Request, response: Response, seconds: float) -> None:
        if self.server.log is not None:
            # No query string, no header: a secret could be in them. Quoted: no control character reaches a terminal.
            path = quote(request.path, safe="/:@!$&'()*+,;=~%-._")
            self.server.log.write(f"{request.method} {path} {response.status} {seconds * 1000:.0f} ms\n")
