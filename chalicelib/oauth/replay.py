"""Replay protection: an assertion (RFC 7523 §3) or a DPoP proof (RFC 9449 §11.1) is accepted once."""

import hashlib
from typing import Protocol


class AlreadyUsed(Exception):
    """Somebody was here with the same token before."""


class ReplayGuard(Protocol):
    def use_once(self, token_id: str, until: int) -> None:
        """Of all who use one token_id before ``until`` (epoch seconds), one comes through; the others get AlreadyUsed.

        Raises Unavailable.
        """


def assertion_id(client_id: str, jti: str) -> str:
    return f"client_assertion:{client_id}:{jti_digest(jti)}"


def proof_id(jkt: str, jti: str) -> str:
    return f"dpop_proof:{jkt}:{jti_digest(jti)}"


def jti_digest(jti: str) -> str:
    """A client chooses its ``jti``: as long as it likes, with whatever is in it."""
    return hashlib.sha256(jti.encode("utf-8", "surrogatepass")).hexdigest()
