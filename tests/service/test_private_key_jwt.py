"""private_key_jwt (RFC 7523): credentials with a key of their own, and the assertions that the key signs."""

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import ASSERTION_TYPE, TOKEN_ENDPOINT, ClientKey, rsa_key
from tests.support.parameters import id_without_value

KEY = ClientKey()
ISSUER = "https://credentials.example.com"


def create(api: Api, key: ClientKey = KEY, **fields: Any) -> str:
    return str(api.create(**{"jwks": {"keys": [key.jwk]}, **fields})["client_id"])


def exchange(api: Api, assertion: str, **fields: str) -> Answer:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    } | fields
    return api.form("/oauth/token", form)


# --- the credential ---------------------------------------------------------------------------------------------------


def test_a_credential_with_a_key_has_no_secret(api: Api) -> None:
    created = api.create(jwks={"keys": [KEY.jwk]})
    assert "client_secret" not in created
    assert created["secrets"] == []
    assert created["token_endpoint_auth_method"] == "private_key_jwt"
    (key,) = created["jwks"]["keys"]
    assert {name: key[name] for name in KEY.jwk} == KEY.jwk


def test_a_credential_may_be_made_with_a_single_jwk(api: Api) -> None:
    client_id = create(api, jwks=KEY.jwk)
    assert exchange(api, KEY.assertion(client_id)).status == 200


def test_the_key_of_a_credential_is_shown_again(api: Api) -> None:
    created = api.create(jwks={"keys": [KEY.jwk]})
    assert api.console("GET", f"/v1/credentials/{created['client_id']}").json == created


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"jwks": {"keys": [KEY.private_jwk]}}, "/jwks/keys/0/d"),
        ({"jwks": KEY.private_jwk}, "/jwks/d"),
        ({"jwks": {}}, "/jwks/keys"),
        ({"jwks": {**KEY.jwk, "keys": [KEY.jwk]}}, "/jwks/keys"),
        ({"jwks": {"keys": []}}, "/jwks/keys"),
        ({"jwks": "https://client.example.com/jwks.json"}, "/jwks"),
        ({"jwks": KEY.jwk, "token_endpoint_auth_method": "client_secret_basic"}, "/token_endpoint_auth_method"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "/jwks"),
        ({"token_endpoint_auth_method": "none"}, "/token_endpoint_auth_method"),
        ({"token_endpoint_auth_method": "client_secret_jwt"}, "/token_endpoint_auth_method"),
    ],
    ids=id_without_value,
)
def test_a_faulty_key_or_method_is_refused_with_its_place(api: Api, fields: dict[str, Any], pointer: str) -> None:
    answer = api.console("POST", "/v1/credentials", {"name": "x", **fields})
    assert answer.status == 400
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_a_credential_with_a_key_gets_no_secret_later(api: Api) -> None:
    answer = api.console("POST", f"/v1/credentials/{create(api)}/secrets", {})
    assert (answer.status, answer.json["type"]) == (409, "urn:problem-type:credential_has_no_secret")


# --- one method, no other ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made_for", ["client_secret_basic", "client_secret_post"])
def test_a_credential_made_for_one_way_of_sending_its_secret_refuses_the_other(api: Api, made_for: str) -> None:
    created = api.create(token_endpoint_auth_method=made_for)
    fields = {key: created[key] for key in ("client_id", "client_secret")}
    post = api.form("/oauth/token", {"grant_type": "client_credentials", **fields})
    answers = {"client_secret_basic": api.exchange(created).status, "client_secret_post": post.status}
    assert answers == {method: 200 if method == made_for else 401 for method in answers}


def test_a_secret_does_not_open_a_credential_with_a_key(api: Api) -> None:
    secret = api.create()["client_secret"]
    assert api.exchange({"client_id": create(api), "client_secret": secret}).json["error"] == "invalid_client"


def test_an_assertion_does_not_open_a_credential_with_a_secret(api: Api) -> None:
    assert exchange(api, KEY.assertion(api.create()["client_id"])).json["error"] == "invalid_client"


def test_two_methods_at_once_are_refused(api: Api) -> None:
    client_id = create(api)
    both = exchange(api, KEY.assertion(client_id), client_secret="accs_x")
    assert (both.status, both.json["error"]) == (400, "invalid_request")
    fields = {"grant_type": "client_credentials", "client_assertion": KEY.assertion(client_id)}
    answer = api.form("/oauth/token", fields, basic(client_id, "accs_x"))
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


# --- the assertion ----------------------------------------------------------------------------------------------------


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
def test_an_assertion_by_the_credentials_key_gets_a_token(api: Api, key: ClientKey) -> None:
    client_id = create(api, key)
    assert exchange(api, key.assertion(client_id)).status == 200
    assert exchange(api, key.assertion(client_id), client_id=client_id).status == 200


@pytest.mark.parametrize(
    "audience", [ISSUER, TOKEN_ENDPOINT, [ISSUER], [ISSUER, TOKEN_ENDPOINT], f"{ISSUER}/", f"{ISSUER}:443/oauth/token"]
)
def test_an_assertion_names_this_server(api: Api, audience: object) -> None:
    assert exchange(api, KEY.assertion(create(api), aud=audience)).status == 200


def test_an_assertion_is_taken_once(api: Api) -> None:
    client_id = create(api)
    assertion = KEY.assertion(client_id)
    assert exchange(api, assertion).status == 200
    assert exchange(api, assertion).json["error"] == "invalid_client"
    assert (
        api.form(
            "/oauth/revoke",
            {"token": "x", "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion},
        ).json["error"]
        == "invalid_client"
    )


def test_two_clients_may_use_the_same_jti(api: Api) -> None:
    for client_id in (create(api), create(api)):
        assert exchange(api, KEY.assertion(client_id, jti="1")).status == 200


def test_an_assertion_by_another_key_does_not_use_up_the_jti(api: Api) -> None:
    client_id = create(api)
    assert exchange(api, ClientKey().assertion(client_id, jti="1")).status == 401
    assert exchange(api, KEY.assertion(client_id, jti="1")).status == 200


def test_of_several_keys_the_one_that_the_header_names_verifies_or_any_where_it_names_none(api: Api) -> None:
    other = ClientKey()
    client_id = create(api, jwks={"keys": [{**KEY.jwk, "kid": "a"}, {**other.jwk, "kid": "b"}]})
    assert exchange(api, other.assertion(client_id, header={"kid": "b"})).status == 200
    assert exchange(api, other.assertion(client_id, header={"kid": "a"})).status == 401
    assert exchange(api, other.assertion(client_id, header={"kid": "c"})).status == 401
    assert exchange(api, other.assertion(client_id)).status == 200
    assert exchange(api, ClientKey().assertion(client_id)).status == 401


@pytest.mark.parametrize(
    ("claims", "wrong"),
    [
        ({"iss": "somebody"}, "iss"),
        ({"iss": None}, "iss"),
        ({"sub": None}, "sub"),
        ({"aud": None}, "aud"),
        ({"aud": "https://api.example.com"}, "aud"),
        ({"aud": "https://credentials.example.com/x"}, "aud"),
        ({"aud": [ISSUER, "https://other.example.com"]}, "aud"),
        ({"aud": []}, "aud"),
        ({"exp": None}, "exp"),
        ({"exp": 1}, "exp"),
        ({"exp": 10**11}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"nbf": 10**11}, "nbf"),
        ({"nbf": "soon"}, "nbf"),
        ({"iat": 10**11}, "iat"),
        ({"iat": "now"}, "iat"),
        ({"jti": None}, "jti"),
        ({"jti": ""}, "jti"),
        ({"jti": "x" * 257}, "jti"),
        ({"jti": 7}, "jti"),
    ],
    ids=json.dumps,
)
def test_an_assertion_with_a_wrong_claim_is_refused_and_the_key_s_holder_learns_which(
    api: Api, claims: dict[str, Any], wrong: str
) -> None:
    answer = exchange(api, KEY.assertion(create(api), **claims))
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert wrong in answer.json["error_description"].split()


def test_who_does_not_hold_the_key_learns_of_no_claim_and_of_no_client(api: Api) -> None:
    client_id = create(api)
    unknown = client_id[:-1] + ("0" if client_id[-1] != "0" else "1")
    descriptions = {
        exchange(api, ClientKey().assertion(named, header=header, **claims)).json["error_description"]
        for named in (client_id, unknown, api.create()["client_id"])
        for header in ({}, {"kid": "x"})
        for claims in ({}, {"aud": "x"}, {"exp": 1})
    }
    assert descriptions == {"Client authentication failed."}


def test_an_assertion_that_says_something_twice_is_refused(api: Api) -> None:
    client_id = create(api)
    claims = json.dumps(jwt.decode(KEY.assertion(client_id), options={"verify_signature": False}))
    for header, payload in (
        (b'{"alg": "ES256"}', claims.replace("{", '{"sub": "somebody", ', 1)),
        (b'{"alg": "none", "alg": "ES256"}', claims),
    ):
        assert exchange(api, KEY.sign_serialized(header, payload.encode())).json["error"] == "invalid_client"
    assert exchange(api, KEY.sign_serialized(b'{"alg": "ES256"}', claims.encode())).status == 200


def test_an_assertion_of_one_client_does_not_pass_for_another(api: Api) -> None:
    mine, theirs = create(api), create(api, ClientKey())
    assert exchange(api, KEY.assertion(theirs)).json["error"] == "invalid_client"
    assert exchange(api, KEY.assertion(mine), client_id=theirs).json["error"] == "invalid_client"


def test_an_assertion_of_a_revoked_credential_is_refused(api: Api) -> None:
    client_id = create(api)
    api.console("POST", f"/v1/credentials/{client_id}/revoke")
    assert exchange(api, KEY.assertion(client_id)).json["error"] == "invalid_client"


@pytest.mark.parametrize("kind", ["", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"])
def test_another_type_of_assertion_is_refused(api: Api, kind: str) -> None:
    answer = exchange(api, KEY.assertion(create(api)), client_assertion_type=kind)
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_an_algorithm_that_is_not_on_the_list_is_refused(api: Api) -> None:
    client_id = create(api)
    claims = jwt.decode(KEY.assertion(client_id), options={"verify_signature": False})
    for forged in (
        jwt.encode(claims, None, "none"),  # type: ignore[arg-type]
        jwt.encode(claims, KEY.jwk["x"], "HS256"),
        ClientKey(rsa_key(), "RS512").sign(claims),
    ):
        assert exchange(api, forged).json["error"] == "invalid_client"


def test_a_key_bound_to_one_algorithm_refuses_the_others(api: Api) -> None:
    key = ClientKey(rsa_key(), "RS256")
    client_id = create(api, jwks={**key.jwk, "alg": "PS256"})
    assert exchange(api, key.assertion(client_id)).status == 401
    assert exchange(api, key.assertion(client_id, header={"alg": "PS256"})).status == 200


def test_no_assertion_is_in_the_log(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    assertion = KEY.assertion(create(api))
    exchange(api, assertion)
    exchange(api, assertion)
    assert assertion.rpartition(".")[2] not in caplog.text
