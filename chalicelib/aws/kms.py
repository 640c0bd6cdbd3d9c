"""Signing keys in AWS KMS. The private halves never leave it."""

import hashlib
import logging
from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from chalicelib.aws.errors import log_failure, translated_errors
from chalicelib.aws.transport.protocols import Answer, KmsClient, SigningAlgorithm
from chalicelib.lazy_import import LazyModule
from chalicelib.security_profiles import OAUTH2
from chalicelib.signing_keys.key_schedule import KeyDescription, RotationRefused
from chalicelib.signing_keys.keys import PublicKey, public_key

if TYPE_CHECKING:
    from chalicelib.aws import der
else:
    der = LazyModule("chalicelib.aws.der")

RsaAlgorithm = Literal["RS256", "PS256"]
_log = logging.getLogger(__name__)
_WITHHELD = frozenset({"DisabledException", "KMSInvalidStateException", "NotFoundException"})
"""KMS's error codes for a key that is disabled, about to be deleted, or deleted."""
_OF_NO_USE = _WITHHELD | {
    "AccessDeniedException",
    "InvalidArnException",
    "InvalidKeyUsageException",
    "UnsupportedOperationException",
}
"""KMS's error codes for an id that names no key, a key that cannot sign, or one that is not ours."""

_KMS: dict[str, SigningAlgorithm] = {
    "RS256": "RSASSA_PKCS1_V1_5_SHA_256",
    "PS256": "RSASSA_PSS_SHA_256",
    "ES256": "ECDSA_SHA_256",
    "ES384": "ECDSA_SHA_384",
}
"""KMS's names of the JWS algorithms (RFC 7518 §3.1)."""


class KmsSigningKey:
    """Implements ``signing_keys.keys.SigningKey``."""

    def __init__(self, client: KmsClient, key: KeyDescription) -> None:
        self._client = client
        self._key_id = key.key_id
        self.kid = key.kid
        self.algorithm = key.algorithm

    def sign(self, message: bytes) -> bytes:
        # The digest: KMS takes no message of more than 4,096 bytes, and a token with many scopes is longer.
        digest = hashlib.new(f"sha{self.algorithm[2:]}", message).digest()
        with translated_errors("kms"):
            answer = self._client.sign(
                KeyId=self._key_id, Message=digest, MessageType="DIGEST", SigningAlgorithm=_KMS[self.algorithm]
            )
        if not self.algorithm.startswith("ES"):
            return bytes(answer["Signature"])
        return der.raw_ecdsa_signature(answer["Signature"], self.algorithm)


class KmsKeys:
    """Implements ``signing_keys.key_ring.KeyProvider``. ``rsa_algorithm`` is for RSA keys yet to be published.

    ``allowed``: the algorithms that a key yet to be published may sign by.
    """

    def __init__(
        self, client: KmsClient, rsa_algorithm: RsaAlgorithm, allowed: Collection[str] = OAUTH2.algorithms
    ) -> None:
        self._client = client
        self._rsa_algorithm = rsa_algorithm
        self._allowed = allowed
        self._public_keys: dict[KeyDescription, PublicKey] = {}

    def describe(self, key_id: str) -> KeyDescription:
        try:
            answer = self._get_public_key(key_id, _OF_NO_USE)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code not in _OF_NO_USE:
                raise
            log_failure("KMS refuses the key to sign with", "kms", error.operation_name, code)
            raise RotationRefused(f"KMS says {code} of {key_id}") from error
        algorithm = der.key_algorithm(answer["PublicKey"], self._rsa_algorithm)
        if algorithm is None or _KMS[algorithm] not in answer.get("SigningAlgorithms", []):
            raise RotationRefused(f"{key_id} is a key that cannot sign tokens")
        if algorithm not in self._allowed:
            raise RotationRefused(f"{key_id} signs by {algorithm}, which the security profile does not allow")
        public = _public_key(answer["PublicKey"], algorithm)
        return KeyDescription(key_id=answer["KeyId"], kid=public.kid, algorithm=algorithm)

    def signing_key(self, key: KeyDescription) -> KmsSigningKey:
        return KmsSigningKey(self._client, key)

    def public_key(self, key: KeyDescription) -> PublicKey | None:
        # From KMS and not from the schedule: who can write a table must not be able to add a key that verifies.
        key = KeyDescription(key_id=key.key_id, kid=key.kid, algorithm=key.algorithm)
        if key not in self._public_keys:
            public = self._fetch(key)
            if public is None:
                return None
            self._public_keys[key] = public
        return self._public_keys[key]

    def _fetch(self, key: KeyDescription) -> PublicKey | None:
        try:
            public = _public_key(self._get_public_key(key.key_id, _WITHHELD)["PublicKey"], key.algorithm)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code not in _WITHHELD:
                raise
            log_failure(f"KMS withholds key {key.kid}: its tokens are refused", "kms", error.operation_name, code)
            return None
        if public.kid != key.kid:
            _log.error("the schedule has another key than KMS under kid %s: it is left out", key.kid)
            return None
        return public

    def _get_public_key(self, key_id: str, expected: frozenset[str]) -> Answer:
        with translated_errors("kms", expected=expected):
            return self._client.get_public_key(KeyId=key_id)


def _public_key(der_key: bytes, algorithm: str) -> PublicKey:
    return public_key(der.jwk(der_key), algorithm)
