"""HTTP/1.1 to one host over connections that stay open. An answer comes whole or not at all.

llhttp, the parser of Node.js, reads the answers, and refuses what has been used to smuggle others in. An answer that
ends where the connection ends counts as none: it could be half of one.
"""

import math
import select
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

CONNECT_TIMEOUT = 1.0
FAILURES = (OSError, HttpParserError, HttpParserUpgrade)
"""No connection, no whole answer, or one that HTTP/1.1 does not allow."""
_MOST_IDLE = 32
_READ_SIZE = 65_536
_LONGEST_HEAD = 65_536


class ConnectionPool:
    """Connections to the host of ``url``. Safe to share between threads; each request has a connection of its own."""

    def __init__(self, url: str, tls: Callable[[], ssl.SSLContext]) -> None:
        parts = urlsplit(url)
        self._tls = tls() if parts.scheme == "https" else None
        self._address = parts.hostname or "", parts.port or (443 if self._tls else 80)
        self._idle: deque[_Connection] = deque()

    def send(self, request: bytes, timeout: float) -> tuple[int, bytearray]:
        """The status and the body of the answer, which is whole within ``timeout`` seconds. Raises FAILURES."""
        end = time.monotonic() + timeout
        connection = self._connection(end)
        try:
            answer = connection.send(request, end)
        except BaseException:
            # Whatever is left of an answer must not meet the next request.
            connection.close()
            raise
        if connection.keep_alive and len(self._idle) < _MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()
        return answer

    def close(self) -> None:
        """Closes the connections that are idle."""
        while self._idle:
            self._idle.pop().close()

    def _connection(self, end: float) -> "_Connection":
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if not connection.is_readable():
                return connection
            # The other side closed it, most often while this execution environment was frozen.
            connection.close()
        remaining = end - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("no time is left to connect")
        # As bytes: a host as str is encoded by a codec that takes 5 ms to import (typeshed knows of str alone).
        host, port = self._address
        address: Any = host.encode("ascii"), port
        sock = socket.create_connection(address, min(CONNECT_TIMEOUT, remaining))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return _Connection(self._tls.wrap_socket(sock, server_hostname=self._address[0]) if self._tls else sock)


class _Connection:
    """A connection and the parser of its answers, which calls the methods with ``on_``."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._parser = HttpResponseParser(self)
        self._allowed = math.inf
        self.close = sock.close

    def is_readable(self) -> bool:
        return bool(self._poll.poll(0))

    def send(self, request: bytes, end: float) -> tuple[int, bytearray]:
        self._status, self._body, self._is_whole = 0, bytearray(), False
        received = 0
        self._allow_until(end)
        self._sock.sendall(request)
        while not self._is_whole:
            self._allow_until(end)
            data = self._sock.recv(_READ_SIZE)
            received += len(data)
            if not data or (not self._status and received > _LONGEST_HEAD):
                raise ConnectionError("the answer ended early, or its head does not end")
            self._parser.feed_data(data)
        return self._status, self._body

    def _allow_until(self, end: float) -> None:
        """What is called of the socket next may take until then. Within a hundredth, what was allowed before will do:
        each change is a call of the system.
        """
        remaining = max(0, end - time.monotonic())
        if not remaining <= self._allowed <= remaining * 1.01:
            self._sock.settimeout(remaining)
            self._allowed = remaining

    def on_message_begin(self) -> None:
        if self._is_whole:
            raise ConnectionError("a second answer to one request")

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        # Interim answers (RFC 9110 §15.2) come before the one that counts.
        self._status = status if status >= 200 else 0

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        self._is_whole = self._status != 0
        self.keep_alive = self._parser.should_keep_alive()
