"""An access token is taken for what it is, and nothing else is taken for one (RFC 9068 §4, RFC 8725 §3)."""

import json
import time
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwt.utils import base64url_encode

from chalicelib.errors import InvalidToken
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.signing_keys.keys import PublicKey, SigningKey, public_key
from tests.support.client_key import ClientKey
from tests.support.clocks import Clock

ISSUER, AUDIENCE = "https://issuer.example", "https://api.example"
OURS = ClientKey()
PUBLIC = public_key(OURS.jwk, "ES256")


class OurKeys:
    """A key ring that only verifies. ``published``: what a test may take away."""

    def __init__(self) -> None:
        self.published = [PUBLIC]

    def signing_key(self) -> SigningKey:
        raise NotImplementedError

    def verification_keys(self) -> list[PublicKey]:
        return self.published


TOKENS = AccessTokens(OurKeys(), SecurityProfiles(), ISSUER, 900)


def token(*, header: dict[str, Any] | None = None, key: ClientKey = OURS, **claims: Any) -> str:
    now = int(time.time())
    complete = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "acc_1",
        "client_id": "acc_1",
        "iat": now,
        "exp": now + 60,
        "jti": "1",
        "tenant_id": "t",
        "generation": 1,
    } | claims
    return key.sign(complete, **({"typ": "at+jwt", "kid": PUBLIC.kid} | (header or {})))


def refused(text: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.verify(text, (AUDIENCE,))


def test_a_token_of_ours_says_what_it_was_issued_with() -> None:
    assert TOKENS.verify(token(scope="a b"), (AUDIENCE,)).scope == "a b"
    other = token(header={"typ": "application/at+jwt"}, aud="https://other.example")
    assert TOKENS.verify(other, (AUDIENCE, "https://other.example")).aud == "https://other.example"


def test_a_token_is_good_from_the_first_moment_by_clocks_that_differ() -> None:
    issued_ahead = int(time.time()) + 7
    assert TOKENS.verify(token(iat=issued_ahead, exp=issued_ahead + 900), (AUDIENCE,)).iat == issued_ahead


def test_a_token_is_over_at_its_end_whatever_its_beginning_may_be_ahead() -> None:
    refused(token(exp=int(time.time()) - 6))


def test_a_token_that_was_verified_before_says_the_same_and_a_changed_one_nothing() -> None:
    text = token(scope="a b")
    assert TOKENS.verify(text, (AUDIENCE,)) == TOKENS.verify(text, (AUDIENCE,))
    refused(text[:-1] + ("A" if text[-1] != "A" else "B"))


def test_a_token_that_was_verified_for_one_audience_is_refused_for_another() -> None:
    text = token()
    TOKENS.verify(text, (AUDIENCE,))
    with pytest.raises(InvalidToken):
        TOKENS.verify(text, ("https://other.example",))


def test_a_token_that_was_verified_before_is_over_at_its_end() -> None:
    clock = Clock(int(time.time()))
    tokens = AccessTokens(OurKeys(), SecurityProfiles(), ISSUER, 900, clock=clock)
    text = token(exp=int(clock()) + 60)
    for _ in range(2):
        tokens.verify(text, (AUDIENCE,))
    clock.advance(65)
    with pytest.raises(InvalidToken):
        tokens.verify(text, (AUDIENCE,))


@pytest.mark.parametrize(("iat", "exp", "timely"), [(130, 96, True), (131, 96, False), (130, 95, False)])
def test_what_was_verified_before_is_held_to_the_times_that_a_new_token_is(iat: int, exp: int, timely: bool) -> None:
    assert jwt_verification.is_its_time(iat, exp, 5, 100) == timely


def test_a_token_that_was_verified_before_is_refused_once_its_key_is_gone() -> None:
    keys = OurKeys()
    tokens = AccessTokens(keys, SecurityProfiles(), ISSUER, 900)
    text = token()
    tokens.verify(text, (AUDIENCE,))
    keys.published = []
    with pytest.raises(InvalidToken):
        tokens.verify(text, (AUDIENCE,))


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "tenant_id", "generation"])
def test_a_token_without_a_claim_is_refused(claim: str) -> None:
    without: dict[str, Any] = {claim: None}
    refused(token(**without))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": f"{ISSUER}/"},
        {"aud": "https://elsewhere.example"},
        {"aud": [AUDIENCE, "https://elsewhere.example"]},
        {"aud": [AUDIENCE]},
        {"aud": []},
        {"exp": 1},
        {"iat": 10**11},
        {"nbf": 10**11},
        {"exp": "soon"},
        {"generation": "1"},
        {"cnf": {}},
        {"cnf": "x"},
    ],
    ids=json.dumps,
)
def test_a_token_with_a_wrong_claim_is_refused(claims: dict[str, Any]) -> None:
    refused(token(**claims))


@pytest.mark.parametrize("typ", ["JWT", "dpop+jwt", "at+jwt ", "", None])
def test_another_type_of_jwt_is_no_access_token(typ: str | None) -> None:
    refused(token(header={"typ": typ}))


def test_a_token_by_another_key_is_refused_whatever_it_says_of_its_key() -> None:
    other = ClientKey()
    refused(token(key=other))
    refused(token(key=other, header={"jwk": other.jwk}))
    refused(token(key=other, header={"kid": "other", "jku": "https://evil.example/jwks.json"}))
    refused(token(header={"kid": "other"}))


def test_an_algorithm_other_than_the_keys_is_refused() -> None:
    claims = jwt.decode(token(), options={"verify_signature": False})
    header = {"typ": "at+jwt", "kid": PUBLIC.kid}
    refused(jwt.encode(claims, None, "none", headers=header))  # type: ignore[arg-type]
    refused(jwt.encode(claims, PUBLIC.jwk["x"], "HS256", headers=header))


def test_a_changed_token_is_refused() -> None:
    head, payload, signature = token().split(".")
    more = base64url_encode(
        json.dumps({**jwt.decode(token(), options={"verify_signature": False}), "scope": "all"}).encode()
    )
    refused(f"{head}.{more.decode()}.{signature}")
    refused(f"{head}.{payload}.{signature[::-1]}")
    refused(f"{head}.{payload}.")


def test_a_critical_extension_that_nobody_here_knows_is_refused() -> None:
    refused(token(header={"crit": ["exp2"], "exp2": 1}))


@pytest.mark.parametrize("brackets", [b"[", b'{"a":'])
def test_a_header_that_is_nested_without_end_is_refused(brackets: bytes) -> None:
    refused(f"{base64url_encode(brackets * 3000).decode()}.e30.e30")


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}", fullmatch=True))
def test_any_text_that_is_no_token_is_refused(text: str) -> None:
    refused(text)
