"""Calls of AWS's JSON protocols, attempted again while it may help and the request has time for it.

Errors are botocore's own, so that the stores need not know which client they have.
"""

import math
import time
from collections.abc import Collection
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

import msgspec
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws.backoff import jittered_waits
from chalicelib.aws.errors import is_busy
from chalicelib.aws.transport.connections import CONNECT_TIMEOUT, FAILURES
from chalicelib.aws.transport.signature_v4 import Signer
from chalicelib.clock import Clock, Sleep
from chalicelib.deadline import Deadline, current

_READ_TIMEOUT = 3.0
_PATIENCE = 6.0
"""Seconds for a call with all its attempts in the background, where nobody waits and no request's deadline counts."""
_FIRST_WAIT = 0.05
_LONGEST_WAIT = 1.0
_decode_answer = msgspec.json.Decoder(dict[str, Any]).decode


class Service(NamedTuple):
    """How a service is spoken to: its name in addresses, its target prefix, its version of the JSON protocol."""

    name: str
    target: str
    json_version: str


class Connections(Protocol):
    """Connections to one service."""

    def send(self, request: bytes, timeout: float) -> tuple[int, bytearray]:
        """The status and the body of the answer, which is whole within ``timeout`` seconds. Raises FAILURES."""

    def close(self) -> None: ...


class JsonClient:
    """Calls one service at ``url`` over its ``connections``. Safe to share between threads."""

    def __init__(
        self,
        service: Service,
        url: str,
        signer: Signer,
        connections: Connections,
        clock: Clock = time.monotonic,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._service = service
        self._url = url
        self._host = urlsplit(url).netloc
        self._signer = signer
        self._connections = connections
        self._clock = clock
        self._sleep = sleep
        self.close = connections.close

    def call(self, operation: str, members: Collection[str] = (), /, **arguments: Any) -> dict[str, Any]:
        """The decoded answer, which has these members: one that lacks them is no answer, whatever its status.

        Raises botocore's ClientError for what the service refuses, its EndpointConnectionError where no answer came.
        """
        body = msgspec.json.encode(arguments)
        deadline = current() or Deadline(_PATIENCE, retries=math.inf, retries_a_call=math.inf, clock=self._clock)
        waits = jittered_waits(_FIRST_WAIT, _LONGEST_WAIT)
        retry = 0
        while True:
            try:
                return self._attempt(operation, body, members, deadline.remaining())
            except (ClientError, EndpointConnectionError) as error:
                retry += 1
                final = isinstance(error, ClientError) and not is_busy(error)
                wait = next(waits, None)
                if final or wait is None or not deadline.take_retry(retry, wait + CONNECT_TIMEOUT):
                    raise
            self._sleep(wait)

    def _attempt(self, operation: str, body: bytes, members: Collection[str], time_remaining: float) -> dict[str, Any]:
        headers = {
            "content-type": f"application/x-amz-json-{self._service.json_version}",
            "x-amz-target": f"{self._service.target}.{operation}",
        }
        signed = self._signer.signed(self._host, headers, body)
        lines = "".join(f"{name}: {value}\r\n" for name, value in signed.items())
        head = f"POST / HTTP/1.1\r\n{lines}content-length: {len(body)}\r\n\r\n"
        try:
            # Head and body at once: a second packet is a tenth of the whole call.
            status, content = self._connections.send(head.encode() + body, min(_READ_TIMEOUT, time_remaining))
            answer = _decode_answer(content)
        except (*FAILURES, msgspec.DecodeError) as error:
            raise EndpointConnectionError(endpoint_url=self._url, error=error, operation=operation) from error
        if status != 200:
            raise _client_error(operation, status, answer)
        if missing := [name for name in members if name not in answer]:
            raise EndpointConnectionError(
                endpoint_url=self._url, error=f"an answer without {missing}", operation=operation
            )
        return answer


def _client_error(operation: str, status: int, answer: dict[str, Any]) -> ClientError:
    """botocore's: what the error says besides its code and message stands beside them, such as CancellationReasons."""
    code = str(answer.get("__type", "Unknown")).rpartition("#")[2]
    message = str(answer.get("message") or answer.get("Message") or "")
    parsed = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    response: Any = {**answer, **parsed}
    return ClientError(response, operation)
