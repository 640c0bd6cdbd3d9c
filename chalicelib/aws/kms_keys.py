"""Signing keys in AWS KMS. The private halves never leave it."""

import time
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Literal

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurve, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.utils import der_to_raw_signature

from chalicelib.aws.availability import translated_errors
from chalicelib.credentials.audit import Clock
from chalicelib.tokens.keys import PublicKey, public_key

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_CACHE_SECONDS = 300
"""How long a sandbox keeps what the alias points at."""
_KmsAlgorithm = Literal["RSASSA_PKCS1_V1_5_SHA_256", "ECDSA_SHA_256", "ECDSA_SHA_384"]
_BY_CURVE: dict[str, tuple[str, _KmsAlgorithm]] = {
    "secp256r1": ("ES256", "ECDSA_SHA_256"),
    "secp384r1": ("ES384", "ECDSA_SHA_384"),
}


class KmsSigningKey:
    """Implements ``tokens.keys.SigningKey``. ``arn`` names the key itself: an alias could be pointed elsewhere."""

    def __init__(
        self,
        client: "KMSClient",
        arn: str,
        public: PublicKey,
        algorithm: _KmsAlgorithm,
        curve: EllipticCurve | None,
    ) -> None:
        self._client = client
        self._arn = arn
        self._algorithm = algorithm
        self._curve = curve
        self.public = public

    def sign(self, message: bytes) -> bytes:
        with translated_errors():
            # RAW: KMS hashes the message, which may have 4,096 bytes; a token of ours has about 800.
            answer = self._client.sign(
                KeyId=self._arn, Message=message, MessageType="RAW", SigningAlgorithm=self._algorithm
            )
        signature = answer["Signature"]
        # KMS answers in DER, JWS wants r and s side by side (RFC 7518 §3.4).
        return signature if self._curve is None else der_to_raw_signature(signature, self._curve)


class KmsKeyRing:
    """Implements ``tokens.keys.KeyRing`` for one key or alias."""

    def __init__(self, client: "KMSClient", key_id: str, clock: Clock = time.time) -> None:
        self._client = client
        self._key_id = key_id
        self._clock = clock
        self._lock = Lock()
        self._key: KmsSigningKey | None = None
        self._fetched_at = 0.0

    def signing_key(self) -> KmsSigningKey:
        with self._lock:
            if self._key is None or self._clock() - self._fetched_at >= _CACHE_SECONDS:
                self._key = self._fetch()
                self._fetched_at = self._clock()
            return self._key

    def verification_keys(self) -> Sequence[PublicKey]:
        return [self.signing_key().public]

    def _fetch(self) -> KmsSigningKey:
        with translated_errors():
            answer = self._client.get_public_key(KeyId=self._key_id)
        arn, key = answer["KeyId"], load_der_public_key(answer["PublicKey"])
        if isinstance(key, RSAPublicKey):
            public = public_key(RSAAlgorithm.to_jwk(key, as_dict=True), "RS256")
            return KmsSigningKey(self._client, arn, public, "RSASSA_PKCS1_V1_5_SHA_256", None)
        if isinstance(key, EllipticCurvePublicKey):
            algorithm, kms_algorithm = _BY_CURVE[key.curve.name]
            public = public_key(ECAlgorithm.to_jwk(key, as_dict=True), algorithm)
            return KmsSigningKey(self._client, arn, public, kms_algorithm, key.curve)
        raise TypeError(f"no JWS algorithm for a key of type {type(key).__name__}")
