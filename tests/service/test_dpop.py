"""DPoP (RFC 9449): the check of a proof, at the token endpoint, and where a bound token is used."""

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.public_keys import thumbprint
from chalicelib.errors import InvalidDPoPProof
from chalicelib.oauth.dpop import DPoPProofs, RequestWithProof, normal_url
from tests.conftest import Clock
from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import TOKEN_ENDPOINT, WHOAMI, ClientKey, ath, rsa_key
from tests.support.token_records_in_memory import ReplayGuardInMemory

KEY = ClientKey()
NOW = 1_800_000_000
REQUEST = RequestWithProof(method="POST", url=TOKEN_ENDPOINT)


@pytest.fixture
def proofs(clock: Clock) -> DPoPProofs:
    return DPoPProofs(ReplayGuardInMemory(), clock)


def refused(proofs: DPoPProofs, proof: str, request: RequestWithProof = REQUEST) -> str:
    with pytest.raises(InvalidDPoPProof) as refusal:
        proofs.verify(proof, request)
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
    assert proofs.verify(key.proof(iat=NOW), REQUEST) == proofs.verify(key.proof(iat=NOW), REQUEST)


def test_a_proof_is_refused_the_second_time(proofs: DPoPProofs) -> None:
    proof = KEY.proof(iat=NOW)
    proofs.verify(proof, REQUEST)
    assert "used before" in refused(proofs, proof)


def test_two_keys_may_use_the_same_jti(proofs: DPoPProofs) -> None:
    proofs.verify(KEY.proof(iat=NOW, jti="1"), REQUEST)
    proofs.verify(ClientKey().proof(iat=NOW, jti="1"), REQUEST)


def test_a_proof_is_remembered_for_as_long_as_it_is_good(clock: Clock) -> None:
    guard = ReplayGuardInMemory()
    proofs = DPoPProofs(guard, clock)
    proof = KEY.proof(iat=NOW + 30)  # as far ahead as a clock may be
    proofs.verify(proof, REQUEST)
    (until,) = guard.until.values()
    clock.now = until
    assert "iat" in refused(DPoPProofs(ReplayGuardInMemory(), clock), proof)


@pytest.mark.parametrize("iat", [NOW - 121, NOW + 31, NOW + 10**12, float("nan"), float("inf")])
def test_a_proof_is_good_for_a_moment_only(proofs: DPoPProofs, iat: float) -> None:
    refused(proofs, KEY.proof(iat=iat))


@pytest.mark.parametrize("iat", [NOW - 120, NOW + 30, NOW - 0.5])
def test_clocks_may_differ_a_little(proofs: DPoPProofs, iat: float) -> None:
    proofs.verify(KEY.proof(iat=iat), REQUEST)


@pytest.mark.parametrize("claim", ["jti", "htm", "htu", "iat"])
def test_a_proof_without_a_claim_is_refused(proofs: DPoPProofs, claim: str) -> None:
    refused(proofs, KEY.proof(**{"iat": NOW, claim: None}))


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
    ],
)
def test_the_same_url_in_other_words_is_the_same(proofs: DPoPProofs, htu: str) -> None:
    proofs.verify(KEY.proof(iat=NOW, htu=htu), REQUEST)


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
    ids=lambda header: json.dumps(header)[:40],
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
    proofs.verify(proof, REQUEST)


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
        verifier.verify(proof, REQUEST)
    except InvalidDPoPProof:
        assert header or claims


@given(st.text())
def test_a_normal_url_stays_as_it_is(text: str) -> None:
    normal = normal_url(f"https://{text}")
    assert normal is None or normal_url(normal) == normal


# --- at the token endpoint --------------------------------------------------------------------------------------------


def exchange(api: Api, credential: dict[str, Any], proof: str, **fields: str) -> Answer:
    headers = basic(credential["client_id"], credential["client_secret"]) | {"DPoP": proof}
    return api.form("/oauth/token", {"grant_type": "client_credentials", **fields}, headers)


def bound_token(api: Api, key: ClientKey = KEY) -> str:
    answer = exchange(api, api.create(), key.proof())
    assert answer.status == 200, answer.text
    return str(answer.json["access_token"])


def use(api: Api, token: str, proof: str | None, scheme: str = "DPoP") -> int:
    headers = {"Authorization": f"{scheme} {token}"} | ({} if proof is None else {"DPoP": proof})
    return api.call("GET", "/v1/whoami", headers=headers).status


def test_an_exchange_with_a_proof_gives_a_token_bound_to_its_key(api: Api) -> None:
    answer = exchange(api, api.create(), KEY.proof())
    assert answer.json["token_type"] == "DPoP"
    claims = jwt.decode(answer.json["access_token"], options={"verify_signature": False})
    assert claims["cnf"] == {"jkt": thumbprint(KEY.jwk)}


def test_a_token_endpoint_refuses_a_bad_proof_in_the_words_of_rfc_9449(api: Api) -> None:
    answer = exchange(api, api.create(), KEY.proof(url=WHOAMI))
    assert (answer.status, answer.json["error"]) == (400, "invalid_dpop_proof")


def test_the_token_endpoint_takes_a_proof_once(api: Api) -> None:
    credential, proof = api.create(), KEY.proof()
    assert exchange(api, credential, proof).status == 200
    assert exchange(api, credential, proof).json["error"] == "invalid_dpop_proof"


def test_two_proofs_in_one_request_are_refused(api: Api) -> None:
    answer = exchange(api, api.create(), f"{KEY.proof()}, {KEY.proof()}")
    assert answer.json["error"] == "invalid_dpop_proof"


def test_a_refused_client_does_not_use_up_its_proof(api: Api) -> None:
    credential, proof = api.create(), KEY.proof()
    wrong = credential | {"client_secret": api.create()["client_secret"]}
    assert exchange(api, wrong, proof).json["error"] == "invalid_client"
    assert exchange(api, credential, proof).status == 200


# --- where the token is used ------------------------------------------------------------------------------------------


def test_a_bound_token_works_with_a_proof_of_its_key(api: Api) -> None:
    token = bound_token(api)
    for _ in range(2):
        assert use(api, token, KEY.proof(method="GET", url=WHOAMI, access_token=token)) == 200


def test_a_bound_token_is_refused_as_a_bearer_token(api: Api) -> None:
    token = bound_token(api)
    assert use(api, token, None, "Bearer") == 403
    assert use(api, token, KEY.proof(method="GET", url=WHOAMI, access_token=token), "Bearer") == 403


def test_a_bound_token_is_refused_without_a_proof(api: Api) -> None:
    assert use(api, bound_token(api), None) == 403


def test_a_bearer_token_is_refused_as_a_bound_one(api: Api) -> None:
    token = api.access_token(api.create())
    assert use(api, token, KEY.proof(method="GET", url=WHOAMI, access_token=token)) == 403


def test_another_keys_proof_is_refused(api: Api) -> None:
    token = bound_token(api)
    assert use(api, token, ClientKey().proof(method="GET", url=WHOAMI, access_token=token)) == 403


def test_a_proof_is_taken_once_where_the_token_is_used(api: Api) -> None:
    token = bound_token(api)
    proof = KEY.proof(method="GET", url=WHOAMI, access_token=token)
    assert use(api, token, proof) == 200
    assert use(api, token, proof) == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"ath": None},
        {"ath": ""},
        {"ath": "é"},
        {"ath": ath("another token")},
        {"htm": "POST"},
        {"htu": TOKEN_ENDPOINT},
    ],
    ids=json.dumps,
)
def test_a_proof_for_another_use_is_refused(api: Api, claims: dict[str, Any]) -> None:
    token = bound_token(api)
    right = {"htm": "GET", "htu": WHOAMI, "ath": ath(token)}
    assert use(api, token, KEY.proof(**{**right, **claims})) == 403
