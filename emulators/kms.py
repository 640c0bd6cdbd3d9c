"""A small in-process KMS: one RSA key that signs, in AWS's JSON protocol."""

import base64
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from emulators.cloudformation import ACCOUNT, REGION
from emulators.kms_signatures import InvalidMessage, sign

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/00000000-0000-4000-8000-000000000000"


class Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Kms:
    """One RSA key. ``quota`` is in signs a second, a bucket that refills steadily; 0 is none."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        self.calls: dict[str, int] = {}
        self.quota = 0.0
        self._tokens = 0.0
        self._filled_at = 0.0

    def limit(self, quota: float) -> None:
        self.quota = quota
        self._tokens = quota / 10
        self._filled_at = time.monotonic()

    def call(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.calls[operation] = self.calls.get(operation, 0) + 1
        if operation == "Sign":
            self._take()
            message = base64.b64decode(arguments["Message"])
            try:
                signature = sign(self._key, message, arguments["MessageType"], arguments["SigningAlgorithm"])
            except InvalidMessage as error:
                raise Refused("ValidationException") from error
            return {
                "KeyId": KEY_ARN,
                "Signature": base64.b64encode(signature).decode(),
                "SigningAlgorithm": arguments["SigningAlgorithm"],
            }
        if operation == "GetPublicKey":
            der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            return {
                "KeyId": KEY_ARN,
                "PublicKey": base64.b64encode(der).decode(),
                "KeySpec": "RSA_2048",
                "KeyUsage": "SIGN_VERIFY",
                "SigningAlgorithms": ["RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_256"],
            }
        raise Refused("UnknownOperationException")

    def _take(self) -> None:
        if not self.quota:
            return
        now = time.monotonic()
        self._tokens = min(self.quota / 10, self._tokens + (now - self._filled_at) * self.quota)
        self._filled_at = now
        if self._tokens < 1:
            self.calls["throttled"] = self.calls.get("throttled", 0) + 1
            raise Refused("ThrottlingException")
        self._tokens -= 1
