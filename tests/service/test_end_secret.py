"""A secret is ended: DELETE /v1/credentials/{client_id}/secrets/{secret_id}."""

import pytest

from tests.support.api_client import Api


def test_an_ended_secret_is_refused_at_once_and_the_other_works_on(api: Api) -> None:
    created = api.create()
    one = f"/v1/credentials/{created['client_id']}"
    added = api.console("POST", f"{one}/secrets", {}).json
    assert [api.exchange(secret).status for secret in (created, added)] == [200, 200]
    answer = api.console("DELETE", f"{one}/secrets/{created['secrets'][0]['secret_id']}")
    assert (answer.status, answer.text) == (204, "")
    assert [api.exchange(secret).status for secret in (created, added)] == [401, 200]
    shown = api.console("GET", one).json["secrets"]
    assert [secret["secret_id"] for secret in shown] == [added["secrets"][1]["secret_id"]]


def test_a_token_that_an_ended_secret_got_lasts_until_it_expires(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)
    one = f"/v1/credentials/{created['client_id']}"
    api.console("POST", f"{one}/secrets", {})
    api.console("DELETE", f"{one}/secrets/{created['secrets'][0]['secret_id']}")
    assert api.whoami(token).status == 200


def test_the_last_secret_is_not_ended(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets/{created['secrets'][0]['secret_id']}"
    refused = api.console("DELETE", path)
    assert (refused.status, refused.json["type"]) == (409, "urn:problem-type:last_secret")
    assert api.exchange(created).status == 200


@pytest.mark.parametrize("secret_id", ["aaaaaa", "x", "%2e", "a%20b"])
def test_a_secret_that_is_not_there_is_not_found(api: Api, secret_id: str) -> None:
    answer = api.console("DELETE", f"/v1/credentials/{api.create()['client_id']}/secrets/{secret_id}")
    assert (answer.status, answer.json["type"]) == (404, "urn:problem-type:secret_not_found")


def test_a_viewer_ends_no_secret(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets/{created['secrets'][0]['secret_id']}"
    assert api.console("DELETE", path, roles=["viewer"]).status == 403
