"""DynamoDB and KMS for the benchmarks: one process, one socket, AWS's JSON protocols, and a meter.

It checks no signature. ``POST /meter`` answers what was called since the last time, in JSON; ``POST /quota`` with a
number limits KMS signs a second, as an account's does.
"""

import asyncio
import base64
import json
import re
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from emulators.cloudformation import ACCOUNT, REGION
from emulators.dynamodb import DynamoDB
from emulators.emulator_process import EmulatorProcess, say_address, stop_with_parent
from emulators.environment import HOST

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/00000000-0000-4000-8000-000000000000"
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


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


class Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Kms:
    """One RSA key. ``quota`` is in signs a second, a bucket that refills steadily; 0 is none."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self.calls: dict[str, int] = {}
        self.quota = 0.0
        self._tokens = 0.0
        self._filled_at = 0.0

    def limit(self, quota: float) -> None:
        self.quota = quota
        self._tokens = quota / 10
        self._filled_at = time.monotonic()

    def call(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.calls[operation] = self.calls.get(operation, 0) + 1
        if operation == "Sign":
            self._take()
            message = base64.b64decode(arguments["Message"])
            signature = self._key.sign(message, padding.PKCS1v15(), SHA256())
            return {
                "KeyId": KEY_ARN,
                "Signature": base64.b64encode(signature).decode(),
                "SigningAlgorithm": arguments["SigningAlgorithm"],
            }
        if operation == "GetPublicKey":
            der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            return {
                "KeyId": KEY_ARN,
                "PublicKey": base64.b64encode(der).decode(),
                "KeySpec": "RSA_2048",
                "KeyUsage": "SIGN_VERIFY",
                "SigningAlgorithms": ["RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_256"],
            }
        raise Refused("UnknownOperationException")

    def _take(self) -> None:
        if not self.quota:
            return
        now = time.monotonic()
        self._tokens = min(self.quota / 10, self._tokens + (now - self._filled_at) * self.quota)
        self._filled_at = now
        if self._tokens < 1:
            self.calls["throttled"] = self.calls.get("throttled", 0) + 1
            raise Refused("ThrottlingException")
        self._tokens -= 1


class Aws:
    """The child's end."""

    def __init__(self) -> None:
        self.dynamodb = DynamoDB()
        self.kms = Kms()

    def answer(self, path: bytes, target: str, body: bytes) -> tuple[int, bytes]:
        if path == b"/meter":
            return 200, msgspec.json.encode(self._meter())
        if path == b"/quota":
            self.kms.limit(float(body))
            return 200, b"{}"
        service, _, operation = target.partition(".")
        try:
            arguments = msgspec.json.decode(body)
            if service == "TrentService":
                return 200, msgspec.json.encode(self.kms.call(operation, arguments))
            method = getattr(self.dynamodb, _WORD.sub("_", operation).lower())
            return 200, msgspec.json.encode(method(**arguments))
        except ClientError as error:
            code = error.response["Error"]["Code"]
            reasons = {"CancellationReasons": error.response.get("CancellationReasons", [])}
            return 400, msgspec.json.encode({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **reasons})
        except Refused as refused:
            return 400, msgspec.json.encode({"__type": refused.code, "message": "refused"})

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
