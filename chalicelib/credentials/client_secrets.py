"""Client secrets: how they are made, recognised, hashed and verified.

A secret is ``accs_`` + secret id (6) + 43 random characters + checksum (6), all base62. The fixed prefix lets secret
scanners match it (``accs_[0-9A-Za-z]{55}``), the checksum lets them and us refuse a mistyped one without any look-up.
"""

import hashlib
import re
import zlib

import argon2

from chalicelib.bounded_cache import BoundedCache
from chalicelib.credentials.identifiers import Random
from chalicelib.encoding import base62
from chalicelib.settings import Argon2Settings

_PREFIX = "accs_"
_ID_LENGTH = 6
_RANDOM_LENGTH = 43
"""62**43 > 2**256."""
_CHECKSUM_LENGTH = 6
SECRET_ID = f"[0-9A-Za-z]{{{_ID_LENGTH}}}"
"""A regular expression."""
_SECRET = re.compile(rf"{_PREFIX}[0-9A-Za-z]{{{_ID_LENGTH + _RANDOM_LENGTH + _CHECKSUM_LENGTH}}}")
REMEMBERED = 10_000
"""Successful verifications that one hasher remembers, about 200 bytes each."""


class ClientSecret:
    """A well-formed client secret. ``repr`` and ``str`` hide it; ``reveal`` is for the one answer that shows it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def parse(cls, text: str) -> "ClientSecret | None":
        """The secret, or None where the form or the checksum is wrong. Costs no hashing and no I/O."""
        if _SECRET.fullmatch(text) is None or text[-_CHECKSUM_LENGTH:] != _checksum(text[:-_CHECKSUM_LENGTH]):
            return None
        return cls(text)

    @classmethod
    def generate(cls, random: Random) -> "ClientSecret":
        """A new secret of 256 bits from ``random``, with a new secret id."""
        secret_id = base62(int.from_bytes(random(5), "big"), _ID_LENGTH)
        body = _PREFIX + secret_id + base62(int.from_bytes(random(32), "big"), _RANDOM_LENGTH)
        return cls(body + _checksum(body))

    def reveal(self) -> str:
        return self._text

    @property
    def secret_id(self) -> str:
        """Names the secret among its credential's; not secret itself."""
        return self._text[len(_PREFIX) : len(_PREFIX) + _ID_LENGTH]

    @property
    def hint(self) -> str:
        """The last four characters, of the checksum: they leave more than 230 of the 256 random bits unknown."""
        return self._text[-4:]

    def __repr__(self) -> str:
        return "ClientSecret(…)"


def holds_secret(text: str) -> bool:
    """Whether there is something in the text that looks like a client secret."""
    return _SECRET.search(text) is not None


class SecretHasher:
    """Hashes client secrets with argon2id (RFC 9106) and verifies them; remembers what it has verified.

    A remembered success is keyed by the stored hash and a keyed digest of the secret, under a key that never leaves the
    execution environment: it matches neither a changed hash nor another secret, and whoever reads it learns no secret.
    """

    def __init__(self, cost: Argon2Settings, random: Random, remembered: int = REMEMBERED) -> None:
        self._argon2 = argon2.PasswordHasher(
            time_cost=cost.time_cost,
            memory_cost=cost.memory_kib,
            parallelism=cost.parallelism,
            hash_len=32,
            salt_len=16,
        )
        self._digest_key = random(32)
        self._verified = BoundedCache[tuple[str, bytes], bool](remembered)
        self._outdated = BoundedCache[str, bool](remembered)

    def hash(self, secret: ClientSecret) -> str:
        """The argon2id hash in PHC string format, with a salt of its own."""
        return self._argon2.hash(secret.reveal())

    def verify(self, stored_hash: str, secret: ClientSecret) -> bool:
        """True if the secret has this hash."""
        memory = (stored_hash, hashlib.blake2b(secret.reveal().encode(), key=self._digest_key, digest_size=32).digest())
        if self._verified.get(memory):
            return True
        if not self._matches(stored_hash, secret):
            return False
        self._verified.put(memory, True)
        return True

    def needs_rehash(self, stored_hash: str) -> bool:
        """True if the hash was made with other costs than today's."""
        outdated = self._outdated.get(stored_hash)
        if outdated is None:
            outdated = self._argon2.check_needs_rehash(stored_hash)
            self._outdated.put(stored_hash, outdated)
        return outdated

    def _matches(self, stored_hash: str, secret: ClientSecret) -> bool:
        try:
            return self._argon2.verify(stored_hash, secret.reveal())
        except argon2.exceptions.VerifyMismatchError:
            return False


def _checksum(body: str) -> str:
    return base62(zlib.crc32(body.encode()), _CHECKSUM_LENGTH)
