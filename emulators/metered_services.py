"""DynamoDB and KMS for the benchmarks: one process, one socket, AWS's JSON protocols, and a meter.

It checks no signature. ``POST /meter`` answers what was called since the last time, in JSON; ``POST /quota`` with a
number limits KMS signs a second, as an account's does.
"""

import asyncio
import json
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from emulators.aws_services import AwsServices
from emulators.dynamodb import DynamoDB
from emulators.emulator_process import EmulatorProcess, say_address, stop_with_parent
from emulators.environment import HOST
from emulators.kms import Kms


class MeteredServices:
    """The parent's end."""

    def __init__(self, url: str) -> None:
        self.url = url

    def meter(self) -> dict[str, Any]:
        """Calls and capacity units since the last time."""
        metered: dict[str, Any] = self._post("/meter", b"")
        return metered

    def limit_signs(self, a_second: float) -> None:
        """0 is no limit."""
        self._post("/quota", str(a_second).encode())

    def _post(self, path: str, body: bytes) -> Any:
        with urllib.request.urlopen(urllib.request.Request(self.url + path, body)) as answer:  # noqa: S310
            return json.load(answer)


@contextmanager
def running() -> Iterator[MeteredServices]:
    """In a process of their own, with empty tables. Raises emulator_process.NotStarted."""
    process = EmulatorProcess("metered services", "emulators.metered_services")
    try:
        yield MeteredServices(process.address())
    finally:
        process.stop()


class Aws:
    """The child's end."""

    def __init__(self) -> None:
        self.dynamodb = DynamoDB()
        self.kms = Kms()
        self._services = AwsServices(self.dynamodb, self.kms)

    def answer(self, path: bytes, target: str, body: bytes) -> tuple[int, bytes]:
        if path == b"/meter":
            return 200, msgspec.json.encode(self._meter())
        if path == b"/quota":
            self.kms.limit(float(body))
            return 200, b"{}"
        return self._services.answer(target, body)

    def _meter(self) -> dict[str, Any]:
        metered = {
            "dynamodb": dict(self.dynamodb.calls),
            "read_units": self.dynamodb.read_units,
            "write_units": self.dynamodb.write_units,
            "kms": dict(self.kms.calls),
        }
        self.dynamodb.calls.clear()
        self.dynamodb.read_units = self.dynamodb.write_units = 0.0
        self.kms.calls.clear()
        return metered


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as much of it as the AWS clients speak."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            lines = head.split(b"\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])}
            length = int(headers.get(b"content-length", b"0"))
            if headers.get(b"expect", b"").lower() == b"100-continue" and not rest:
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            path = lines[0].split(b" ")[1]
            status, body = self._aws.answer(path, headers.get(b"x-amz-target", b"").decode(), rest[:length])
            kind = "application/x-amz-json-1.0"
            self._transport.write(
                f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            )


async def serve(port: int) -> None:
    aws, stopped, loop = Aws(), asyncio.Event(), asyncio.get_running_loop()
    stop_with_parent(lambda: loop.call_soon_threadsafe(stopped.set))
    server = await loop.create_server(lambda: Connection(aws), HOST, port)
    say_address(server.sockets[0].getsockname()[1])
    await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
