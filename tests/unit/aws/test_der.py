"""Keys and signatures in DER, as KMS has them."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.aws import der
from tests.support.client_key import rsa_key
from tests.support.parameters import id_without_value


def public(key: Any) -> bytes:
    content: bytes = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return content


RSA, P256 = public(rsa_key()), public(ec.generate_private_key(ec.SECP256R1()))
P384, P521 = public(ec.generate_private_key(ec.SECP384R1())), public(ec.generate_private_key(ec.SECP521R1()))
ED25519 = public(ed25519.Ed25519PrivateKey.generate())


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(RSA, "PS256"), (P256, "ES256"), (P384, "ES384"), (P521, None), (ED25519, None)],
    ids=id_without_value,
)
def test_each_kind_of_key_has_its_algorithm_or_none(key: bytes, algorithm: str | None) -> None:
    assert der.key_algorithm(key, "PS256") == algorithm


@pytest.mark.parametrize(
    ("key", "members"),
    [(RSA, {"kty", "n", "e", "key_ops"}), (P256, {"kty", "crv", "x", "y"}), (P384, {"kty", "crv", "x", "y"})],
    ids=["RSA", "P-256", "P-384"],
)
def test_a_jwk_has_the_members_of_a_public_key(key: bytes, members: set[str]) -> None:
    assert der.jwk(key).keys() == members


def test_a_key_of_another_kind_has_no_jwk() -> None:
    with pytest.raises(TypeError):
        der.jwk(ED25519)


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        der.jwk(b"x")


@pytest.mark.parametrize(("algorithm", "half"), [("ES256", 32), ("ES384", 48)])
def test_a_raw_signature_has_both_halves_at_full_length(algorithm: str, half: int) -> None:
    raw = der.raw_ecdsa_signature(encode_dss_signature(1, 2), algorithm)
    assert raw == (1).to_bytes(half, "big") + (2).to_bytes(half, "big")
