"""What a call to DynamoDB costs by each way of sending it: the numbers of docs/adr/aws-transport.md.

``python -m bench.transport`` prints microseconds of CPU a call, user and system, of this process alone: the median of
rounds that take turns, and the quartiles. ``pip install pycurl`` adds libcurl, which is no dependency.
"""

import argparse
import http.client
import socket
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import boto3
from msgspec.json import decode, encode

from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.aws.transport.clients import DYNAMODB
from chalicelib.aws.transport.connections import ConnectionPool
from chalicelib.aws.transport.json_client import JsonClient
from chalicelib.aws.transport.signature_v4 import Signer
from chalicelib.tables import TENANTS
from emulators import metered_services

CREDENTIALS = AwsCredentials("AKIDEXAMPLE", "secret", "as long as a real one is, about" * 20)
SIGNER = Signer("dynamodb", "eu-central-1", lambda: CREDENTIALS)
HEADERS = {"content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.GetItem"}
ROW = {"tenant_id": {"S": "t" * 43}, "generation": {"N": "1"}, "name": {"S": "n" * 300}}
ARGUMENTS: dict[str, Any] = {"TableName": TENANTS.name, "Key": {"tenant_id": ROW["tenant_id"]}, "ConsistentRead": True}
IMPORTS = ("boto3", "http.client", "httptools", "pycurl")
Call = Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--calls", type=int, default=300, help="a round")
    options = parser.parse_args()
    with metered_services.running() as services:
        calls = candidates(services.url)
        measured: dict[str, list[float]] = {name: [] for name in calls}
        for call in calls.values():
            run(call, options.calls)
        for _ in range(options.rounds):
            for name, call in calls.items():
                measured[name].append(run(call, options.calls))
    for name, values in measured.items():
        low, median, high = statistics.quantiles(values, n=4)
        print(f"{name:24}{median:7.1f} µs  ({low:.1f} to {high:.1f})")
    for module in IMPORTS:
        if find_spec(module.partition(".")[0]):
            print(f"import {module:17}{statistics.median(import_time(module) for _ in range(9)):7.1f} ms of CPU")


def run(call: Call, times: int) -> float:
    """Microseconds of CPU a call."""
    before = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - before) / times * 1e6


def import_time(module: str) -> float:
    code = f"import re, json, time; t = time.process_time(); import {module}; print(time.process_time() - t)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) * 1e3  # noqa: S603


def candidates(url: str) -> dict[str, Call]:
    client = JsonClient(DYNAMODB, url, SIGNER, ConnectionPool(url, ssl.create_default_context))
    client.call("PutItem", TableName=TENANTS.name, Item=ROW)  # to be read
    port = int(url.rpartition(":")[2])
    theirs = boto3.Session(*CREDENTIALS, "eu-central-1").client("dynamodb", endpoint_url=url)
    calls: dict[str, Call] = {
        "boto3": lambda: theirs.get_item(**ARGUMENTS),
        "http.client": with_http_client(port),
        "httptools, as shipped": lambda: client.call("GetItem", **ARGUMENTS),
        "bare socket, unsigned": with_bare_socket(port),
    }
    if find_spec("pycurl"):
        calls["pycurl"] = with_pycurl(url)
    return calls


def with_http_client(port: int) -> Call:
    """Head and body in one packet, by the same signer: the client that httptools replaced, without its retries."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()

    def call() -> object:
        body = encode(ARGUMENTS)
        signed = SIGNER.signed(f"127.0.0.1:{port}", HEADERS, body) | {"content-length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in signed.items())
        connection.sock.sendall(f"POST / HTTP/1.1\r\n{lines}\r\n".encode() + body)
        with http.client.HTTPResponse(connection.sock, method="POST") as response:
            response.begin()
            return decode(response.read())

    return call


def with_pycurl(url: str) -> Call:
    """libcurl signs, keeps the connection, and looks whether it is still open."""
    import pycurl  # type: ignore[import-untyped]

    curl = pycurl.Curl()
    curl.setopt(pycurl.URL, url)
    curl.setopt(pycurl.AWS_SIGV4, "aws:amz:eu-central-1:dynamodb")
    curl.setopt(pycurl.USERPWD, f"{CREDENTIALS.access_key_id}:{CREDENTIALS.secret_access_key}")
    curl.setopt(pycurl.NOSIGNAL, 1)
    sent = [f"{name}: {value}" for name, value in HEADERS.items()]

    def call() -> object:
        curl.setopt(pycurl.HTTPHEADER, [*sent, f"x-amz-security-token: {CREDENTIALS.session_token}"])
        curl.setopt(pycurl.POSTFIELDS, encode(ARGUMENTS))
        curl.setopt(pycurl.TIMEOUT_MS, 3000)
        return decode(curl.perform_rb())

    return call


def with_bare_socket(port: int) -> Call:
    """The floor: nothing signed, nothing parsed but the JSON."""
    sock = socket.create_connection(("127.0.0.1", port))
    body = encode(ARGUMENTS)
    head = f"POST / HTTP/1.1\r\nx-amz-target: {HEADERS['x-amz-target']}\r\ncontent-length: {len(body)}\r\n\r\n"

    def call() -> object:
        sock.sendall(head.encode() + body)
        return decode(sock.recv(65_536).partition(b"\r\n\r\n")[2])

    return call


if __name__ == "__main__":
    main()
