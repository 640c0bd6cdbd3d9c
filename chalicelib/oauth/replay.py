"""Replay protection: an assertion (RFC 7523 §3) or a DPoP proof (RFC 9449 §11.1) is accepted once."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from chalicelib.errors import Unavailable


class AlreadyUsed(Exception):
    """The assertion or proof was used before."""


class Use(NamedTuple):
    """One use of an assertion or a proof.

    ``give_back``: nothing came of it, the same may be used once more. It raises nothing; where it fails, it is used up.
    """

    give_back: Callable[[], None]


class ReplayGuard(Protocol):
    def use_once(self, token_id: str, until: int, jwt: str) -> Use:
        """Returns for one caller of all that use a ``token_id`` before ``until`` (epoch seconds).

        Raises AlreadyUsed for all others. Raises Unavailable where it cannot be told whether the use was written: then
        nobody has been let in, and the same ``jwt``, byte for byte, may be used again.
        """


@contextmanager
def given_back_in_an_outage(use: Use | None) -> Iterator[None]:
    """What a client gets for an assertion or proof is made in this context; where it raises Unavailable, the client
    got nothing, and the same assertion or proof is good again. None: it sent none.
    """
    try:
        yield
    except Unavailable:
        if use is not None:
            use.give_back()
        raise


def assertion_id(client_id: str, jti: str) -> str:
    return f"client_assertion:{client_id}:{jti_digest(jti)}"


def proof_id(jkt: str, jti: str) -> str:
    return f"dpop_proof:{jkt}:{jti_digest(jti)}"


def jti_digest(jti: str) -> str:
    """SHA-256 of a ``jti``, in hexadecimal: the client chooses a ``jti``, and with it any characters and length."""
    return hashlib.sha256(jti.encode("utf-8", "surrogatepass")).hexdigest()
