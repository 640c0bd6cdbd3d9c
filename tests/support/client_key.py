"""A client with a key of its own: the assertions and the DPoP proofs it makes, right or wrong as a test likes."""

import base64
import hashlib
import secrets
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

TOKEN_ENDPOINT = "https://credentials.example.com/oauth/token"
WHOAMI = "https://credentials.example.com/v1/whoami"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_PRIVATE: dict[int, Any] = {}


class ClientKey:
    """A P-256 key unless ``private`` is another; signs by ``algorithm``."""

    def __init__(self, private: Any = None, algorithm: str = "ES256") -> None:
        self.private = private or ec.generate_private_key(ec.SECP256R1())
        self.algorithm = algorithm

    @property
    def jwk(self) -> dict[str, str]:
        return self._members(self.private.public_key())

    @property
    def private_jwk(self) -> dict[str, str]:
        return self._members(self.private)

    def _members(self, key: Any) -> dict[str, str]:
        kind = RSAAlgorithm if isinstance(self.private, rsa.RSAPrivateKey) else ECAlgorithm
        members: dict[str, Any] = kind.to_jwk(key, as_dict=True)
        return {name: value for name, value in members.items() if name != "key_ops"}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """A claim or header given as None is left out."""
        present = {name: value for name, value in claims.items() if value is not None}
        algorithm = header.pop("alg", self.algorithm)
        return jwt.encode(present, self.private, algorithm=algorithm, headers=header)

    def sign_serialized(self, header: bytes, payload: bytes) -> str:
        """A JWT of these bytes, whatever they are."""
        message = f"{_base64url(header)}.{_base64url(payload)}"
        algorithm = jwt.get_algorithm_by_name(self.algorithm)
        return f"{message}.{_base64url(algorithm.sign(message.encode(), self.private))}"

    def assertion(self, client_id: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        now = int(time.time())
        complete = {
            "iss": client_id,
            "sub": client_id,
            "aud": "https://credentials.example.com",
            "exp": now + 60,
            "iat": now,
            "jti": secrets.token_hex(16),
        } | claims
        return self.sign(complete, **(header or {}))

    def proof(
        self,
        *,
        url: str = TOKEN_ENDPOINT,
        method: str = "POST",
        access_token: str | None = None,
        header: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        complete = {
            "jti": secrets.token_hex(16),
            "htm": method,
            "htu": url,
            "iat": int(time.time()),
            "ath": None if access_token is None else ath(access_token),
        } | claims
        return self.sign(complete, **({"typ": "dpop+jwt", "jwk": self.jwk} | (header or {})))


def ath(access_token: str) -> str:
    return _base64url(hashlib.sha256(access_token.encode()).digest())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def rsa_key(bits: int = 2048) -> Any:
    """One of each size for the whole run: they take long to make."""
    if bits not in _PRIVATE:
        _PRIVATE[bits] = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    return _PRIVATE[bits]
