"""A credential that may be used from some addresses alone: at the exchange, at the authorizer, in introspection."""

import pytest

import app
from tests.support.api_client import Api
from tests.support.authorizer_events import request_event

HERE = "127.0.0.1/32"
ELSEWHERE = "203.0.113.0/24"


def test_the_exchange_is_refused_from_elsewhere_and_says_why_to_who_has_the_secret(api: Api) -> None:
    created = api.create(allowed_addresses=[ELSEWHERE])
    answer = api.exchange(created)
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert answer.json["error_description"] == "The credential may not be used from this address."
    other = api.create()["client_secret"]
    unproven = api.exchange(created | {"client_secret": other})
    assert unproven.json["error_description"] == "Client authentication failed."


def test_an_edit_takes_effect_at_the_next_exchange_and_at_tokens_there_are(api: Api) -> None:
    created = api.create(allowed_addresses=[HERE])
    token = api.access_token(created)
    assert allowed_from("127.0.0.1", token)
    path = f"/v1/credentials/{created['client_id']}"
    api.console("PATCH", path, {"allowed_addresses": [ELSEWHERE]})
    assert api.exchange(created).status == 401
    assert not allowed_from("127.0.0.1", token)
    assert allowed_from("203.0.113.7", token)
    api.console("PATCH", path, {"allowed_addresses": None})
    assert api.exchange(created).status == 200
    assert allowed_from("127.0.0.1", token)


def test_introspection_says_where_a_token_may_be_used(api: Api) -> None:
    asking = api.create(scopes=["introspect"])
    limited = api.access_token(api.create(allowed_addresses=[HERE]))
    assert api.introspect(asking, limited)["allowed_addresses"] == [HERE]
    assert "allowed_addresses" not in api.introspect(asking, api.access_token(api.create()))


def test_a_limited_credential_introspects_and_revokes_from_its_addresses_alone(api: Api) -> None:
    created = api.create(scopes=["introspect"], allowed_addresses=[HERE])
    token = api.access_token(created)
    api.console("PATCH", f"/v1/credentials/{created['client_id']}", {"allowed_addresses": [ELSEWHERE]})
    for path in ("/oauth/introspect", "/oauth/revoke"):
        assert api.ask(path, created, token=token).status == 401


@pytest.mark.parametrize(
    ("forwarded", "status"),
    [("203.0.113.7, 127.0.0.1", 200), ("127.0.0.1", 401), ("203.0.113.7, 10.0.0.1, 127.0.0.1", 401), (None, 401)],
)
def test_behind_a_proxy_the_address_before_it_counts(api: Api, forwarded: str | None, status: int) -> None:
    created = api.create(allowed_addresses=[ELSEWHERE])
    api.restart(TRUSTED_PROXIES="1")
    assert api.exchange_with({"X-Forwarded-For": forwarded} if forwarded else {}, created).status == status


def test_a_credential_without_a_limit_is_used_from_anywhere_even_where_that_cannot_be_told(api: Api) -> None:
    created = api.create()
    api.restart(TRUSTED_PROXIES="1")
    assert api.exchange(created).status == 200


def allowed_from(address: str, token: str) -> bool:
    event = request_event(f"Bearer {token}")
    event["requestContext"]["identity"] = {"sourceIp": address}
    return bool(app.access_token(event, {})["policyDocument"]["Statement"][0]["Resource"])
