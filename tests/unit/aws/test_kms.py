"""Keys of every kind in KMS: their JWK, their tokens, and what happens to those that KMS withholds."""

from typing import Any, get_args

import boto3
import jwt
import msgspec
import pytest
from botocore.exceptions import ClientError

from chalicelib.aws.kms import KmsKeys, RsaAlgorithm
from chalicelib.errors import Unavailable
from chalicelib.security_profiles import FAPI2, SecurityProfiles
from chalicelib.signing_keys.jws import JwtSigner
from chalicelib.signing_keys.key_schedule import KeyDescription, RotationRefused
from chalicelib.signing_keys.keys import SIGNING_ALGORITHMS, PublicKey, SigningKey
from tests.support.log_lines import LogLines


def make_key(spec: Any, usage: Any = "SIGN_VERIFY") -> str:
    return str(boto3.client("kms").create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"])


class Nothing(msgspec.Struct):
    pass


class SigningWith:
    """A key ring of one key."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key

    def signing_key(self) -> SigningKey:
        return self._key

    def verification_keys(self) -> list[PublicKey]:
        return []


class Text(msgspec.Struct):
    text: str


def sign(keys: KmsKeys, key: KeyDescription, claims: msgspec.Struct | None = None) -> str:
    ring = SigningWith(keys.signing_key(key))
    return JwtSigner(ring, SecurityProfiles()).sign("at+jwt", claims or Nothing())


KINDS = [
    ("RSA_2048", "RS256"),
    ("RSA_3072", "RS256"),
    ("RSA_4096", "RS256"),
    ("ECC_NIST_P256", "ES256"),
    ("ECC_NIST_P384", "ES384"),
]


def test_verifiers_are_told_of_every_algorithm_that_may_sign() -> None:
    assert {algorithm for _, algorithm in KINDS} | set(get_args(RsaAlgorithm)) == set(SIGNING_ALGORITHMS)


@pytest.mark.parametrize(("spec", "algorithm"), KINDS)
def test_a_key_of_each_kind_signs_what_its_jwk_verifies(aws: None, spec: str, algorithm: str) -> None:
    keys = KmsKeys(boto3.client("kms"), "RS256")
    key = keys.describe(make_key(spec))
    public = keys.public_key(key)
    assert public
    assert (key.algorithm, public.jwk["alg"], public.kid) == (algorithm, algorithm, key.kid)
    assert jwt.PyJWS().decode(sign(keys, key), jwt.PyJWK(public.jwk), algorithms=[algorithm]) == b"{}"


def test_an_rsa_key_signs_with_ps256_where_the_setting_says_so(aws: None) -> None:
    keys = KmsKeys(boto3.client("kms"), "PS256")
    key = keys.describe(make_key("RSA_2048"))
    public = keys.public_key(key)
    assert public
    assert public.jwk["alg"] == "PS256"
    assert jwt.PyJWS().decode(sign(keys, key), jwt.PyJWK(public.jwk), algorithms=["PS256"]) == b"{}"


def test_a_published_rsa_key_keeps_its_algorithm_when_the_setting_changes(aws: None) -> None:
    client = boto3.client("kms")
    key = KmsKeys(client, "RS256").describe(make_key("RSA_2048"))
    later = KmsKeys(client, "PS256")
    public = later.public_key(key)
    assert public
    assert (public.algorithm, later.signing_key(key).algorithm) == ("RS256", "RS256")


@pytest.mark.parametrize(
    ("spec", "usage"),
    [("ECC_NIST_P521", "SIGN_VERIFY"), ("ECC_SECG_P256K1", "SIGN_VERIFY"), ("RSA_2048", "ENCRYPT_DECRYPT")],
)
def test_a_key_that_cannot_sign_tokens_is_refused(aws: None, spec: str, usage: str) -> None:
    with pytest.raises(RotationRefused, match="cannot sign tokens"):
        KmsKeys(boto3.client("kms"), "RS256").describe(make_key(spec, usage))


@pytest.mark.parametrize(("spec", "rsa_algorithm"), [("ECC_NIST_P384", "PS256"), ("RSA_2048", "RS256")])
def test_a_key_of_an_algorithm_that_the_security_profile_does_not_allow_is_refused(
    aws: None, spec: str, rsa_algorithm: RsaAlgorithm
) -> None:
    with pytest.raises(RotationRefused, match="security profile"):
        KmsKeys(boto3.client("kms"), rsa_algorithm, FAPI2.algorithms).describe(make_key(spec))


def test_an_id_that_stands_for_no_key_is_refused(aws: None) -> None:
    with pytest.raises(RotationRefused, match="NotFoundException"):
        KmsKeys(boto3.client("kms"), "RS256").describe("alias/nothing")


def test_an_alias_is_resolved_to_the_key_itself(aws: None) -> None:
    key_id = make_key("ECC_NIST_P256")
    boto3.client("kms").create_alias(AliasName="alias/other", TargetKeyId=key_id)
    assert KmsKeys(boto3.client("kms"), "RS256").describe("alias/other").key_id == key_id


def test_a_key_that_the_schedule_has_under_another_kid_verifies_nothing(aws: None) -> None:
    keys = KmsKeys(boto3.client("kms"), "RS256")
    forged = KeyDescription(key_id=make_key("ECC_NIST_P256"), kid="of another key", algorithm="ES256")
    assert keys.public_key(forged) is None


def test_a_token_longer_than_a_message_of_kms_is_signed(aws: None) -> None:
    keys = KmsKeys(boto3.client("kms"), "RS256")
    key = keys.describe(make_key("RSA_2048"))
    public = keys.public_key(key)
    assert public
    token = sign(keys, key, Text("x" * 4_096))
    assert jwt.decode(token, jwt.PyJWK(public.jwk), algorithms=["RS256"]) == {"text": "x" * 4_096}


@pytest.mark.parametrize("state", ["disabled", "pending deletion"])
def test_a_key_that_is_no_longer_usable_is_an_outage_that_the_alarm_of_kms_counts(
    aws: None, state: str, lines: LogLines
) -> None:
    client = boto3.client("kms")
    keys = KmsKeys(client, "RS256")
    key = keys.describe(make_key("RSA_2048"))
    if state == "disabled":
        client.disable_key(KeyId=key.key_id)
    else:
        client.schedule_key_deletion(KeyId=key.key_id)
    with pytest.raises(Unavailable):
        sign(keys, key)
    assert keys.public_key(key) is None
    assert [(line["aws_service"], line["aws_operation"]) for line in lines()] == [
        ("kms", "Sign"),
        ("kms", "GetPublicKey"),
    ]


def refusing(code: str) -> Any:
    def refuse(operation: str) -> None:
        raise ClientError(
            {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}},  # type: ignore[typeddict-item]
            operation,
        )

    class Client:
        def get_public_key(self, KeyId: str) -> None:  # noqa: N803
            refuse("GetPublicKey")

        def sign(self, **_: object) -> None:
            refuse("Sign")

    return Client()


@pytest.mark.parametrize(
    "code",
    [
        "AccessDeniedException",
        "DisabledException",
        "IncorrectKeyException",
        "InvalidKeyUsageException",
        "KMSInvalidStateException",
        "NotFoundException",
        "ThrottlingException",
    ],
)
def test_a_key_that_kms_does_not_sign_with_is_an_outage(code: str, lines: LogLines) -> None:
    keys = KmsKeys(refusing(code), "RS256")
    with pytest.raises(Unavailable):
        sign(keys, KeyDescription(key_id="arn", kid="kid", algorithm="RS256"))
    assert [(line["aws_service"], line["aws_error"], line["level"]) for line in lines()] == [("kms", code, "WARNING")]


@pytest.mark.parametrize("code", ["DisabledException", "KMSInvalidStateException", "NotFoundException"])
def test_a_key_that_kms_withholds_verifies_nothing(code: str) -> None:
    keys = KmsKeys(refusing(code), "RS256")
    assert keys.public_key(KeyDescription(key_id="arn", kid="kid", algorithm="ES256")) is None


@pytest.mark.parametrize(
    "code", ["AccessDeniedException", "DisabledException", "InvalidArnException", "UnsupportedOperationException"]
)
def test_a_key_that_kms_does_not_give_us_is_refused_with_its_reason(code: str) -> None:
    with pytest.raises(RotationRefused, match=code):
        KmsKeys(refusing(code), "RS256").describe("alias/other")


def test_a_right_that_is_missing_is_an_outage_and_no_empty_key_set() -> None:
    keys = KmsKeys(refusing("AccessDeniedException"), "RS256")
    with pytest.raises(Unavailable):
        keys.public_key(KeyDescription(key_id="arn", kid="kid", algorithm="ES256"))
