"""Tokens that must not be accepted, or not again: client assertions and DPoP proofs seen, access tokens revoked."""

import hashlib
from typing import Protocol


class AlreadyUsed(Exception):
    """Somebody was here with the same token before."""


class SpentTokens(Protocol):
    """Remembers each token_id until its token has expired. Both methods may raise ``errors.Unavailable``."""

    def spend(self, token_id: str, until: int) -> None:
        """Of all who spend one token_id, one comes through; the others get AlreadyUsed. ``until``: epoch seconds."""

    def is_spent(self, token_id: str) -> bool:
        """A strongly consistent read: what was spent a moment ago is spent."""


def assertion_id(client_id: str, jti: str) -> str:
    return f"client_assertion:{client_id}:{_digest(jti)}"


def proof_id(thumbprint: str, jti: str) -> str:
    return f"dpop_proof:{thumbprint}:{_digest(jti)}"


def access_token_id(jti: str) -> str:
    return f"access_token:{_digest(jti)}"


def _digest(jti: str) -> str:
    """A client chooses its ``jti``: as long as it likes, with whatever is in it."""
    return hashlib.sha256(jti.encode("utf-8", "surrogatepass")).hexdigest()
