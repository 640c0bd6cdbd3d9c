"""The running service, met by standard OAuth clients and by plain HTTP."""

import threading
from typing import Any

import jwt
import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session

from tests.support.local_stack import LocalStack

pytestmark = pytest.mark.slow


class Console:
    """The managed endpoints of the running service, as one console user."""

    def __init__(self, stack: LocalStack, user: str) -> None:
        self._base_url = stack.base_url
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {stack.token(user)}"

    def call(self, method: str, path: str, **arguments: Any) -> requests.Response:
        return self._session.request(method, self._base_url + path, timeout=30, **arguments)

    def create(self, name: str = "Over a socket", **fields: Any) -> dict[str, Any]:
        answer = self.call("POST", "/v1/credentials", json={"name": name, **fields})
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()
        return created


@pytest.fixture(scope="module")
def admin(running_stack: LocalStack) -> Console:
    return Console(running_stack, "admin")


@pytest.fixture(scope="module")
def other_admin(running_stack: LocalStack) -> Console:
    return Console(running_stack, "other-tenant")


@pytest.fixture
def plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients insist on TLS; on 127.0.0.1 there is none."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


def exchange(stack: LocalStack, credential: dict[str, Any], **fields: str) -> requests.Response:
    return requests.post(
        f"{stack.base_url}/oauth/token",
        data={"grant_type": "client_credentials", **fields},
        auth=(credential["client_id"], credential["client_secret"]),
        timeout=30,
    )


def whoami(stack: LocalStack, access_token: str) -> requests.Response:
    return requests.get(f"{stack.base_url}/v1/whoami", headers={"Authorization": f"Bearer {access_token}"}, timeout=30)


def verified(stack: LocalStack, access_token: str) -> dict[str, Any]:
    """The claims, verified as a vendor's API would: by the JWKS alone."""
    key = jwt.PyJWKClient(f"{stack.base_url}/.well-known/jwks.json").get_signing_key_from_jwt(access_token)
    claims: dict[str, Any] = jwt.decode(
        access_token, key, algorithms=["RS256"], audience="https://api.example.com", issuer=stack.base_url
    )
    return claims


@pytest.mark.usefixtures("plain_http")
@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_fetches_a_token_that_the_jwks_verifies(running_stack: LocalStack, admin: Console, method: str) -> None:
    created = admin.create()
    client = AuthlibSession(created["client_id"], created["client_secret"], token_endpoint_auth_method=method)
    token = client.fetch_token(f"{running_stack.base_url}/oauth/token", grant_type="client_credentials")
    assert verified(running_stack, token["access_token"])["sub"] == created["client_id"]


@pytest.mark.usefixtures("plain_http")
def test_requests_oauthlib_fetches_a_token_that_the_jwks_verifies(running_stack: LocalStack, admin: Console) -> None:
    created = admin.create(scopes=["orders:read", "orders:write"])
    client = OAuth2Session(client=BackendApplicationClient(client_id=created["client_id"], scope=["orders:write"]))
    token = client.fetch_token(f"{running_stack.base_url}/oauth/token", client_secret=created["client_secret"])
    assert verified(running_stack, token["access_token"])["scope"] == "orders:write"


def test_after_a_revoke_the_exchange_and_older_tokens_are_refused(running_stack: LocalStack, admin: Console) -> None:
    created = admin.create()
    token = exchange(running_stack, created).json()["access_token"]
    assert whoami(running_stack, token).status_code == 200
    admin.call("POST", f"/v1/credentials/{created['client_id']}/revoke")
    refused = exchange(running_stack, created)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    denied = whoami(running_stack, token)
    assert denied.status_code == 401
    assert denied.headers["Content-Type"] == "application/problem+json"
    metadata = f"{running_stack.base_url}/.well-known/oauth-protected-resource"
    assert denied.headers["WWW-Authenticate"] == f'Bearer error="invalid_token", resource_metadata="{metadata}"'


def test_after_revoke_all_the_exchange_and_older_tokens_are_refused(
    running_stack: LocalStack, other_admin: Console
) -> None:
    created = [other_admin.create() for _ in range(3)]
    tokens = [exchange(running_stack, credential).json()["access_token"] for credential in created]
    answer = other_admin.call("POST", "/v1/credentials/revoke-all")
    assert (answer.status_code, answer.json()["remaining"]) == (202, 0)
    assert {exchange(running_stack, credential).status_code for credential in created} == {401}
    assert {whoami(running_stack, token).status_code for token in tokens} == {401}


def test_twenty_exchanges_in_parallel_all_succeed(running_stack: LocalStack, admin: Console) -> None:
    created = admin.create()
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(exchange(running_stack, created).status_code))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 20


def test_no_secret_and_no_token_is_in_the_log_of_the_running_service(running_stack: LocalStack, admin: Console) -> None:
    created = admin.create()
    token = exchange(running_stack, created).json()["access_token"]
    whoami(running_stack, token)
    exchange(running_stack, created | {"client_secret": created["client_secret"][:-1]})
    requests.get(
        f"{running_stack.base_url}/nowhere?secret={created['client_secret']}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert created["client_secret"][11:40] not in running_stack.log()
    assert token.rpartition(".")[2] not in running_stack.log()
    assert "Bearer" not in running_stack.log()
