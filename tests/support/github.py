"""GitHub as its partners meet it: the keys that it publishes, over a real socket, and reports that it has signed."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key

from emulators.http_server import HttpServer, Request, Response

TYPE = "acme_api_client_secret"
IDENTIFIER = "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c"
URL = "https://github.com/octocat/Hello-World/blob/12345600b9cbe38a219f39a9941c9319b600c002/foo/bar.txt"


def report_of(*tokens: str, **members: Any) -> bytes:
    """The body of a report of these matches."""
    return json.dumps(
        [{"token": token, "type": TYPE, "url": URL, "source": "content"} | members for token in tokens]
    ).encode()


def signature_by(key: EllipticCurvePrivateKey, body: bytes) -> str:
    return base64.b64encode(key.sign(body, ECDSA(hashes.SHA256()))).decode()


class Github:
    """``fetches`` counts how often its keys were asked for; ``keys`` are for a test to change."""

    def __init__(self) -> None:
        self.keys = {IDENTIFIER: generate_private_key(SECP256R1())}
        self.fetches = 0
        self.status = 200
        self._server = HttpServer(self._answer)
        self.keys_url = f"{self._server.url}/meta/public_keys/secret_scanning"

    def _answer(self, _request: Request) -> Response:
        self.fetches += 1
        return Response(self.status, body=json.dumps(self.document()).encode())

    def document(self) -> dict[str, Any]:
        return {"public_keys": [self._published(identifier) for identifier in self.keys]}

    def _published(self, identifier: str) -> dict[str, Any]:
        pem = (
            self.keys[identifier]
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
        return {"key_identifier": identifier, "key": pem.decode(), "is_current": True}

    def signed(self, body: bytes, identifier: str = IDENTIFIER) -> dict[str, str]:
        """The headers of a report, as GitHub sends them."""
        return {
            "Content-Type": "application/json",
            "Github-Public-Key-Identifier": identifier,
            "Github-Public-Key-Signature": signature_by(self.keys[identifier], body),
        }

    def stop(self) -> None:
        self._server.close()


@pytest.fixture(scope="session")
def _github() -> Iterator[Github]:
    github = Github()
    yield github
    github.stop()


@pytest.fixture
def github(_github: Github) -> Iterator[Github]:
    """As it was made, whatever the test before did to it."""
    keys = dict(_github.keys)
    _github.fetches, _github.status = 0, 200
    yield _github
    _github.keys = keys
