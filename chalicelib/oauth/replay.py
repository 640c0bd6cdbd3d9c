"""Replay protection: an assertion (RFC 7523 §3) or a DPoP proof (RFC 9449 §11.1) is accepted once."""

import hashlib
from typing import Protocol


class AlreadyUsed(Exception):
    """The assertion or proof was used before."""


class ReplayGuard(Protocol):
    def use_once(self, token_id: str, until: int, jwt: str) -> None:
        """Returns for one caller of all that use a ``token_id`` before ``until`` (epoch seconds).

        Raises AlreadyUsed for all others. Raises Unavailable where it cannot be told whether the use was written: then
        nobody has been let in, and the same ``jwt``, byte for byte, may be used again.
        """


def assertion_id(client_id: str, jti: str) -> str:
    return f"client_assertion:{client_id}:{jti_digest(jti)}"


def proof_id(jkt: str, jti: str) -> str:
    return f"dpop_proof:{jkt}:{jti_digest(jti)}"


def jti_digest(jti: str) -> str:
    """SHA-256 of a ``jti``, in hexadecimal: the client chooses a ``jti``, and with it any characters and length."""
    return hashlib.sha256(jti.encode("utf-8", "surrogatepass")).hexdigest()
