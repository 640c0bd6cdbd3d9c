"""A credential manages credentials: with an access token for this service, and within what it has itself."""

import json
from typing import Any

import pytest

from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import ClientKey

ISSUER = "https://credentials.example.com"
CREDENTIALS = "/v1/credentials"
WRITE = "credentials:write"


class Machine:
    """A credential with these scopes and its access token, or that of a further scope parameter."""

    def __init__(self, api: Api, *scopes: str, **fields: str) -> None:
        self._api = api
        self.credential = api.create("Pipeline", scopes=scopes)
        self.client_id: str = self.credential["client_id"]
        self.token = api.access_token(self.credential, resource=ISSUER, **fields)

    def __call__(self, method: str, path: str, body: object = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self._api.call(method, path, headers=headers, body=None if body is None else json.dumps(body))


def of(client_id: str, *more: str) -> str:
    return "/".join([CREDENTIALS, client_id, *more])


def test_what_a_credential_made_names_it_as_its_maker(api: Api) -> None:
    machine = Machine(api, WRITE, "orders:read")
    made = machine("POST", CREDENTIALS, {"name": "made", "scopes": ["orders:read"]}).json
    itself = {"type": "credential", "subject": machine.client_id, "name": "Pipeline"}
    assert made["created_by"] == itself
    event = api.console("GET", "/v1/audit-events?limit=1").json["audit_events"][0]
    assert (event["action"], event["actor"], event["client_id"]) == ("credential.created", itself, made["client_id"])
    assert api.exchange(made).status == 200


def test_a_credential_learns_who_it_is_and_what_it_may_give(api: Api) -> None:
    known = Machine(api, WRITE, "orders:read", "credentials:read")("GET", "/v1/console-user").json
    assert (known["name"], known["roles"]) == ("Pipeline", ["admin"])
    assert [scope["name"] for scope in known["scopes"]] == ["orders:read"]


def test_an_admin_is_offered_the_management_scopes_and_no_credential_gets_them_by_default(api: Api) -> None:
    offered = {scope["name"] for scope in api.console("GET", "/v1/console-user").json["scopes"]}
    assert {"credentials:read", WRITE, "credentials:rotate", "credentials:delegate"} <= offered
    assert api.create()["scopes"] == ["orders:read"]


def test_a_token_for_another_api_manages_nothing(api: Api) -> None:
    machine = Machine(api, WRITE)
    for resource in ("https://api.example.com", "https://reports.example.com"):
        machine.token = api.access_token(machine.credential, resource=resource)
        assert machine("GET", CREDENTIALS).status in (401, 403)


def test_a_scope_that_the_token_does_not_have_is_not_used(api: Api) -> None:
    machine = Machine(api, WRITE, "credentials:read", scope="credentials:read")
    assert machine("GET", CREDENTIALS).status == 200
    assert machine("POST", CREDENTIALS, {"name": "x", "scopes": []}).status == 403


def test_a_scope_that_was_taken_away_is_gone_at_once(api: Api) -> None:
    machine = Machine(api, WRITE, "orders:read")
    assert machine("GET", CREDENTIALS).status == 200
    assert api.console("PATCH", of(machine.client_id), {"scopes": ["orders:read"]}).status == 200
    assert machine("GET", CREDENTIALS).status == 403


@pytest.mark.parametrize("given", [["orders:write"], ["orders:read", WRITE], ["credentials:rotate"], None])
def test_a_credential_gives_no_scope_that_it_may_not_give(api: Api, given: list[str] | None) -> None:
    machine = Machine(api, WRITE, "credentials:rotate", *(["orders:read"] if given else []))
    refused = machine("POST", CREDENTIALS, {"name": "x"} | ({} if given is None else {"scopes": given}))
    assert (refused.status, refused.json["type"]) == (403, "urn:problem-type:insufficient_scope")
    assert (given or ["orders:read"])[-1] in refused.json["detail"]
    plain = api.create(scopes=[])
    assert machine("PATCH", of(plain["client_id"]), {"scopes": given or ["orders:read"]}).status == 403
    assert api.console("GET", of(plain["client_id"])).json["scopes"] == []


@pytest.mark.parametrize("stronger", ["orders:write", "credentials:read"])
def test_no_way_leads_to_a_credential_that_has_more(api: Api, stronger: str) -> None:
    """Whoever can make a secret or a key of a credential has its scopes; whoever brings it back gives them again."""
    machine = Machine(api, WRITE, "orders:read")
    secret = api.create(scopes=[stronger])["client_id"]
    key = api.create(scopes=[stronger], jwks=dict(ClientKey().jwk))["client_id"]
    api.console("POST", of(secret, "suspend"))
    before = [api.console("GET", of(client_id)).json for client_id in (secret, key)]
    assert machine("POST", of(secret, "secrets"), {}).status == 403
    assert machine("POST", of(key, "keys"), {"jwk": dict(ClientKey().jwk)}).status == 403
    assert machine("POST", of(secret, "resume")).status == 403
    assert machine("PATCH", of(secret), {"expires_at": None}).status == 403
    assert [api.console("GET", of(client_id)).json for client_id in (secret, key)] == before
    assert machine("POST", of(secret, "revoke")).status == 200


def test_a_credential_that_an_admin_let_makes_another_manager_but_none_that_makes_more(api: Api) -> None:
    machine = Machine(api, WRITE, "credentials:delegate", "credentials:rotate")
    made = machine("POST", CREDENTIALS, {"name": "x", "scopes": [WRITE, "credentials:rotate"]})
    assert made.status == 201
    for given in ("credentials:delegate", "credentials:read"):
        assert machine("POST", CREDENTIALS, {"name": "x", "scopes": [given]}).status == 403


def test_a_credential_does_not_edit_itself(api: Api) -> None:
    machine = Machine(api, WRITE, "credentials:delegate")
    refused = machine("PATCH", of(machine.client_id), {"expires_at": None})
    assert (refused.status, refused.json["type"]) == (403, "urn:problem-type:own_credential")


def test_a_credential_rotates_itself_and_its_old_secret_ends(api: Api) -> None:
    machine = Machine(api, "credentials:rotate", "orders:read")
    old = machine.credential["secrets"][0]["secret_id"]
    added = machine("POST", of(machine.client_id, "secrets"), {}).json
    assert api.exchange(added).status == 200
    assert machine("DELETE", of(machine.client_id, "secrets", old)).status == 204
    assert api.exchange(machine.credential).status == 401
    assert api.exchange(added).status == 200


def test_a_credential_rotates_its_own_keys_with_a_token_bound_to_one(api: Api) -> None:
    signing, proving, further = ClientKey(), ClientKey(), ClientKey()
    scopes = ["credentials:rotate"]
    created = api.create(scopes=scopes, jwks={"keys": [signing.jwk | {"kid": "a"}]})
    client_id = created["client_id"]
    form = {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}
    form |= {"client_assertion": signing.assertion(client_id, header={"kid": "a"})}
    form |= {"grant_type": "client_credentials", "resource": ISSUER}
    token = api.form("/oauth/token", form, {"DPoP": proving.proof()}).json["access_token"]

    def rotate(method: str, path: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"DPoP {token}", "Content-Type": "application/json"}
        proof = proving.proof(method=method, url=ISSUER + path, access_token=token)
        return api.call(method, path, headers=headers | {"DPoP": proof}, body=json.dumps(body) if body else None)

    assert rotate("POST", of(client_id, "keys"), {"jwk": further.jwk | {"kid": "b"}}).status == 201
    assert rotate("DELETE", of(client_id, "keys", "a")).status == 204
    keys = api.console("GET", of(client_id)).json["jwks"]["keys"]
    assert [key["kid"] for key in keys] == ["b"]


def test_a_bound_token_needs_its_proof_each_time(api: Api) -> None:
    created, key = api.create(scopes=[WRITE]), ClientKey()
    client = basic(created["client_id"], created["client_secret"]) | {"DPoP": key.proof()}
    token = api.form("/oauth/token", {"grant_type": "client_credentials", "resource": ISSUER}, client).json
    bound = token["access_token"]
    proof = key.proof(method="GET", url=ISSUER + CREDENTIALS, access_token=bound)

    def status(**headers: str) -> int:
        return api.call("GET", CREDENTIALS, headers=headers).status

    assert status(Authorization=f"DPoP {bound}", DPoP=proof) == 200
    assert status(Authorization=f"DPoP {bound}", DPoP=proof) in (401, 403)
    assert status(Authorization=f"DPoP {bound}") in (401, 403)
    assert status(Authorization=f"Bearer {bound}") in (401, 403)


@pytest.mark.parametrize("end", ["suspend", "revoke", "revoke-all", "token"])
def test_a_credential_that_ended_manages_nothing_from_that_moment(api: Api, end: str) -> None:
    machine = Machine(api, WRITE)
    assert machine("GET", CREDENTIALS).status == 200
    if end == "token":
        assert api.ask("/oauth/revoke", machine.credential, token=machine.token).status == 200
    else:
        api.console("POST", f"{CREDENTIALS}/revoke-all" if end == "revoke-all" else of(machine.client_id, end))
    assert machine("GET", CREDENTIALS).status in (401, 403)


def test_a_credential_that_revokes_all_ends_itself_and_gets_the_answer(api: Api) -> None:
    machine = Machine(api, WRITE)
    answer = machine("POST", f"{CREDENTIALS}/revoke-all")
    assert (answer.status, answer.json["total"]) == (202, 1)
    assert answer.json["revoked_by"]["subject"] == machine.client_id
    assert machine("GET", CREDENTIALS).status in (401, 403)
    assert api.exchange(machine.credential).status == 401


def test_a_credential_without_a_management_scope_is_told_what_it_lacks(api: Api) -> None:
    answer = Machine(api, "orders:read")("GET", CREDENTIALS)
    assert (answer.status, answer.json["type"]) == (403, "urn:problem-type:insufficient_scope")
    assert "credentials:read" in answer.json["detail"]


def test_the_metadata_offers_clients_no_management_scope_to_ask_for(api: Api) -> None:
    """Clients ask for every scope that the metadata lists, and would be refused."""
    metadata = api.call("GET", "/.well-known/oauth-authorization-server").json
    assert not [scope for scope in metadata["scopes_supported"] if scope.startswith("credentials:")]
