"""JWTs signed by a key that signs somewhere else."""

import jwt
import msgspec
import pytest

from chalicelib.security_profiles import SecurityProfiles
from chalicelib.signing_keys.jws import JwtSigner
from tests.support.tenant_lab import KEY_RING


class Claims(msgspec.Struct):
    sub: str


def test_a_jwt_is_verified_by_the_ring_s_own_key() -> None:
    token = JwtSigner(KEY_RING, SecurityProfiles()).sign("at+jwt", Claims("é"))
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "kid": KEY_RING.public.kid, "typ": "at+jwt"}
    assert jwt.decode(token, jwt.PyJWK(KEY_RING.public.jwk), algorithms=["ES256"]) == {"sub": "é"}


def test_a_jwt_is_compact_and_has_no_padding() -> None:
    for length in range(4):
        token = JwtSigner(KEY_RING, SecurityProfiles()).sign("at+jwt", Claims("x" * length))
        assert token.count(".") == 2
        assert "=" not in token


def test_a_changed_jwt_is_not_verified() -> None:
    head, _, signature = JwtSigner(KEY_RING, SecurityProfiles()).sign("at+jwt", Claims("a")).split(".")
    _, payload, _ = JwtSigner(KEY_RING, SecurityProfiles()).sign("at+jwt", Claims("b")).split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{head}.{payload}.{signature}", jwt.PyJWK(KEY_RING.public.jwk), algorithms=["ES256"])
