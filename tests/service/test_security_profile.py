"""The FAPI 2.0 Security Profile: chosen for one credential, or for all of a deployment."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.api_client import Answer, Api, claims_of
from tests.support.client_key import ASSERTION_TYPE, TOKEN_ENDPOINT, WHOAMI, ClientKey, rsa_key

KEY = ClientKey()
P384 = ClientKey(ec.generate_private_key(ec.SECP384R1()), "ES384")
ISSUER = "https://credentials.example.com"
CREDENTIALS = "/v1/credentials"


@pytest.fixture
def signing_api(api: Api) -> Api:
    """The service with a signing key that the profile allows."""
    api.restart(RSA_ALGORITHM="PS256")
    return api


@pytest.fixture
def held_api(api: Api) -> Api:
    """The service of a deployment that holds all its clients to the profile."""
    api.restart(SECURITY_PROFILE="fapi2")
    return api


def by_assertion(client_id: str, key: ClientKey = KEY, **claims: Any) -> dict[str, str]:
    return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": key.assertion(client_id, **claims)}


def exchange(api: Api, client_id: str, proof: str | None, key: ClientKey = KEY, **claims: Any) -> Answer:
    form = {"grant_type": "client_credentials", **by_assertion(client_id, key, **claims)}
    return api.form("/oauth/token", form, {} if proof is None else {"DPoP": proof})


def held(api: Api, **fields: Any) -> str:
    return str(api.create(**{"jwks": KEY.jwk, "security_profile": "fapi2", **fields})["client_id"])


def of(client_id: str, *more: str) -> str:
    return "/".join([CREDENTIALS, client_id, *more])


def faults(answer: Answer) -> list[str]:
    assert answer.status == 400, answer.text
    return [error["pointer"] for error in answer.json["errors"]]


# --- a credential -----------------------------------------------------------------------------------------------------


def test_a_credential_says_that_it_is_held_to_the_profile(signing_api: Api) -> None:
    client_id = held(signing_api)
    assert signing_api.console("GET", of(client_id)).json["security_profile"] == "fapi2"
    assert signing_api.console("GET", CREDENTIALS).json["credentials"][0]["security_profile"] == "fapi2"
    (event,) = signing_api.console("GET", "/v1/audit-events?action=credential.created").json["audit_events"]
    assert event["details"]["after"]["security_profile"] == "fapi2"
    assert signing_api.create()["security_profile"] is None


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({}, ["/jwks"]),
        ({"token_endpoint_auth_method": "client_secret_basic"}, ["/jwks"]),
        ({"jwks": KEY.jwk, "token_endpoint_auth_method": "client_secret_post"}, ["/token_endpoint_auth_method"]),
        ({"jwks": P384.jwk}, ["/jwks"]),
        ({"jwks": {"keys": [KEY.jwk, {**P384.jwk, "kid": "b"}]}}, ["/jwks/keys/1"]),
        ({"jwks": {**ClientKey(rsa_key(), "RS256").jwk, "alg": "RS256"}}, ["/jwks"]),
    ],
    ids=["no key", "a secret", "a secret beside a key", "ES384", "ES384 among others", "RS256"],
)
def test_what_the_profile_does_not_allow_is_refused_with_its_place(
    signing_api: Api, fields: dict[str, Any], places: list[str]
) -> None:
    new = {"name": "x", "security_profile": "fapi2", **fields}
    assert faults(signing_api.console("POST", CREDENTIALS, new)) == places


def test_another_profile_is_refused(signing_api: Api) -> None:
    new = {"name": "x", "jwks": KEY.jwk, "security_profile": "fapi1"}
    assert faults(signing_api.console("POST", CREDENTIALS, new)) == ["/security_profile"]


def test_the_profile_can_be_chosen_later_and_taken_away_and_both_are_in_the_audit_trail(signing_api: Api) -> None:
    client_id = signing_api.create(jwks=KEY.jwk)["client_id"]
    for chosen, before in (("fapi2", None), (None, "fapi2")):
        answer = signing_api.console("PATCH", of(client_id), {"security_profile": chosen})
        assert (answer.status, answer.json["security_profile"]) == (200, chosen)
        event = signing_api.console("GET", "/v1/audit-events?limit=1").json["audit_events"][0]
        assert event["details"]["before"] == {"security_profile": before}
        assert event["details"]["after"] == {"security_profile": chosen}


@pytest.mark.parametrize("fields", [{}, {"jwks": P384.jwk}], ids=["a secret", "ES384"])
def test_a_credential_whose_client_could_not_keep_the_profile_is_not_held_to_it(
    signing_api: Api, fields: dict[str, Any]
) -> None:
    client_id = signing_api.create(**fields)["client_id"]
    refused = signing_api.console("PATCH", of(client_id), {"security_profile": "fapi2"})
    assert faults(refused) == ["/security_profile"]


def test_a_further_key_keeps_the_profile_too(signing_api: Api) -> None:
    client_id = held(signing_api)
    assert faults(signing_api.console("POST", of(client_id, "keys"), {"jwk": P384.jwk})) == ["/jwk"]
    assert signing_api.console("POST", of(client_id, "keys"), {"jwk": ClientKey(rsa_key()).jwk}).status == 201


def test_a_client_that_keeps_the_profile_gets_a_bound_token_that_opens_an_api(signing_api: Api) -> None:
    answer = exchange(signing_api, held(signing_api), KEY.proof())
    assert (answer.status, answer.json["token_type"]) == (200, "DPoP")
    token = answer.json["access_token"]
    headers = {"DPoP": KEY.proof(method="GET", url=WHOAMI, access_token=token)}
    assert signing_api.call("GET", "/v1/whoami", headers=headers | {"Authorization": f"DPoP {token}"}).status == 200


@pytest.mark.parametrize(
    ("proof", "claims", "status", "error", "told"),
    [
        (None, {}, 400, "invalid_dpop_proof", "DPoP"),
        (P384, {}, 400, "invalid_dpop_proof", "ES256"),
        (KEY, {"aud": TOKEN_ENDPOINT}, 401, "invalid_client", "issuer"),
        (KEY, {"aud": [ISSUER]}, 401, "invalid_client", "issuer"),
        (KEY, {"aud": f"{ISSUER}/"}, 401, "invalid_client", "issuer"),
    ],
    ids=["no proof", "ES384", "token endpoint", "list", "slash"],
)
def test_a_client_learns_what_it_does_not_keep(
    signing_api: Api, proof: ClientKey | None, claims: dict[str, Any], status: int, error: str, told: str
) -> None:
    answer = exchange(signing_api, held(signing_api), None if proof is None else proof.proof(), **claims)
    assert (answer.status, answer.json["error"]) == (status, error)
    assert told in answer.json["error_description"]


def test_an_assertion_by_rs256_is_refused_to_the_keys_holder_alone_by_its_name(signing_api: Api) -> None:
    key = ClientKey(rsa_key(), "RS256")
    client_id = held(signing_api, jwks=key.jwk)
    told = exchange(signing_api, client_id, KEY.proof(), key).json["error_description"]
    assert told == "alg must be ES256 or PS256."
    assert exchange(signing_api, client_id, KEY.proof(), key, header={"alg": "PS256"}).status == 200
    other = ClientKey(rsa_key(3072), "RS256")
    told = exchange(signing_api, client_id, KEY.proof(), other).json["error_description"]
    assert told == "Client authentication failed."


@pytest.mark.parametrize("seconds", [10, 61])
def test_clocks_may_differ_as_far_as_the_profile_says(signing_api: Api, seconds: int) -> None:
    client_id, ahead = held(signing_api), int(signing_api.clock()) + seconds
    statuses = (
        exchange(signing_api, client_id, KEY.proof(), iat=ahead, exp=ahead + 60).status,
        exchange(signing_api, client_id, KEY.proof(), nbf=ahead, exp=ahead + 60).status,
        exchange(signing_api, client_id, KEY.proof(iat=ahead)).status,
        exchange(signing_api, client_id, KEY.proof(nbf=ahead)).status,
    )
    assert statuses == ((200,) * 4 if seconds == 10 else (401, 401, 400, 400))


def test_bearer_tokens_end_at_once_when_their_credential_is_held_to_the_profile(signing_api: Api) -> None:
    client_id = signing_api.create(jwks=KEY.jwk)["client_id"]
    token = exchange(signing_api, client_id, None).json["access_token"]
    introspecting = signing_api.create(scopes=["introspect"])
    assert signing_api.whoami(token).status == 200
    signing_api.console("PATCH", of(client_id), {"security_profile": "fapi2"})
    assert signing_api.whoami(token).status == 403
    assert signing_api.introspect(introspecting, token) == {"active": False}


def test_where_tokens_are_signed_by_rs256_nobody_is_held_to_what_the_service_itself_does_not_keep(api: Api) -> None:
    api.run_schedule("rotate_signing_keys")
    new = {"name": "x", "jwks": KEY.jwk, "security_profile": "fapi2"}
    refused = api.console("POST", CREDENTIALS, new)
    assert faults(refused) == ["/security_profile"]
    assert "RS256" in refused.json["errors"][0]["detail"]
    client_id = api.create(jwks=KEY.jwk)["client_id"]
    assert faults(api.console("PATCH", of(client_id), {"security_profile": "fapi2"})) == ["/security_profile"]


def test_no_token_is_signed_by_an_algorithm_that_the_profile_does_not_allow(api: Api) -> None:
    client_id = held(api)  # before the first key is published: it is not known yet how it signs
    answer = exchange(api, client_id, KEY.proof())
    assert (answer.status, answer.json["error"]) == (503, "signing_key_not_allowed")
    assert "RS256" in answer.json["error_description"]


# --- credentials that manage ------------------------------------------------------------------------------------------


class Manager:
    """A credential that manages, held to the profile itself if ``fields`` say so."""

    def __init__(self, api: Api, *scopes: str, **fields: Any) -> None:
        self._api = api
        self.client_id = str(api.create(jwks=KEY.jwk, scopes=["credentials:write", *scopes], **fields)["client_id"])
        form = {"grant_type": "client_credentials", "resource": ISSUER, **by_assertion(self.client_id)}
        self.token = api.form("/oauth/token", form, {"DPoP": KEY.proof()}).json["access_token"]

    def __call__(self, method: str, path: str, body: object) -> Answer:
        proof = KEY.proof(method=method, url=ISSUER + path, access_token=self.token)
        headers = {"Authorization": f"DPoP {self.token}", "DPoP": proof, "Content-Type": "application/json"}
        return self._api.call(method, path, headers=headers, body=json.dumps(body))


def test_a_manager_may_hold_another_credential_to_the_profile_and_only_a_console_user_may_let_it_go(
    signing_api: Api,
) -> None:
    manager = Manager(signing_api, "credentials:delegate")
    other = signing_api.create(jwks=KEY.jwk, scopes=[])["client_id"]
    assert manager("PATCH", of(other), {"security_profile": "fapi2"}).status == 200
    refused = manager("PATCH", of(other), {"security_profile": None})
    assert (refused.status, refused.json["type"]) == (403, "urn:problem-type:forbidden")
    assert "security profile" in refused.json["detail"]
    assert signing_api.console("GET", of(other)).json["security_profile"] == "fapi2"
    assert signing_api.console("PATCH", of(other), {"security_profile": None}, roles=["viewer"]).status == 403
    assert signing_api.console("PATCH", of(other), {"security_profile": None}).status == 200


def test_who_is_held_to_the_profile_gives_its_scopes_to_none_that_is_not(signing_api: Api) -> None:
    manager = Manager(signing_api, "orders:read", security_profile="fapi2")
    plain = {"name": "x", "scopes": ["orders:read"]}
    other = signing_api.create(jwks=KEY.jwk)["client_id"]
    refused = [
        manager("POST", CREDENTIALS, plain),
        manager("PATCH", of(other), {"name": "y"}),
        manager("POST", of(other, "keys"), {"jwk": ClientKey().jwk}),
        manager("POST", of(signing_api.create()["client_id"], "secrets"), {}),
    ]
    assert {answer.json["type"] for answer in refused} == {"urn:problem-type:security_profile_required"}
    held_too = plain | {"jwks": ClientKey().jwk, "security_profile": "fapi2"}
    assert manager("POST", CREDENTIALS, held_too).status == 201


# --- a deployment -----------------------------------------------------------------------------------------------------


def test_a_deployment_makes_no_secrets(held_api: Api) -> None:
    assert faults(held_api.console("POST", CREDENTIALS, {"name": "x"})) == ["/jwks"]
    assert faults(held_api.console("POST", CREDENTIALS, {"name": "x", "jwks": P384.jwk})) == ["/jwks"]
    made = held_api.create(jwks=KEY.jwk)
    assert exchange(held_api, made["client_id"], KEY.proof()).status == 200
    assert exchange(held_api, made["client_id"], None).json["error"] == "invalid_dpop_proof"
    assert exchange(held_api, made["client_id"], KEY.proof(), aud=TOKEN_ENDPOINT).json["error"] == "invalid_client"


def test_secrets_of_before_are_refused_and_not_renewed(api: Api) -> None:
    created = api.create()
    bearer = api.access_token(created)
    assert api.whoami(bearer).status == 200
    api.restart(SECURITY_PROFILE="fapi2")
    refused = [
        api.exchange(created),
        api.form("/oauth/token", {"grant_type": "client_credentials"} | client_of(created)),
        api.ask("/oauth/introspect", created, token="x"),
        api.ask("/oauth/revoke", created, token="x"),
    ]
    assert {(answer.status, answer.json["error"]) for answer in refused} == {(401, "invalid_client")}
    assert all("private_key_jwt" in answer.json["error_description"] for answer in refused)
    assert api.whoami(bearer).status == 403
    another = api.console("POST", of(created["client_id"], "secrets"), {})
    assert (another.status, another.json["type"]) == (409, "urn:problem-type:shared_secrets_not_allowed")
    assert api.console("POST", of(created["client_id"], "revoke")).status == 200


def client_of(created: dict[str, Any]) -> dict[str, str]:
    return {name: created[name] for name in ("client_id", "client_secret")}


def test_a_deployments_metadata_names_what_the_profile_allows_and_nothing_else(held_api: Api) -> None:
    said = held_api.call("GET", "/.well-known/oauth-authorization-server").json
    for endpoint in ("token", "introspection", "revocation"):
        assert said[f"{endpoint}_endpoint_auth_methods_supported"] == ["private_key_jwt"]
        assert said[f"{endpoint}_endpoint_auth_signing_alg_values_supported"] == ["ES256", "PS256"]
    assert said["dpop_signing_alg_values_supported"] == ["ES256", "PS256"]
    assert sorted(said["id_token_signing_alg_values_supported"]) == ["ES256", "PS256"]
    assert said["grant_types_supported"] == ["client_credentials"]
    resource = held_api.call("GET", "/.well-known/oauth-protected-resource").json
    assert resource["dpop_bound_access_tokens_required"] is True
    assert resource["dpop_signing_alg_values_supported"] == ["ES256", "PS256"]


def test_a_deployments_keys_and_tokens_are_of_the_profile(held_api: Api) -> None:
    held_api.run_schedule("rotate_signing_keys")
    (key,) = held_api.call("GET", "/.well-known/jwks.json").json["keys"]
    assert key["alg"] == "PS256"
    token = exchange(held_api, held_api.create(jwks=KEY.jwk)["client_id"], KEY.proof()).json["access_token"]
    assert claims_of(token)["cnf"].keys() == {"jkt"}


def test_a_deployment_whose_key_was_published_for_rs256_signs_nothing_until_it_has_another(api: Api) -> None:
    api.run_schedule("rotate_signing_keys")
    api.restart(SECURITY_PROFILE="fapi2")
    client_id = api.create(jwks=KEY.jwk)["client_id"]
    assert exchange(api, client_id, KEY.proof()).status == 503
