"""Token Status Lists, read as a verifier reads them."""

from typing import Any

import jwt
import pytest
from jwt.types import Options

from tests.support.api_client import Api
from tests.support.tenant_lab import bits_of

OPTIONS: Options = {"verify_aud": False, "verify_iat": False}
"""PyJWT's clock is the machine's, and the service's is set ahead here."""


class Verifier:
    """A resource server that verifies offline and follows status lists, by the service's clock."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._cache: dict[str, tuple[float, float, str]] = {}

    def accepts(self, token: str) -> bool:
        claims = self._claims(token, "at+jwt")
        reference = claims["status"]["status_list"]
        fetched_at, ttl, cached = self._cache.get(reference["uri"], (0.0, -1.0, ""))
        if self._api.clock.shift - fetched_at >= ttl:
            cached = self._fetch(reference["uri"])
        index: int = reference["idx"]
        return bits_of(cached)[index] == 0

    def _fetch(self, uri: str) -> str:
        answer = self._api.call("GET", uri.removeprefix("https://credentials.example.com"))
        assert answer.status == 200, answer.text
        assert answer.headers["Content-Type"] == "application/statuslist+jwt"
        claims = self._claims(answer.text, "statuslist+jwt")
        assert claims["sub"] == uri
        self._cache[uri] = (self._api.clock.shift, claims["ttl"], answer.text)
        return answer.text

    def _claims(self, token: str, type_: str) -> dict[str, Any]:
        (key,) = self._api.call("GET", "/.well-known/jwks.json").json["keys"]
        assert jwt.get_unverified_header(token)["typ"] == type_
        claims: dict[str, Any] = jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], options=OPTIONS)
        return claims


@pytest.fixture
def verifier(api: Api) -> Verifier:
    return Verifier(api)


def test_a_live_credential_s_token_is_accepted(api: Api, verifier: Verifier) -> None:
    assert verifier.accepts(api.access_token(api.create()))


def test_a_revocation_reaches_a_verifier_within_the_ttl(api: Api, verifier: Verifier) -> None:
    credential, other = api.create(), api.create()
    token, other_token = api.access_token(credential), api.access_token(other)
    assert verifier.accepts(token)
    api.console("POST", f"/v1/credentials/{credential['client_id']}/revoke")
    api.clock.shift += api.zones.settings.status_list_ttl
    assert not verifier.accepts(token)
    assert verifier.accepts(other_token)


def test_a_revoke_all_reaches_a_verifier_within_the_ttl(api: Api, verifier: Verifier) -> None:
    tokens = [api.access_token(api.create()) for _ in range(3)]
    assert all(verifier.accepts(token) for token in tokens)
    api.console("POST", "/v1/credentials/revoke-all")
    new = api.access_token(api.create())
    api.clock.shift += api.zones.settings.status_list_ttl
    assert not any(verifier.accepts(token) for token in tokens)
    assert verifier.accepts(new)


def test_the_caches_on_the_way_and_the_ttl_add_up_to_the_setting(api: Api) -> None:
    lists = api.zones.oauth.status_lists
    uri = f"/status-lists/{api.create()['client_id'][4:30]}/0"
    claims = jwt.decode(api.call("GET", uri).text, options={"verify_signature": False})
    assert claims["ttl"] + 2 * lists.max_age <= api.zones.settings.status_list_ttl
    assert claims["exp"] - claims["iat"] == api.zones.settings.status_list_ttl


@pytest.mark.parametrize("path", ["nobody/0", "{tenant}/1", "{tenant}/-1", "{tenant}/00", "{tenant}/x", "{other}/0"])
def test_a_list_that_is_not_there_is_not_found(api: Api, path: str) -> None:
    tenant = api.create()["client_id"][4:30]
    answer = api.call("GET", "/status-lists/" + path.format(tenant=tenant, other="0" * 26))
    assert (answer.status, answer.json["type"]) == (404, "urn:problem-type:status_list_not_found")


def test_a_token_says_nothing_of_its_status_where_lists_are_turned_off(api: Api) -> None:
    api.restart(STATUS_LIST_TTL_SECONDS="0")
    assert "status" not in jwt.decode(api.access_token(api.create()), options={"verify_signature": False})


def test_an_earlier_list_is_not_kept_and_that_is_said(api: Api) -> None:
    path = f"/status-lists/{api.create()['client_id'][4:30]}/0?time=1686925000"
    answer = api.call("GET", path)
    assert (answer.status, answer.json["type"]) == (501, "urn:problem-type:status_list_history_not_kept")


# --- aggregation ------------------------------------------------------------------------------------------------------


def aggregated(api: Api, token: str) -> list[str]:
    answer = api.call("GET", "/status-lists", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    lists: list[str] = answer.json["status_lists"]
    return lists


def uri_of(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return str(claims["status"]["status_list"]["uri"])


def other_tenant_s_token(api: Api) -> str:
    headers = {"Authorization": f"Bearer {api.identity_provider.token(tenant='globex')}"}
    created = api.call(
        "POST", "/v1/credentials", headers=headers | {"Content-Type": "application/json"}, body='{"name": "Theirs"}'
    )
    return api.access_token(created.json)


def test_a_client_learns_of_its_own_tenant_s_lists_alone(api: Api) -> None:
    mine, theirs = api.access_token(api.create()), other_tenant_s_token(api)
    assert aggregated(api, mine) == [uri_of(mine)]
    assert aggregated(api, theirs) == [uri_of(theirs)]


def test_the_vendor_s_own_clients_learn_of_every_tenant_s_lists(api: Api) -> None:
    api.restart(VENDOR_TENANTS="acme")
    mine, theirs = api.access_token(api.create()), other_tenant_s_token(api)
    assert {uri_of(mine), uri_of(theirs)} <= set(aggregated(api, mine))
    assert aggregated(api, theirs) == [uri_of(theirs)]
    for uri in aggregated(api, mine):
        assert api.call("GET", uri.removeprefix("https://credentials.example.com")).status == 200


def test_nobody_learns_of_lists_without_a_token(api: Api) -> None:
    assert api.call("GET", "/status-lists").status == 401


def test_the_metadata_says_where_the_lists_are_named_if_there_are_any(api: Api) -> None:
    def said() -> Any:
        return api.call("GET", "/.well-known/oauth-authorization-server").json.get("status_list_aggregation_endpoint")

    token = api.access_token(api.create())
    assert said() == "https://credentials.example.com/status-lists"
    api.restart(STATUS_LIST_TTL_SECONDS="0")
    assert said() is None
    assert api.call("GET", "/status-lists", headers={"Authorization": f"Bearer {token}"}).status == 404
