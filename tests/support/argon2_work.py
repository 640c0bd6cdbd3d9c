"""Counts the work of argon2, which is what a refused secret may cost most."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

import argon2


@contextmanager
def hashes_verified() -> Iterator[list[str]]:
    """The hashes that argon2 was made to verify inside the block."""
    verified: list[str] = []
    original: Callable[..., bool] = argon2.PasswordHasher.verify

    def noted(self: argon2.PasswordHasher, hash: str, password: str) -> bool:  # noqa: A002
        verified.append(hash)
        return original(self, hash, password)

    with mock.patch.object(argon2.PasswordHasher, "verify", noted):
        yield verified
