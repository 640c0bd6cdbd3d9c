"""How many calls of AWS a decision takes: a reused token and a token that is checked are one read each."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.api_client import Answer, Api, basic
from tests.support.aws_calls import calls_to_aws
from tests.support.client_key import WHOAMI, ClientKey

KEY = ClientKey()


@pytest.fixture(autouse=True)
def nothing_is_due(api: Api) -> None:
    """No last use is to be written, and the signing keys are read."""
    api.restart(LAST_USED_INTERVAL_SECONDS="0")
    api.whoami(api.access_token(api.create()))


def with_proof(api: Api, credential: dict[str, Any]) -> Answer:
    headers = basic(credential["client_id"], credential["client_secret"]) | {"DPoP": KEY.proof()}
    return api.exchange_with(headers, credential)


@pytest.mark.parametrize(
    ("ask", "first", "again"),
    [
        (Api.exchange, {"BatchGetItem": 1, "Sign": 1}, {"BatchGetItem": 1}),
        (with_proof, {"BatchGetItem": 1, "PutItem": 1, "Sign": 1}, {"BatchGetItem": 1, "PutItem": 1}),
    ],
    ids=["by secret", "with a DPoP proof"],
)
def test_a_token_that_is_given_out_again_takes_one_read(
    api: Api, ask: Callable[[Api, dict[str, Any]], Answer], first: dict[str, int], again: dict[str, int]
) -> None:
    created = api.create()
    tokens = set()
    for expected in (first, again):
        with calls_to_aws(api) as calls:
            tokens.add(ask(api, created).json["access_token"])
        assert calls == expected
    assert len(tokens) == 1


def test_one_read_tells_that_the_token_was_revoked_meanwhile(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)
    api.ask("/oauth/revoke", created, token=token)
    with calls_to_aws(api) as calls:
        assert api.access_token(created) != token
    assert calls == {"BatchGetItem": 1, "Sign": 1}


def test_a_protected_api_takes_one_read_for_a_token(api: Api) -> None:
    token = api.access_token(api.create())
    with calls_to_aws(api) as calls:
        assert api.whoami(token).status == 200
    assert calls == {"BatchGetItem": 1}


def test_a_bound_token_takes_one_read_and_the_write_of_its_proof(api: Api) -> None:
    api.restart(AUTHORIZER_CACHE_SECONDS="0", LAST_USED_INTERVAL_SECONDS="0")
    token = with_proof(api, api.create()).json["access_token"]
    api.whoami(token)
    proof = KEY.proof(method="GET", url=WHOAMI, access_token=token)
    with calls_to_aws(api) as calls:
        assert api.call("GET", "/v1/whoami", headers={"Authorization": f"DPoP {token}", "DPoP": proof}).status == 200
    assert calls == {"BatchGetItem": 1, "PutItem": 1}


def test_introspection_reads_who_asks_and_whom_the_token_is_of(api: Api) -> None:
    asking = api.create(scopes=["introspect"])
    token = api.access_token(asking)
    with calls_to_aws(api) as calls:
        assert api.introspect(asking, token)["active"]
    assert calls == {"BatchGetItem": 2}
