"""Calls of AWS's JSON protocols over connections that stay open: what an exchange needs of a client, and no more.

boto3 spends 0.6 ms of CPU on such a call and 100 ms on getting ready for the first. Errors are botocore's own, so that
the stores need not know which client they have.
"""

import http.client
import random
import select
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws.errors import BUSY
from chalicelib.aws.transport.signature_v4 import Signer
from chalicelib.clock import Clock

_CONNECT_TIMEOUT = 1.0
_READ_TIMEOUT = 3.0
_BUDGET = 6.0
"""Seconds for a call with all its attempts: the four calls an exchange may need fit into API Gateway's 29 seconds."""
_FIRST_WAIT = 0.05
_LONGEST_WAIT = 1.0
"""Seconds before the second attempt at most, doubled before each one after up to the longest; full jitter."""
_MOST_IDLE = 32


class Service(NamedTuple):
    """How a service is spoken to: its target prefix, and the version of the JSON protocol."""

    target: str
    json_version: str


class _Reply(NamedTuple):
    status: int
    body: bytes


class JsonClient:
    """Calls one service at ``url``. Safe to share between threads; each call has a connection of its own."""

    def __init__(
        self,
        service: Service,
        url: str,
        signer: Signer,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(url)
        self._service = service
        self._url = url
        self._signer = signer
        self._tls = tls() if parts.scheme == "https" else None
        self._host, self._port = parts.hostname or "", parts.port
        self._authority = parts.netloc
        self._clock = clock
        self._sleep = sleep
        self._idle: deque[http.client.HTTPConnection] = deque(maxlen=_MOST_IDLE)

    def call(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The decoded answer. Attempts again what may pass, while there is time.

        Raises botocore's ClientError for what the service answers, its EndpointConnectionError where none came.
        """
        body = msgspec.json.encode(arguments)
        end = self._clock() + _BUDGET
        wait = _FIRST_WAIT
        while True:
            try:
                return self._attempt(operation, body, end - self._clock())
            except (ClientError, EndpointConnectionError) as error:
                pause = random.uniform(0, wait)  # noqa: S311  (jitter, not a secret)
                if not _may_pass(error) or self._clock() + pause + _CONNECT_TIMEOUT >= end:
                    raise
            self._sleep(pause)
            wait = min(wait * 2, _LONGEST_WAIT)

    def close(self) -> None:
        """Closes the connections that are idle."""
        while self._idle:
            self._idle.pop().close()

    def _attempt(self, operation: str, body: bytes, left: float) -> dict[str, Any]:
        headers = self._signer.signed(
            self._authority,
            {
                "content-type": f"application/x-amz-json-{self._service.json_version}",
                "x-amz-target": f"{self._service.target}.{operation}",
            },
            body,
        )
        try:
            reply = self._post(headers, body, left)
            answer = msgspec.json.decode(reply.body) if reply.body else {}
        except (OSError, http.client.HTTPException, msgspec.DecodeError) as error:
            raise EndpointConnectionError(endpoint_url=self._url, error=error) from error
        if reply.status != 200:
            raise _client_error(operation, reply.status, answer)
        result: dict[str, Any] = answer
        return result

    def _post(self, headers: dict[str, str], body: bytes, left: float) -> _Reply:
        connection = self._connection()
        try:
            if connection.sock is None:
                connection.connect()
            reply, reusable = _exchange(connection, headers, body, min(_READ_TIMEOUT, left))
        except BaseException:
            # Whatever is left of an answer must not meet the next request.
            connection.close()
            raise
        if reusable:
            self._idle.append(connection)
        else:
            connection.close()
        return reply

    def _connection(self) -> http.client.HTTPConnection:
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if _is_open(connection):
                return connection
            connection.close()
        if self._tls is not None:
            return http.client.HTTPSConnection(self._host, self._port, timeout=_CONNECT_TIMEOUT, context=self._tls)
        return http.client.HTTPConnection(self._host, self._port, timeout=_CONNECT_TIMEOUT)


def _exchange(
    connection: http.client.HTTPConnection, headers: dict[str, str], body: bytes, timeout: float
) -> tuple[_Reply, bool]:
    """The reply, and whether the connection may serve again."""
    sent = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST / HTTP/1.1\r\n{sent}content-length: {len(body)}\r\n\r\n"
    sock: socket.socket = connection.sock
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.settimeout(max(0.001, timeout))
    # At once: http.client sends head and body apart, and that second packet is a tenth of the whole exchange.
    sock.sendall(head.encode("latin-1") + body)
    with http.client.HTTPResponse(sock, method="POST") as response:
        response.begin()
        return _Reply(response.status, response.read()), not response.will_close


def _is_open(connection: http.client.HTTPConnection) -> bool:
    """An idle connection on which something can be read was closed by the other side, most often while frozen."""
    if connection.sock is None:
        return False
    poll = select.poll()
    poll.register(connection.sock, select.POLLIN)
    return not poll.poll(0)


def _may_pass(error: ClientError | EndpointConnectionError) -> bool:
    if isinstance(error, EndpointConnectionError):
        return True
    return error.response["Error"]["Code"] in BUSY or error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500


def _client_error(operation: str, status: int, answer: dict[str, Any]) -> ClientError:
    code = str(answer.get("__type", "Unknown")).rpartition("#")[2]
    message = str(answer.get("message") or answer.get("Message") or "")
    response: Any = {
        **answer,
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, operation)
