"""Public keys as the JWK Set shows them (RFC 7517, RFC 7638)."""

from chalicelib.signing_keys.keys import jwks, public_key
from tests.support.client_key import ClientKey, rsa_key
from tests.support.tenant_lab import KEY_RING

# RFC 7638 §3.1.
EXAMPLE = {
    "kty": "RSA",
    "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o"
    "knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ"
    "vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqD"
    "Kgw",
    "e": "AQAB",
}


def test_the_kid_is_the_thumbprint_of_rfc_7638() -> None:
    assert public_key(EXAMPLE, "RS256").kid == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_published_key_says_what_it_is_for_and_nothing_private() -> None:
    published = public_key({**EXAMPLE, "d": "private", "kid": "another", "key_ops": "sign"}, "PS256")
    assert published.jwk == EXAMPLE | {"kid": published.kid, "alg": "PS256", "use": "sig"}


def test_no_two_keys_share_a_kid() -> None:
    kids = {public_key(key.jwk, key.algorithm).kid for key in (ClientKey(), ClientKey(), ClientKey(rsa_key(), "RS256"))}
    assert len(kids) == 3


def test_the_jwk_set_has_every_key_that_verifies() -> None:
    assert jwks(KEY_RING) == {"keys": [KEY_RING.public.jwk]}
