"""A small OpenID Connect provider over a real socket: its key set, its discovery document, and tokens to order."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa


class IdentityProvider:
    """Signs console users' tokens. ``fetches`` counts how often its key set was asked for."""

    def __init__(self) -> None:
        self.keys = {"key-1": rsa.generate_private_key(public_exponent=65537, key_size=2048)}
        self.fetches = 0
        self.discovered_issuer: str | None = None
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/.well-known/openid-configuration":
                    issuer = provider.discovered_issuer or provider.issuer
                    body: dict[str, Any] = {"issuer": issuer, "jwks_uri": f"{provider.issuer}/jwks"}
                else:
                    provider.fetches += 1
                    body = {"keys": [provider.jwk(kid) for kid in provider.keys]}
                payload = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

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
        self._server.shutdown()
        self._server.server_close()


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
