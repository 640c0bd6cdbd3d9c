"""A small OpenID Connect provider over a real socket: its key set, its discovery document, and tokens to order.

Not the emulator, at which people sign in: its tokens are always good, its keys always the same.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from emulators.http_server import HttpServer, Request, Response


class IdentityProvider:
    """Signs console users' tokens. ``fetches`` counts how often its key set was asked for."""

    def __init__(self) -> None:
        self.keys = {"key-1": rsa.generate_private_key(public_exponent=65537, key_size=2048)}
        self.fetches = 0
        self.discovered_issuer: str | None = None
        self._server = HttpServer(self._answer)
        self.issuer = self._server.url

    def _answer(self, request: Request) -> Response:
        return Response(200, body=json.dumps(self.document(request.path)).encode())

    def document(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.discovered_issuer or self.issuer, "jwks_uri": f"{self.issuer}/jwks"}
        self.fetches += 1
        return {"keys": [self.jwk(kid) for kid in self.keys]}

    def jwk(self, kid: str) -> dict[str, Any]:
        public: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self.keys[kid].public_key(), as_dict=True)
        return public | {"kid": kid, "use": "sig", "alg": "RS256"}

    def token(self, *, kid: str = "key-1", key: Any = None, algorithm: str = "RS256", **claims: Any) -> str:
        """A token of Ada, admin of acme; a claim given as None is left out."""
        now = int(time.time())
        complete = {
            "iss": self.issuer,
            "aud": "console",
            "sub": "ada",
            "iat": now,
            "exp": now + 300,
            "tenant": "acme",
            "name": "Ada Admin",
            "roles": ["admin"],
        } | claims
        present = {name: value for name, value in complete.items() if value is not None}
        return jwt.encode(present, key or self.keys[kid], algorithm=algorithm, headers={"kid": kid})

    def stop(self) -> None:
        self._server.close()


@pytest.fixture(scope="session")
def _provider() -> Iterator[IdentityProvider]:
    provider = IdentityProvider()
    yield provider
    provider.stop()


@pytest.fixture
def identity_provider(_provider: IdentityProvider) -> Iterator[IdentityProvider]:
    """As it was made, whatever the test before did to it."""
    keys = dict(_provider.keys)
    _provider.fetches = 0
    yield _provider
    _provider.keys = keys
    _provider.discovered_issuer = None
