"""The rules by which every JWT is verified here (RFC 7519 §7.2, RFC 8725)."""

import time
from typing import Any

import jwt
import msgspec
import pytest

from chalicelib.oauth.jwt_verification import EARLY, InvalidJwt, unverified_claims, unverified_header, verified_claims
from tests.support.client_key import ClientKey

KEY = ClientKey()


class Claims(msgspec.Struct):
    sub: str
    exp: int
    aud: str | None = None


def signed(key: ClientKey = KEY, header: dict[str, Any] | None = None, **claims: Any) -> str:
    return key.sign({"sub": "me", "exp": int(time.time()) + 60, **claims}, **(header or {}))


def verified(token: str, **rules: Any) -> Claims:
    usual: dict[str, Any] = {"algorithms": ["ES256"], "required": ["sub", "exp"], "leeway": 0}
    return verified_claims(token, jwt.PyJWK(KEY.jwk, "ES256"), Claims, **usual | rules)


def refused(token: str, **rules: Any) -> None:
    with pytest.raises(InvalidJwt):
        verified(token, **rules)


def test_a_jwt_by_the_key_shows_its_claims() -> None:
    assert verified(signed()).sub == "me"


def test_a_signature_by_another_key_is_refused() -> None:
    refused(signed(ClientKey()))


@pytest.mark.parametrize("algorithms", [[], ["RS256"], ["none"]])
def test_an_algorithm_that_is_not_on_the_list_is_refused(algorithms: list[str]) -> None:
    refused(signed(), algorithms=algorithms)


def test_a_claim_that_is_required_must_be_there() -> None:
    refused(signed(), required=["sub", "exp", "jti"])


@pytest.mark.parametrize("claims", [{"sub": 7}, {"exp": "soon"}, {"exp": None}, {"aud": ["a"]}], ids=str)
def test_a_claim_of_another_type_is_refused(claims: dict[str, Any]) -> None:
    refused(signed(**claims))


def test_a_jwt_is_over_at_its_end_and_the_leeway_moves_it() -> None:
    past = signed(exp=int(time.time()) - 30)
    refused(past)
    assert verified(past, leeway=60).sub == "me"
    assert verified(past, verify_exp=False).sub == "me"


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_signer_whose_clock_is_some_seconds_ahead_is_believed_and_none_that_is_further(claim: str) -> None:
    ahead: dict[str, Any] = {claim: int(time.time()) + EARLY - 5}
    too_far: dict[str, Any] = {claim: int(time.time()) + EARLY + 5}
    assert verified(signed(**ahead)).sub == "me"
    refused(signed(**too_far))


@pytest.mark.parametrize("claim", ["nbf", "iat"])
@pytest.mark.parametrize("value", ["soon", "1", True, [], {}, float("nan"), float("inf")], ids=str)
def test_a_time_that_is_none_is_refused(claim: str, value: object) -> None:
    claims: dict[str, Any] = {claim: value}
    refused(signed(**claims))


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_jwt_of_the_future_is_refused(claim: str) -> None:
    claims: dict[str, Any] = {claim: int(time.time()) + 3600}
    refused(signed(**claims))


def test_the_caller_may_check_iat_itself() -> None:
    assert verified(signed(iat=int(time.time()) + 3600), verify_iat=False).sub == "me"


def test_audience_and_issuer_are_checked_where_they_are_given() -> None:
    token = signed(aud="a", iss="i")
    assert verified(token).aud == verified(token, audience="a", issuer="i").aud == "a"
    refused(token, audience="b")
    refused(token, issuer="j")
    refused(signed(), audience="a")
    refused(signed(), issuer="i")


@pytest.mark.parametrize("text", ["", "x", "a.b", "a.b.c", "." * 500, "é.é.é"])
def test_what_is_no_jwt_is_refused_by_each_reader(text: str) -> None:
    refused(text)
    for read in (unverified_header, unverified_claims):
        with pytest.raises(InvalidJwt):
            read(text)


@pytest.mark.parametrize(
    "header", [b"{}", b'{"alg": null}', b'{"alg": 7}', b"[]", b"7", b'{"alg": "ES256", "alg": "none"}']
)
def test_a_header_without_an_algorithm_is_none(header: bytes) -> None:
    token = KEY.sign_serialized(header, b'{"sub": "me", "exp": 9999999999}')
    refused(token)
    with pytest.raises(InvalidJwt):
        unverified_header(token)


def test_what_nobody_verified_can_be_looked_at() -> None:
    token = signed(ClientKey(), {"kid": "k"})
    assert unverified_header(token)["kid"] == "k"
    assert unverified_claims(token)["sub"] == "me"


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        (b'{"alg": "ES256", "alg": "ES256"}', b'{"sub": "me", "exp": 9999999999}'),
        (b'{"alg": "ES256"}', b'{"sub": "me", "sub": "me", "exp": 9999999999}'),
        (b'{"alg": "ES256"}', b'{"sub": "me", "exp": 9999999999, "x": [{"a": 1, "a": 2}]}'),
    ],
)
def test_a_jwt_that_names_something_twice_is_refused(header: bytes, payload: bytes) -> None:
    refused(KEY.sign_serialized(header, payload))


@pytest.mark.parametrize("claims", [{"sub": None}, {"sub": 7}, {"aud": ["a"]}], ids=str)
def test_the_claim_that_is_wrong_is_named_where_the_key_signed_it(claims: dict[str, Any]) -> None:
    (wrong,) = claims
    for key, named in ((KEY, wrong), (ClientKey(), None)):
        with pytest.raises(InvalidJwt) as refusal:
            verified(signed(key, **claims))
        assert refusal.value.claim == named


def test_a_jwt_without_a_signature_is_refused() -> None:
    refused("e30.e30.")
    refused(signed().rpartition(".")[0] + ".")
