"""Signs as AWS KMS does: messages and digests, within KMS's bounds (API reference, Sign)."""

import hashlib
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

LONGEST_MESSAGE = 4_096
"""Bytes of a message of type RAW."""
_HASHES: dict[str, hashes.HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}


class InvalidMessage(Exception):
    """KMS answers ValidationException; the text is its own."""


def sign(key: Any, message: bytes, message_type: str, signing_algorithm: str) -> bytes:
    """The signature by an RSA or EC private key of ``cryptography``. Raises InvalidMessage."""
    size = signing_algorithm[-3:]
    algorithm = _HASHES[size]
    if message_type == "DIGEST":
        if len(message) != algorithm.digest_size:
            raise InvalidMessage(f"Digest is invalid length for algorithm {signing_algorithm}.")
        digest = message
    else:
        if not 1 <= len(message) <= LONGEST_MESSAGE:
            raise InvalidMessage(f"Member must have length less than or equal to {LONGEST_MESSAGE}")
        digest = hashlib.new(f"sha{size}", message).digest()
    signature: bytes
    if isinstance(key, rsa.RSAPrivateKey):
        signature = key.sign(digest, _padding(signing_algorithm, algorithm), Prehashed(algorithm))
    else:
        signature = key.sign(digest, ec.ECDSA(Prehashed(algorithm)))
    return signature


def _padding(signing_algorithm: str, algorithm: hashes.HashAlgorithm) -> padding.AsymmetricPadding:
    if "PSS" in signing_algorithm:
        # RFC 7518 §3.5: the salt is as long as the hash.
        return padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
    return padding.PKCS1v15()
