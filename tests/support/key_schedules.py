"""What signing keys and their schedule come from: in memory with nothing in them, or new in KMS."""

from collections.abc import Callable
from typing import NamedTuple

import boto3

from chalicelib.conditional_writes import Superseded
from chalicelib.signing_keys.key_schedule import KeyDescription, KeySchedule, RotationRefused
from chalicelib.signing_keys.keys import PublicKey


def name_a_new_key() -> str:
    """Does what an operator does to begin a rotation: makes a key, and points the alias of SIGNING_KEY_ID at it."""
    kms = boto3.client("kms")
    key_id = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.update_alias(AliasName="alias/test", TargetKeyId=key_id)
    return key_id


def key(name: str) -> KeyDescription:
    return KeyDescription(key_id=f"arn:{name}", kid=name, algorithm="ES256")


class KeyScheduleInMemory:
    """A schedule in memory, conditional as the table is. ``before_next_write`` is called once, before a write."""

    def __init__(self) -> None:
        self.schedule: KeySchedule | None = None
        self.before_next_write: Callable[[], object] | None = None

    def read(self) -> KeySchedule | None:
        return self.schedule

    def write(self, before: KeySchedule | None, after: KeySchedule) -> None:
        first, self.before_next_write = self.before_next_write, None
        if first is not None:
            first()
        if self.schedule != before:
            raise Superseded
        self.schedule = after


class Signer(NamedTuple):
    kid: str
    algorithm: str = "ES256"

    def sign(self, message: bytes) -> bytes:
        raise NotImplementedError


class FakeKeyProvider:
    """Keys with nothing in them; an alias that a test points at one of them.

    ``unusable`` and ``withheld`` have the kids of keys that cannot sign, and of those that verify nothing any more.
    """

    def __init__(self) -> None:
        self.wanted = "key-0"
        self.unusable: set[str] = set()
        self.withheld: set[str] = set()

    def describe(self, key_id: str) -> KeyDescription:
        described = key(self.wanted if key_id == "alias" else key_id)
        if described.kid in self.unusable:
            raise RotationRefused("disabled")
        return described

    def signing_key(self, described: KeyDescription) -> Signer:
        return Signer(described.kid)

    def public_key(self, described: KeyDescription) -> PublicKey | None:
        if described.kid in self.withheld:
            return None
        return PublicKey(kid=described.kid, algorithm="ES256", jwk={})
