"""An admin sees when a credential, a secret and a key were last used, and from which network."""

from typing import Any

import pytest

from tests.support.api_client import Api
from tests.support.aws_calls import calls_to_aws
from tests.support.client_key import ASSERTION_TYPE, ClientKey

NOW = "2027-01-15T08:00:00Z"
EPOCH = 1_800_000_000
HERE = "127.0.0.0/24"


@pytest.fixture(autouse=True)
def a_fixed_time(api: Api) -> None:
    api.clock.set(EPOCH)


def shown(api: Api, credential: dict[str, Any]) -> Any:
    return api.console("GET", f"/v1/credentials/{credential['client_id']}").json


def calls_of(api: Api, credential: dict[str, Any]) -> dict[str, int]:
    """The calls to AWS of one exchange."""
    with calls_to_aws(api) as calls:
        assert api.exchange(credential).status == 200
    return dict(calls)


def test_a_new_credential_was_never_used(api: Api) -> None:
    created = api.create()
    assert (created["last_used_at"], created["last_used_from"]) == (None, None)
    assert [secret["last_used_at"] for secret in created["secrets"]] == [None]


def test_an_exchange_shows_in_the_credential_and_its_secret_and_changes_no_version(api: Api) -> None:
    created = api.create()
    api.exchange(created)
    one = api.console("GET", f"/v1/credentials/{created['client_id']}")
    assert one.headers["ETag"] == '"1"'
    (secret,) = one.json["secrets"]
    for used in (one.json, secret):
        assert (used["last_used_at"], used["last_used_from"]) == (NOW, HERE)
    assert api.console("GET", "/v1/credentials").json["credentials"] == [one.json]


def test_of_two_secrets_each_has_its_own(api: Api) -> None:
    created = api.create()
    api.exchange(created)
    api.clock.set(EPOCH + 900)
    added = api.console("POST", f"/v1/credentials/{created['client_id']}/secrets", {}).json
    api.exchange(added)
    after = shown(api, created)
    times = {secret["secret_id"]: secret["last_used_at"] for secret in after["secrets"]}
    first = created["secrets"][0]["secret_id"]
    (second,) = times.keys() - {first}
    assert (times[first], times[second]) == (NOW, "2027-01-15T08:15:00Z")
    assert after["last_used_at"] == "2027-01-15T08:15:00Z"


def test_a_key_has_its_own_too(api: Api) -> None:
    key = ClientKey()
    created = api.create(jwks={"keys": [key.jwk | {"kid": "one"}, ClientKey().jwk | {"kid": "two"}]})
    assertion = key.assertion(created["client_id"], kid="one", exp=EPOCH + 60, iat=EPOCH)
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    assert api.form("/oauth/token", form).status == 200
    assert shown(api, created)["keys"] == [
        {"kid": "one", "last_used_at": NOW, "last_used_from": HERE},
        {"kid": "two", "last_used_at": None, "last_used_from": None},
    ]


@pytest.mark.parametrize("path", ["/oauth/introspect", "/oauth/revoke"])
def test_to_introspect_and_to_revoke_a_token_is_to_use_the_credential(api: Api, path: str) -> None:
    created = api.create(scopes=["introspect"])
    token = api.access_token(created)
    api.clock.set(EPOCH + 900)
    assert api.ask(path, created, token=token).status == 200
    assert shown(api, created)["last_used_at"] == "2027-01-15T08:15:00Z"


def test_a_refused_exchange_is_no_use(api: Api) -> None:
    created = api.create()
    assert api.exchange(created, scope="orders:write").status == 400
    assert api.exchange(created | {"client_secret": "guess"}).status == 401
    assert shown(api, created)["last_used_at"] is None


def test_an_exchange_is_one_read_and_one_signature_and_one_write_more_when_a_use_is_due(api: Api) -> None:
    api.restart(TOKEN_REUSE_SECONDS="0")
    created = api.create()
    api.exchange(api.create())  # reads the signing keys
    assert calls_of(api, created) == {"BatchGetItem": 1, "Sign": 1, "UpdateItem": 1}
    assert calls_of(api, created) == {"BatchGetItem": 1, "Sign": 1}
    api.clock.set(EPOCH + 899)
    assert calls_of(api, created).get("UpdateItem") is None
    api.clock.set(EPOCH + 900)
    assert calls_of(api, created)["UpdateItem"] == 1


def test_a_token_that_is_given_out_again_is_a_use(api: Api) -> None:
    api.restart(LAST_USED_INTERVAL_SECONDS="30")
    created = api.create()
    first = api.access_token(created)
    api.clock.set(EPOCH + 30)
    assert api.access_token(created) == first
    assert shown(api, created)["last_used_at"] == "2027-01-15T08:00:30Z"


def test_where_it_is_off_nothing_is_written(api: Api) -> None:
    api.restart(LAST_USED_INTERVAL_SECONDS="0")
    created = api.create()
    assert "UpdateItem" not in calls_of(api, created)
    assert shown(api, created)["last_used_at"] is None
