"""moto's KMS signs what AWS signs, and refuses what AWS refuses."""

import hashlib
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from emulators.kms_signatures import LONGEST_MESSAGE

MESSAGE = b"x" * LONGEST_MESSAGE
HASHES: dict[str, hashes.HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384()}


def make_key(spec: Any) -> str:
    return str(boto3.client("kms").create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"])


def sign(key_id: str, algorithm: Any, message: bytes, type_: Any) -> bytes:
    answer = boto3.client("kms").sign(KeyId=key_id, Message=message, MessageType=type_, SigningAlgorithm=algorithm)
    return answer["Signature"]


def verify(key_id: str, algorithm: str, signature: bytes) -> None:
    hash_ = HASHES[algorithm[-3:]]
    key = load_der_public_key(boto3.client("kms").get_public_key(KeyId=key_id)["PublicKey"])
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, MESSAGE, ec.ECDSA(hash_))
    elif isinstance(key, rsa.RSAPublicKey):
        pss = padding.PSS(padding.MGF1(hash_), hash_.digest_size)
        key.verify(signature, MESSAGE, pss if "PSS" in algorithm else padding.PKCS1v15(), hash_)


@pytest.mark.parametrize(
    ("spec", "algorithm"),
    [
        ("RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256"),
        ("RSA_2048", "RSASSA_PSS_SHA_256"),
        ("ECC_NIST_P256", "ECDSA_SHA_256"),
        ("ECC_NIST_P384", "ECDSA_SHA_384"),
    ],
)
def test_a_message_and_its_digest_have_signatures_of_the_same(aws: None, spec: str, algorithm: str) -> None:
    key_id = make_key(spec)
    digest = hashlib.new(f"sha{algorithm[-3:]}", MESSAGE).digest()
    verify(key_id, algorithm, sign(key_id, algorithm, MESSAGE, "RAW"))
    verify(key_id, algorithm, sign(key_id, algorithm, digest, "DIGEST"))


@pytest.mark.parametrize(
    ("message", "type_"),
    [(MESSAGE + b"x", "RAW"), (b"x" * 31, "DIGEST"), (b"x" * 33, "DIGEST"), (b"x" * 48, "DIGEST")],
    ids=["long message", "short digest", "long digest", "another digest"],
)
def test_what_is_too_long_or_no_digest_is_refused(aws: None, message: bytes, type_: str) -> None:
    with pytest.raises(ClientError, match="ValidationException"):
        sign(make_key("RSA_2048"), "RSASSA_PKCS1_V1_5_SHA_256", message, type_)


def test_a_disabled_key_signs_nothing_until_it_is_enabled(aws: None) -> None:
    kms, key_id = boto3.client("kms"), make_key("RSA_2048")
    kms.disable_key(KeyId=key_id)
    with pytest.raises(ClientError, match="DisabledException"):
        sign(key_id, "RSASSA_PKCS1_V1_5_SHA_256", MESSAGE, "RAW")
    with pytest.raises(ClientError, match="DisabledException"):
        kms.get_public_key(KeyId=key_id)
    kms.enable_key(KeyId=key_id)
    assert sign(key_id, "RSASSA_PKCS1_V1_5_SHA_256", MESSAGE, "RAW")


def test_a_key_that_waits_for_its_deletion_signs_nothing(aws: None) -> None:
    key_id = make_key("RSA_2048")
    boto3.client("kms").schedule_key_deletion(KeyId=key_id)
    with pytest.raises(ClientError, match="KMSInvalidStateException"):
        sign(key_id, "RSASSA_PKCS1_V1_5_SHA_256", MESSAGE, "RAW")
