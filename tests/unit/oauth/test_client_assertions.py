"""The check of a client assertion (RFC 7523 §3)."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.public_keys import read_key
from chalicelib.errors import InvalidClient
from chalicelib.oauth.client_assertions import ClientAssertions, named_client
from chalicelib.security_profiles import OAUTH2
from tests.support.client_key import ClientKey
from tests.support.token_records_in_memory import ReplayGuardInMemory

KEY = ClientKey()
ISSUER = "https://credentials.example.com"


def _now() -> int:
    return int(time.time())


def test_an_assertion_is_remembered_for_as_long_as_it_could_be_replayed() -> None:
    guard = ReplayGuardInMemory()
    end = _now() + 60
    keys = (read_key(KEY.jwk),)
    ClientAssertions(ISSUER, frozenset({ISSUER}), guard).verify(KEY.assertion("me", exp=end), "me", keys, OAUTH2)
    (until,) = guard.until.values()
    late = ClientAssertions(ISSUER, frozenset({ISSUER}), ReplayGuardInMemory(), lambda: until)
    with pytest.raises(InvalidClient):
        late.verify(KEY.assertion("me", exp=end), "me", keys, OAUTH2)


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}", fullmatch=True))
def test_any_text_that_is_no_assertion_is_refused(text: str) -> None:
    with pytest.raises(InvalidClient):
        named_client(text)


@given(
    st.dictionaries(
        st.sampled_from(["iss", "sub", "aud", "exp", "jti", "iat", "nbf"]),
        st.integers() | st.text() | st.floats() | st.booleans() | st.lists(st.text()),
        min_size=1,
    )
)
def test_an_assertion_with_anything_in_it_is_good_or_refused(claims: dict[str, Any]) -> None:
    try:
        assertion = KEY.assertion("me", **claims)
    except TypeError:
        return  # PyJWT does not encode it
    verifier = ClientAssertions(ISSUER, frozenset({ISSUER}), ReplayGuardInMemory())
    try:
        verifier.verify(assertion, named_client(assertion), (read_key(KEY.jwk),), OAUTH2)
    except InvalidClient:
        return
    assert claims.get("sub", "me") == claims.get("iss", "me")


def test_an_assertion_whose_header_has_no_algorithm_is_refused() -> None:
    verifier = ClientAssertions(ISSUER, frozenset({ISSUER}), ReplayGuardInMemory())
    assertion = KEY.sign_serialized(b"{}", b'{"sub": "me"}')
    with pytest.raises(InvalidClient):
        verifier.verify(assertion, "me", (read_key(KEY.jwk),), OAUTH2)
