"""A credential, and a tenant, get as many tokens a minute as the operator allows."""

from collections import Counter
from typing import Any

import pytest

from tests.support.api_client import Api
from tests.support.client_key import ASSERTION_TYPE, ClientKey

EPOCH = 1_800_000_000


@pytest.fixture(autouse=True)
def a_fixed_time(api: Api) -> None:
    """A minute begins here; the clock runs on, for far less than a minute."""
    api.clock.set(EPOCH)


def reasons(api: Api) -> list[str]:
    events = api.console("GET", "/v1/audit-events").json["audit_events"]
    return [event["details"]["reason"] for event in events if event["action"] == "credential.refused"]


def writes_of(api: Api, credential: dict[str, Any]) -> int:
    """The UpdateItem calls of one exchange."""
    calls: Counter[str] = Counter()

    def count(model: Any, **_: object) -> None:
        calls[model.name] += 1

    api.clients.dynamodb.meta.events.register("before-call", count, unique_id="calls")
    try:
        assert api.exchange(credential).status == 200
    finally:
        api.clients.dynamodb.meta.events.unregister("before-call", unique_id="calls")
    return calls["UpdateItem"]


def test_one_too_many_is_429_until_the_next_minute(api: Api) -> None:
    api.restart(MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL="3")
    created = api.create()
    assert [api.exchange(created).status for _ in range(3)] == [200] * 3
    refused = api.exchange(created)
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json["error"] == "exchange_limit_reached"
    assert reasons(api) == ["limit"]
    assert api.exchange(api.create()).status == 200
    api.clock.set(EPOCH + 60)
    assert api.exchange(created).status == 200


def test_the_credentials_of_a_tenant_share_its_limit(api: Api) -> None:
    api.restart(MAX_EXCHANGES_PER_MINUTE_PER_TENANT="2")
    clients = [api.create() for _ in range(3)]
    assert [api.exchange(client).status for client in clients] == [200, 200, 429]


def test_a_client_that_signs_has_the_limit_too(api: Api) -> None:
    api.restart(MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL="1")
    key = ClientKey()
    created = api.create(jwks={"keys": [key.jwk]})

    def ask(jti: str) -> int:
        assertion = key.assertion(created["client_id"], exp=EPOCH + 60, iat=EPOCH, jti=jti)
        form = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
        return api.form("/oauth/token", form | {"grant_type": "client_credentials"}).status

    assert [ask("one"), ask("two")] == [200, 429]


def test_who_does_not_hold_the_secret_uses_nothing_up(api: Api) -> None:
    api.restart(MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL="1")
    created = api.create()
    secret = created["client_secret"]
    almost = created | {"client_secret": secret[:-1] + ("a" if secret[-1] != "a" else "b")}
    assert {api.exchange(almost).status for _ in range(3)} == {401}
    assert api.exchange(created).status == 200


@pytest.mark.parametrize("path", ["/oauth/introspect", "/oauth/revoke"])
def test_only_the_exchange_counts(api: Api, path: str) -> None:
    api.restart(MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL="1")
    created = api.create(scopes=["introspect"])
    token = api.access_token(created)
    assert {api.ask(path, created, token=token).status for _ in range(2)} == {200}


def test_each_limit_is_one_write_and_none_is_free(api: Api) -> None:
    used = {"LAST_USED_INTERVAL_SECONDS": "0", "TOKEN_REUSE_SECONDS": "60"}
    created = api.create()
    writes = []
    for limits in (
        {},
        {"MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL": "9"},
        {"MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL": "9", "MAX_EXCHANGES_PER_MINUTE_PER_TENANT": "9"},
    ):
        api.restart(**used, **limits)
        writes.append(writes_of(api, created))
    assert writes == [0, 1, 2]
