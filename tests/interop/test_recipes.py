"""The recipes for the vendor's APIs: their code, taken from the pages, takes the running service's tokens."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

import app
from deploy.stages import PROJECT
from emulators.http_server import HttpServer, Request, Response
from tests.support.api_client import Api
from tests.support.go import GO, go, go_environ
from tests.support.identity_provider import IdentityProvider
from tests.support.local_stack import PATIENCE, LocalStack, free_port
from tests.support.node import NODE, install_packages

PAGES = PROJECT / "docs" / "recipes"
NODE_PROJECT = PROJECT / "tests" / "interop" / "recipes"
AUDIENCE = "https://api.example.com"
WELL_KNOWN = "/.well-known/oauth-protected-resource"
METADATA = f'resource_metadata="{AUDIENCE}{WELL_KNOWN}"'
OTHER_AUDIENCE = "https://api.example.com/shop"


def code_of(page: str, file: str) -> str:
    (code,) = re.findall(rf"```\w+ {re.escape(file)}\n(.*?)```", (PAGES / page).read_text(), re.DOTALL)
    return str(code)


@contextmanager
def running(command: list[str], environ: Mapping[str, str], directory: Path, port: int) -> Iterator[str]:
    """A recipe's server, until the test is over."""
    direct = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    process = subprocess.Popen(
        command, cwd=directory, env={**direct, **environ}, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        end = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, process.stderr and process.stderr.read()
            try:
                requests.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE)
            except requests.ConnectionError:
                assert time.monotonic() < end, "the recipe's server did not start"
                time.sleep(0.05)
            else:
                break
        yield f"http://127.0.0.1:{port}/orders"
    finally:
        # The whole group: `go run` would leave what it runs behind.
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


@contextmanager
def fastapi(issuer: str, directory: Path, audience: str = AUDIENCE) -> Iterator[str]:
    port = free_port()
    (directory / "orders.py").write_text(code_of("fastapi.md", "orders.py"))
    command = [sys.executable, "-m", "uvicorn", "orders:app", "--port", str(port), "--log-level", "error"]
    with running(command, {"ISSUER": issuer, "AUDIENCE": audience}, directory, port) as url:
        yield url


@contextmanager
def express(issuer: str, directory: Path, audience: str = AUDIENCE) -> Iterator[str]:
    install_packages(NODE_PROJECT)
    port = free_port()
    (directory / "orders.mjs").write_text(code_of("express.md", "orders.mjs"))
    (directory / "node_modules").symlink_to(NODE_PROJECT / "node_modules")
    environ = {"ISSUER": issuer, "AUDIENCE": audience, "PORT": str(port)}
    with running([str(NODE), "orders.mjs"], environ, directory, port) as url:
        yield url


@contextmanager
def go_server(issuer: str, directory: Path, audience: str = AUDIENCE) -> Iterator[str]:
    port = free_port()
    for file in ("main.go", "token.go", "keys.go"):
        (directory / file).write_text(code_of("go.md", file))
    made = go("mod", "init", "orders", directory=directory, environ=go_environ())
    assert made.returncode == 0, made.stderr
    checked = go("vet", "./...", directory=directory, environ=go_environ())
    assert checked.returncode == 0, checked.stderr
    environ = {**go_environ(), "ISSUER": issuer, "AUDIENCE": audience, "PORT": str(port)}
    with running([str(GO), "run", "."], environ, directory, port) as url:
        yield url


RECIPES = pytest.mark.parametrize("recipe", [fastapi, express, go_server], scope="module")


@pytest.fixture(scope="module")
def orders(recipe: Any, running_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an API that a recipe protects."""
    with recipe(running_stack.base_url, tmp_path_factory.mktemp("orders")) as url:
        yield url


class Client:
    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack
        created = requests.post(
            f"{stack.base_url}/v1/credentials",
            json={"name": "Recipe", "scopes": ["orders:read", "reports:read"]},
            headers={"Authorization": f"Bearer {stack.token()}"},
            timeout=PATIENCE,
        ).json()
        self.client_id: str = created["client_id"]
        self._secret: str = created["client_secret"]

    def token(self, scope: str = "orders:read") -> str:
        form = {"grant_type": "client_credentials", "scope": scope}
        answer = requests.post(
            f"{self._stack.base_url}/oauth/token", data=form, auth=(self.client_id, self._secret), timeout=PATIENCE
        )
        return str(answer.json()["access_token"])


@pytest.fixture(scope="module")
def client(running_stack: LocalStack) -> Client:
    return Client(running_stack)


def call(orders: str, authorization: str | None) -> requests.Response:
    return requests.get(orders, headers={"Authorization": authorization} if authorization else {}, timeout=PATIENCE)


@RECIPES
@pytest.mark.slow
def test_a_token_of_ours_is_let_through_with_its_client_and_tenant(orders: str, client: Client) -> None:
    answer = call(orders, f"Bearer {client.token()}")
    assert answer.status_code == 200
    assert answer.json()["client_id"] == client.client_id
    assert answer.json()["tenant_id"] in client.client_id


@RECIPES
@pytest.mark.slow
def test_a_token_without_the_scope_is_refused_as_rfc_6750_says(orders: str, client: Client) -> None:
    answer = call(orders, f"Bearer {client.token('reports:read')}")
    assert answer.status_code == 403
    assert answer.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="orders:read", {METADATA}'


@RECIPES
@pytest.mark.slow
@pytest.mark.parametrize("authorization", [None, "Basic abc", "Bearer"])
def test_no_token_gets_a_challenge_and_no_error(orders: str, authorization: str | None) -> None:
    answer = call(orders, authorization)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, f"Bearer {METADATA}")


@RECIPES
@pytest.mark.slow
def test_the_metadata_is_where_the_challenge_says(
    recipe: Any, orders: str, running_stack: LocalStack, other_orders: str, issuer: IdentityProvider
) -> None:
    assert told_metadata(orders) == (WELL_KNOWN, AUDIENCE, running_stack.base_url)
    assert told_metadata(other_orders) == (f"{WELL_KNOWN}/shop", OTHER_AUDIENCE, issuer.issuer)


def told_metadata(orders: str) -> tuple[str, str, str]:
    """The path of the metadata to which a challenge leads, the resource that it names, and who issues its tokens."""
    challenge = call(orders, None).headers["WWW-Authenticate"]
    (path,) = re.findall(r'resource_metadata="https://api\.example\.com([^"]+)"', challenge)
    metadata = orders.removesuffix("/orders") + path
    answer = requests.get(metadata, timeout=PATIENCE)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/json")
    assert requests.head(metadata, timeout=PATIENCE).status_code == 200
    said = answer.json()
    (issuer,) = said.pop("authorization_servers")
    resource = said.pop("resource")
    assert said == {"bearer_methods_supported": ["header"]}
    return path, resource, issuer


def forged(client: Client, how: str) -> str:
    """A token that is wrong in one way, otherwise like a real one."""
    real = client.token()
    header, claims = jwt.get_unverified_header(real), jwt.decode(real, options={"verify_signature": False})
    if how == "signature":
        body, _, signature = real.rpartition(".")
        return f"{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    if how == "none":
        # The stubs know of no JWT without a key.
        return jwt.encode(claims, None, "none", headers={"kid": header["kid"], "typ": "at+jwt"})  # type: ignore[arg-type]
    kid = header["kid"] if how == "key" else "unknown"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid, "typ": "at+jwt"})


@RECIPES
@pytest.mark.slow
@pytest.mark.parametrize("how", ["signature", "none", "key", "kid"])
def test_a_forged_token_is_refused(orders: str, client: Client, how: str) -> None:
    answer = call(orders, f"Bearer {forged(client, how)}")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
        401,
        f'Bearer error="invalid_token", {METADATA}',
    )


@RECIPES
@pytest.mark.slow
@pytest.mark.parametrize("text", ["x", "a.b.c", "e30.e30.e30"])
def test_what_is_no_token_is_refused(orders: str, text: str) -> None:
    assert call(orders, f"Bearer {text}").status_code == 401


@pytest.fixture(scope="module")
def issuer() -> Iterator[IdentityProvider]:
    """An issuer whose key a test has, so that a token can be wrong and well signed."""
    provider = IdentityProvider()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def other_orders(recipe: Any, issuer: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with recipe(issuer.issuer, tmp_path_factory.mktemp("other_orders"), OTHER_AUDIENCE) as url:
        yield url


def well_signed(issuer: IdentityProvider, **changed: Any) -> str:
    """A token that the recipes let through, with some claims, or its type, changed; None leaves one out."""
    now = int(time.time())
    token = {
        "typ": "at+jwt",
        "iss": issuer.issuer,
        "aud": OTHER_AUDIENCE,
        "sub": "c",
        "client_id": "c",
        "tenant_id": "t",
        "iat": now,
        "exp": now + 60,
        "scope": "orders:read",
    } | changed
    header = {"kid": "key-1", "typ": token.pop("typ")}
    claims = {name: value for name, value in token.items() if value is not None}
    return jwt.encode(claims, issuer.keys["key-1"], algorithm="RS256", headers=header)


@RECIPES
@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({}, 200),
        ({"typ": "AT+JWT"}, 200),
        ({"typ": "JWT"}, 401),
        ({"typ": None}, 401),
        ({"iss": "https://other.example"}, 401),
        ({"aud": "https://other.example"}, 401),
        ({"aud": AUDIENCE}, 401),
        ({"aud": None}, 401),
        ({"exp": 1}, 401),
        ({"exp": None}, 401),
        ({"client_id": None}, 401),
        ({"nbf": 4_000_000_000}, 401),
        ({"cnf": {"jkt": "x"}}, 401),
        ({"scope": None}, 403),
        ({"scope": "orders:readwrite"}, 403),
    ],
    ids=str,
)
def test_a_well_signed_token_that_is_wrong_in_one_way_is_refused(
    other_orders: str, issuer: IdentityProvider, wrong: dict[str, Any], status: int
) -> None:
    assert call(other_orders, f"Bearer {well_signed(issuer, **wrong)}").status_code == status


@RECIPES
@pytest.mark.slow
def test_a_token_is_good_from_its_first_moment_though_the_signers_clock_is_ahead(
    other_orders: str, issuer: IdentityProvider
) -> None:
    assert call(other_orders, f"Bearer {well_signed(issuer, iat=int(time.time()) + 60)}").status_code == 200


class FailingIssuer:
    """An issuer whose keys can be fetched, or not, as ``answers`` says. ``fetches`` counts how often they were."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        jwk = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        self._jwks = json.dumps({"keys": [{**jwk, "kid": "1", "use": "sig", "alg": "RS256"}]}).encode()
        self.answers = "keys"
        self.fetches = 0
        self._server = HttpServer(self._answer)
        self.url = self._server.url

    def _answer(self, _request: Request) -> Response:
        self.fetches += 1
        answers = {
            "keys": Response(200, [("Content-Type", "application/json")], self._jwks),
            "an error": Response(503, [("Content-Type", "application/json")], b"{}"),
            "a page": Response(200, [("Content-Type", "text/html")], b"<h1>Back soon</h1>"),
            "half": Response(200, [("Content-Type", "application/json")], self._jwks[:40]),
        }
        return answers[self.answers]

    def authorization(self, kid: str = "1") -> str:
        """With a token that is good, if its key is."""
        now = int(time.time())
        claims = {"iss": self.url, "aud": AUDIENCE, "sub": "c", "client_id": "c", "tenant_id": "t", "iat": now}
        claims |= {"exp": now + 60, "scope": "orders:read"}
        headers = {"kid": kid, "typ": "at+jwt"}
        return f"Bearer {jwt.encode(claims, self.key, algorithm='RS256', headers=headers)}"

    def stop(self) -> None:
        self._server.close()

    def start_again(self) -> None:
        self._server = HttpServer(self._answer, self._server.port)


@pytest.fixture(scope="module")
def failing_issuer(recipe: Any) -> Iterator[FailingIssuer]:
    issuer = FailingIssuer()
    yield issuer
    issuer.stop()


@pytest.fixture
def orders_without_keys(recipe: Any, failing_issuer: FailingIssuer, tmp_path: Path) -> Iterator[str]:
    """The URL of an API that has not fetched its keys yet."""
    with recipe(failing_issuer.url, tmp_path) as url:
        yield url


def first_other(orders: str, authorization: str, status: int) -> int:
    """The first status that is not this one, within five seconds; else this one."""
    end = time.monotonic() + 5
    while (answered := call(orders, authorization).status_code) == status and time.monotonic() < end:
        time.sleep(0.1)
    return answered


@RECIPES
@pytest.mark.slow
def test_while_the_keys_cannot_be_fetched_a_good_token_is_never_called_bad(
    orders_without_keys: str, failing_issuer: FailingIssuer
) -> None:
    def answered() -> list[int]:
        return [call(orders_without_keys, failing_issuer.authorization()).status_code for _ in range(3)]

    failing_issuer.stop()
    assert answered() == [503] * 3
    failing_issuer.start_again()
    for answers in ("an error", "a page", "half"):
        failing_issuer.answers = answers
        assert answered() == [503] * 3
    failing_issuer.answers = "keys"
    assert first_other(orders_without_keys, failing_issuer.authorization(), 503) == 200


@RECIPES
@pytest.mark.slow
def test_tokens_of_unknown_keys_do_not_bring_a_fetch_each(
    orders_without_keys: str, failing_issuer: FailingIssuer
) -> None:
    failing_issuer.answers = "keys"
    assert call(orders_without_keys, failing_issuer.authorization()).status_code == 200
    before = failing_issuer.fetches
    for number in range(20):
        assert call(orders_without_keys, failing_issuer.authorization(kid=f"no-{number}")).status_code == 401
    assert failing_issuer.fetches - before <= 1


def test_the_authorizer_answers_for_an_api_other_than_its_own(api: Api) -> None:
    """As the recipe for REST APIs uses it: an event of another API, and a policy for that API alone."""
    created = api.create(scopes=["orders:read"])
    event = {
        "type": "TOKEN",
        "authorizationToken": f"Bearer {api.access_token(created)}",
        "methodArn": "arn:aws:execute-api:eu-central-1:123456789012:theirapi/live/GET/orders",
    }
    handler: Any = app.access_token
    answer = handler(event, None)
    assert answer["policyDocument"]["Statement"] == [
        {
            "Action": "execute-api:Invoke",
            "Effect": "Allow",
            "Resource": ["arn:aws:execute-api:eu-central-1:123456789012:theirapi/live/*/*"],
        }
    ]
    assert answer["principalId"] == created["client_id"]
    assert answer["context"] == {
        "tenant_id": created["client_id"][4:30],
        "client_id": created["client_id"],
        "scope": "orders:read",
    }
    api.console("POST", f"/v1/credentials/{created['client_id']}/revoke")
    assert handler(event, None)["policyDocument"]["Statement"][0]["Resource"] == []


def test_an_http_api_finds_the_keys_where_openid_providers_have_them(api: Api) -> None:
    discovered = api.call("GET", "/.well-known/openid-configuration").json
    assert discovered["issuer"] == "https://credentials.example.com"
    path = discovered["jwks_uri"].removeprefix(discovered["issuer"])
    keys = jwt.PyJWKSet.from_dict(api.call("GET", path).json)
    token = api.access_token(api.create(scopes=["orders:read"]))
    claims = jwt.decode(
        token,
        keys[jwt.get_unverified_header(token)["kid"]],
        algorithms=["RS256"],
        issuer=discovered["issuer"],
        audience=AUDIENCE,
    )
    assert claims["scope"] == "orders:read"
