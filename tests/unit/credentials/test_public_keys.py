"""A client's public keys, read from whatever JSON was sent."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.public_keys import FaultyKey, read_key, read_keys, thumbprint
from chalicelib.encoding import base64url
from tests.support.client_key import ClientKey, rsa_key
from tests.support.parameters import id_without_value

KEY = ClientKey()
JWK = KEY.jwk
RSA = ClientKey(rsa_key()).jwk


def number(value: int) -> str:
    """As a JWK has it (RFC 7518 §6.3.1)."""
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def modulus(jwk: dict[str, str]) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(jwk["n"] + "=="), "big")


def with_bits_left_over(encoded: str) -> str:
    """The same bytes in other letters: the last one has bits that belong to none."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return encoded[:-1] + alphabet[alphabet.index(encoded[-1]) + 1]


def test_a_key_keeps_the_members_that_make_it_and_no_others() -> None:
    read = read_key({**JWK, "kid": "mine", "x5c": ["…"], "colour": "red"})
    assert read.jwk == JWK
    assert read.kid == "mine"
    assert read.algorithms == ("ES256",)


def test_a_key_without_a_kid_is_known_by_its_thumbprint() -> None:
    assert read_key(JWK).kid == thumbprint(JWK)


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    example = {
        "kty": "RSA",
        "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJE"
        "CPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2Q"
        "vzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6"
        "WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        "e": "AQAB",
        "alg": "RS256",
        "kid": "2011-04-29",
    }
    assert thumbprint(example) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_key_that_names_its_algorithm_verifies_that_alone() -> None:
    assert read_key(ClientKey(rsa_key()).jwk).algorithms == ("PS256", "RS256")
    assert read_key({**ClientKey(rsa_key()).jwk, "alg": "PS256"}).algorithms == ("PS256",)


@pytest.mark.parametrize(
    ("jwk", "pointer"),
    [
        (KEY.private_jwk, "/d"),
        (ClientKey(rsa_key()).private_jwk, "/d"),
        ({**JWK, "d": None}, "/d"),
        ({"kty": "oct", "k": "c2VjcmV0"}, "/k"),
        ({"kty": "oct"}, "/kty"),
        ({"kty": "OKP", "crv": "Ed25519", "x": "eA"}, "/kty"),
        ({**JWK, "kty": ["EC"]}, "/kty"),
        ({**JWK, "crv": "P-521"}, "/crv"),
        ({**JWK, "crv": "secp256k1"}, "/crv"),
        ({**JWK, "x": JWK["y"]}, ""),
        ({**JWK, "x": ""}, "/x"),
        ({**JWK, "x": JWK["x"] + "="}, "/x"),
        ({**JWK, "x": JWK["x"] + "!"}, "/x"),
        ({**JWK, "x": "ü"}, "/x"),
        ({**JWK, "x": 7}, "/x"),
        ({"kty": "EC", "crv": "P-256", "x": JWK["x"]}, "/y"),
        ({**JWK, "use": "enc"}, "/use"),
        ({**JWK, "key_ops": ["sign"]}, "/key_ops"),
        ({**JWK, "key_ops": "verify"}, "/key_ops"),
        ({**JWK, "key_ops": []}, "/key_ops"),
        ({**JWK, "key_ops": ["verify", "verify"]}, "/key_ops"),
        ({**JWK, "key_ops": ["verify", "encrypt"]}, "/key_ops"),
        ({**JWK, "alg": "ES384"}, "/alg"),
        ({**JWK, "alg": "none"}, "/alg"),
        ({**JWK, "alg": "HS256"}, "/alg"),
        ({**JWK, "alg": ["ES256"]}, "/alg"),
        ({**JWK, "kid": ""}, "/kid"),
        ({**JWK, "kid": "x" * 257}, "/kid"),
        ({**JWK, "kid": 7}, "/kid"),
        ({"kty": "RSA", "n": "AQAB", "e": "AQAB"}, "/n"),
        (ClientKey(rsa_key(1024)).jwk, "/n"),
        ({**RSA, "n": number(modulus(RSA) - 1)}, "/n"),
        ({**RSA, "n": number(2**4096 + 1)}, "/n"),
        ({**RSA, "n": base64url(b"\0" + modulus(RSA).to_bytes(256, "big"))}, "/n"),
        ({**RSA, "e": number(1)}, "/e"),
        ({**RSA, "e": number(3)}, "/e"),
        ({**RSA, "e": number(65_535)}, "/e"),
        ({**RSA, "e": number(65_538)}, "/e"),
        ({**RSA, "e": number(2**64 + 1)}, "/e"),
        ({**RSA, "e": "AAEAAQ"}, "/e"),
        ({**JWK, "x": with_bits_left_over(JWK["x"])}, "/x"),
        ({**JWK, "x": JWK["x"] + "A"}, ""),
        ("not a key", ""),
        (None, ""),
    ],
    ids=id_without_value,
)
def test_what_is_no_public_key_for_signatures_is_refused_with_its_place(jwk: Any, pointer: str) -> None:
    with pytest.raises(FaultyKey) as refusal:
        read_key(jwk)
    assert refusal.value.fault.pointer == pointer


def test_a_key_set_names_the_place_of_each_fault() -> None:
    keys, faults = read_keys({"keys": [JWK, KEY.private_jwk, {**JWK, "use": "enc"}]})
    assert keys == ()
    assert [fault.pointer for fault in faults] == ["/keys/1/d", "/keys/2/use"]


def test_a_key_may_say_that_it_verifies() -> None:
    for operations in (["verify"], ["sign", "verify"], ["verify", "sign"]):
        assert read_key({**JWK, "use": "sig", "key_ops": operations}).jwk == JWK


def test_a_key_and_a_key_set_in_one_are_refused() -> None:
    keys, faults = read_keys({**JWK, "keys": [JWK]}, "/jwks")
    assert (keys, [fault.pointer for fault in faults]) == ((), ["/jwks/keys"])


def test_two_keys_of_one_kid_are_refused() -> None:
    other = ClientKey(ec.generate_private_key(ec.SECP384R1()), "ES384").jwk
    _, faults = read_keys({"keys": [{**JWK, "kid": "same"}, {**other, "kid": "same"}]})
    assert [fault.pointer for fault in faults] == ["/keys/1/kid"]


@pytest.mark.parametrize("keys", [[], [JWK] * 6, None, "keys", {}])
def test_a_key_set_has_one_to_five_keys(keys: object) -> None:
    _, faults = read_keys({"keys": keys})
    assert [fault.pointer for fault in faults] == ["/keys"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=12,
)
near_keys = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([JWK.get(name, ""), "RSA", "EC", "P-256", "AQAB", "ES256", "sig"]) | json_values
        for name in ("kty", "crv", "x", "y", "n", "e", "alg", "kid", "use", "key_ops", "d")
    },
)


@given(near_keys | json_values)
def test_any_json_is_a_key_or_refused(value: Any) -> None:
    try:
        key = read_key(value)
    except FaultyKey:
        return
    assert set(key.algorithms) <= {"ES256", "ES384", "PS256", "RS256"}
    assert key.verifier(key.algorithms[0]).algorithm_name == key.algorithms[0]


@given(st.dictionaries(st.sampled_from(["keys", "kty", "x", "d"]), st.lists(near_keys | json_values) | json_values))
def test_any_json_object_is_a_key_set_or_has_faults(value: dict[str, Any]) -> None:
    keys, faults = read_keys(value)
    assert bool(keys) != bool(faults)
