"""The check of a DPoP proof (RFC 9449 §4.3)."""

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.public_keys import thumbprint
from chalicelib.errors import InvalidDPoPProof
from chalicelib.oauth.dpop import DPoPProofs, RequestWithProof, normal_url, presented_thumbprint
from chalicelib.security_profiles import OAUTH2
from tests.support.client_key import TOKEN_ENDPOINT, ClientKey, rsa_key
from tests.support.clocks import Clock
from tests.support.parameters import id_without_value
from tests.support.token_records_in_memory import ReplayGuardInMemory

KEY = ClientKey()
NOW = 1_800_000_000
REQUEST = RequestWithProof(method="POST", url=TOKEN_ENDPOINT)


@pytest.fixture
def proofs(clock: Clock) -> DPoPProofs:
    return DPoPProofs(ReplayGuardInMemory(), clock)


def refused(proofs: DPoPProofs, proof: str, request: RequestWithProof = REQUEST) -> str:
    with pytest.raises(InvalidDPoPProof) as refusal:
        proofs.verify(proof, request, OAUTH2.algorithms)
    return refusal.value.detail


@pytest.mark.parametrize(
    "key",
    [
        KEY,
        ClientKey(ec.generate_private_key(ec.SECP384R1()), "ES384"),
        ClientKey(rsa_key(), "PS256"),
        ClientKey(rsa_key(), "RS256"),
    ],
    ids=lambda key: key.algorithm,
)
def test_a_proof_shows_the_thumbprint_of_its_key(proofs: DPoPProofs, key: ClientKey) -> None:
    first, second = (proofs.verify(key.proof(iat=NOW), REQUEST, OAUTH2.algorithms) for _ in range(2))
    assert first.jkt == second.jkt == thumbprint(key.jwk)


def test_a_proof_is_refused_the_second_time(proofs: DPoPProofs) -> None:
    proof = KEY.proof(iat=NOW)
    proofs.verify(proof, REQUEST, OAUTH2.algorithms)
    assert "used before" in refused(proofs, proof)


def test_two_keys_may_use_the_same_jti(proofs: DPoPProofs) -> None:
    proofs.verify(KEY.proof(iat=NOW, jti="1"), REQUEST, OAUTH2.algorithms)
    proofs.verify(ClientKey().proof(iat=NOW, jti="1"), REQUEST, OAUTH2.algorithms)


def test_a_proof_is_remembered_for_as_long_as_it_is_good(clock: Clock) -> None:
    guard = ReplayGuardInMemory()
    proofs = DPoPProofs(guard, clock)
    proof = KEY.proof(iat=NOW + 30)  # as far ahead as a clock may be
    proofs.verify(proof, REQUEST, OAUTH2.algorithms)
    (until,) = guard.until.values()
    clock.now = until
    assert "iat" in refused(DPoPProofs(ReplayGuardInMemory(), clock), proof)


@pytest.mark.parametrize("iat", [NOW - 121, NOW + 31, NOW + 10**12, float("nan"), float("inf")])
def test_a_proof_is_good_for_a_moment_only(proofs: DPoPProofs, iat: float) -> None:
    refused(proofs, KEY.proof(iat=iat))


@pytest.mark.parametrize("iat", [NOW - 120, NOW + 30, NOW - 0.5])
def test_clocks_may_differ_a_little(proofs: DPoPProofs, iat: float) -> None:
    proofs.verify(KEY.proof(iat=iat), REQUEST, OAUTH2.algorithms)


@pytest.mark.parametrize("claim", ["jti", "htm", "htu", "iat"])
def test_a_proof_without_a_claim_is_refused(proofs: DPoPProofs, claim: str) -> None:
    claims: dict[str, Any] = {"iat": NOW, claim: None}
    refused(proofs, KEY.proof(**claims))


@pytest.mark.parametrize(
    "claims",
    [
        {"htm": "GET"},
        {"htm": "post"},
        {"htm": 1},
        {"htu": "https://credentials.example.com/oauth/introspect"},
        {"htu": "http://credentials.example.com/oauth/token"},
        {"htu": "https://credentials.example.com:8443/oauth/token"},
        {"htu": "https://evil.example/oauth/token"},
        {"htu": "https://credentials.example.com@evil.example/oauth/token"},
        {"htu": "/oauth/token"},
        {"htu": "https://[broken"},
        {"htu": 1},
        {"jti": ""},
        {"jti": "x" * 257},
        {"jti": 7},
        {"iat": "now"},
        {"iat": True},
        {"exp": 1},
    ],
    ids=json.dumps,
)
def test_a_proof_for_something_else_is_refused(proofs: DPoPProofs, claims: dict[str, Any]) -> None:
    refused(proofs, KEY.proof(**{"iat": NOW, **claims}))


@pytest.mark.parametrize(
    "htu",
    [
        "https://credentials.example.com:443/oauth/token",
        "HTTPS://Credentials.Example.com/oauth/token",
        "https://credentials.example.com/oauth/token?query#fragment",
        "https://credentials.example.com/oauth/./%74oken",
    ],
)
def test_the_same_url_in_other_words_is_the_same(proofs: DPoPProofs, htu: str) -> None:
    proofs.verify(KEY.proof(iat=NOW, htu=htu), REQUEST, OAUTH2.algorithms)


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"typ": "at+jwt"},
        {"jwk": None},
        {"jwk": KEY.private_jwk},
        {"jwk": ClientKey().jwk},
        {"jwk": {"kty": "oct", "k": "c2VjcmV0"}},
        {"jwk": ClientKey(rsa_key(1024)).jwk},
    ],
    ids=id_without_value,
)
def test_a_proof_with_a_wrong_header_is_refused(proofs: DPoPProofs, header: dict[str, Any]) -> None:
    refused(proofs, KEY.proof(iat=NOW, header=header))


def test_a_proof_by_a_symmetric_key_is_refused(proofs: DPoPProofs) -> None:
    claims = {"jti": "1", "htm": "POST", "htu": TOKEN_ENDPOINT, "iat": NOW}
    secret = "x" * 32
    for jwk in (KEY.jwk, {"kty": "oct", "k": "eHh4"}):
        refused(proofs, jwt.encode(claims, secret, "HS256", headers={"typ": "dpop+jwt", "jwk": jwk}))


def test_a_proof_without_a_signature_is_refused(proofs: DPoPProofs) -> None:
    claims = {"jti": "1", "htm": "POST", "htu": TOKEN_ENDPOINT, "iat": NOW}
    refused(proofs, jwt.encode(claims, None, "none", headers={"typ": "dpop+jwt", "jwk": KEY.jwk}))  # type: ignore[arg-type]
    refused(proofs, KEY.proof(iat=NOW).rpartition(".")[0] + ".")


def test_a_refused_proof_is_not_used_up(proofs: DPoPProofs) -> None:
    proof = KEY.proof(iat=NOW)
    refused(proofs, proof, RequestWithProof(method="GET", url=TOKEN_ENDPOINT))
    proofs.verify(proof, REQUEST, OAUTH2.algorithms)


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}", fullmatch=True))
def test_any_text_that_is_no_proof_is_refused(text: str) -> None:
    refused(DPoPProofs(ReplayGuardInMemory(), lambda: NOW), text)


@given(
    st.dictionaries(
        st.sampled_from(["typ", "jwk", "kid"]), st.none() | st.text() | st.dictionaries(st.text(), st.text())
    ),
    st.dictionaries(
        st.sampled_from(["jti", "htm", "htu", "iat", "ath", "exp", "nbf"]),
        st.integers() | st.text() | st.floats() | st.booleans() | st.lists(st.text()),
    ),
)
def test_a_proof_with_anything_in_it_is_good_or_refused(header: dict[str, Any], claims: dict[str, Any]) -> None:
    verifier = DPoPProofs(ReplayGuardInMemory(), lambda: NOW)
    if "kid" in header and not isinstance(header["kid"], str):
        header = header | {"kid": "a kid is text"}
    proof = KEY.proof(header=header, **{"iat": NOW, **claims})
    try:
        verifier.verify(proof, REQUEST, OAUTH2.algorithms)
    except InvalidDPoPProof:
        assert header or claims


@given(st.text())
def test_a_normal_url_stays_as_it_is(text: str) -> None:
    normal = normal_url(f"https://{text}")
    assert normal is None or normal_url(normal) == normal


@pytest.mark.parametrize("iat", [10**400, -(10**400), 1e308, float("nan"), float("inf"), -1, True, 2**63])
def test_a_time_that_is_none_is_refused(proofs: DPoPProofs, iat: float) -> None:
    refused(proofs, KEY.proof(iat=iat))


def test_a_proof_whose_header_has_no_algorithm_is_refused(proofs: DPoPProofs) -> None:
    header = json.dumps({"typ": "dpop+jwt", "jwk": KEY.jwk}).encode()
    proof = KEY.sign_serialized(header, b"{}")
    assert refused(proofs, proof) == "The proof is not a JWT."
    assert presented_thumbprint(proof) is None
