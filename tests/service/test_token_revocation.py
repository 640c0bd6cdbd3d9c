"""Revocation of a token by its client (RFC 7009)."""

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.support.api_client import Api


def test_a_client_ends_its_token_everywhere_at_once(api: Api) -> None:
    created = api.create(scopes=["orders:read", "orders:write"])
    token, kept = api.access_token(created), api.access_token(created, scope="orders:read")
    answer = api.ask("/oauth/revoke", created, token=token)
    assert (answer.status, answer.text) == (200, "")
    assert api.whoami(token).status == 403
    assert api.introspect(api.create(scopes=["introspect"]), token) == {"active": False}
    assert api.whoami(kept).status == 200


def test_to_end_a_token_twice_is_to_end_it(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)
    assert [api.ask("/oauth/revoke", created, token=token).status for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "accs_x"])
def test_what_is_no_token_is_as_good_as_revoked(api: Api, token: str) -> None:
    assert api.ask("/oauth/revoke", api.create(), token=token).status == 200


def test_another_clients_token_stays(api: Api) -> None:
    token = api.access_token(api.create())
    answer = api.ask("/oauth/revoke", api.create(), token=token)
    assert (answer.status, answer.json["error"]) == (400, "unauthorized_client")
    assert api.whoami(token).status == 200


def test_revocation_needs_a_client(api: Api) -> None:
    token = api.access_token(api.create())
    assert api.form("/oauth/revoke", {"token": token}).json["error"] == "invalid_client"
    assert api.whoami(token).status == 200


def test_a_revocation_that_is_not_stored_is_not_confirmed(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)

    def unreachable(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb.eu-central-1.amazonaws.com")

    api.clients.dynamodb.meta.events.register("before-call.dynamodb.PutItem", unreachable)
    answer = api.ask("/oauth/revoke", created, token=token)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
