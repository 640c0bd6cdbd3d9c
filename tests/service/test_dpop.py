"""DPoP (RFC 9449) at the token endpoint, and where a bound token is used."""

import json
from typing import Any

import jwt
import pytest

from chalicelib.credentials.public_keys import thumbprint
from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import TOKEN_ENDPOINT, WHOAMI, ClientKey, ath

KEY = ClientKey()


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
