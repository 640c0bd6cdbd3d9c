"""The local stack as a developer meets it: starting, signing in, stopping."""

import json
import re
import shlex
import signal
import statistics
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urljoin, urlsplit

import psutil
import pytest
import requests

from emulators.http_server import HttpServer, Response
from tests.support.api_client import claims_of
from tests.support.local_stack import PATIENCE, LocalStack, free_port, run, started_stack

pytestmark = pytest.mark.slow


def call(url: str, token: str | None = None, body: object = None) -> tuple[int, Any]:
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode())  # noqa: S310
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_it_says_where_the_console_is(running_stack: LocalStack) -> None:
    assert re.search(
        rf"^Ready after \d+ s\. The console:  {running_stack.base_url}/$", running_stack.said, re.MULTILINE
    )


def test_the_curl_line_it_prints_creates_a_credential(running_stack: LocalStack) -> None:
    pasted = re.search(r"^ +(curl .*?)\n\n", running_stack.said, re.MULTILINE | re.DOTALL)
    assert pasted
    nested = re.search(r"\$\((.*?)\)", pasted[1])
    assert nested
    token = run(*shlex.split(nested[1]))
    words = shlex.split(pasted[1].replace(nested[0], token.stdout.strip()))
    headers = dict(words[i + 1].split(": ", 1) for i, word in enumerate(words) if word == "-H")
    assert headers["Content-Type"] == "application/json"
    status, credential = call(
        words[2], headers["Authorization"].removeprefix("Bearer "), json.loads(words[words.index("-d") + 1])
    )
    assert (status, credential["name"]) == (201, "My first credential")


def test_make_console_token_prints_the_token_and_nothing_else(running_stack: LocalStack) -> None:
    printed = run("make", "-s", "console-token", f"PORT={running_stack.port}")
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", printed.stdout)
    assert printed.stderr == ""


@pytest.mark.parametrize(
    ("as_", "subject", "roles"),
    [
        ("admin", "admin@acme.example", ["admin"]),
        ("viewer", "viewer@acme.example", ["viewer"]),
        ("other-tenant", "admin@globex.example", ["admin"]),
    ],
)
def test_each_local_console_user_can_sign_in(
    running_stack: LocalStack, as_: str, subject: str, roles: list[str]
) -> None:
    status, user = call(f"{running_stack.base_url}/v1/console-user", running_stack.token(as_))
    assert (status, user["subject"], user["roles"]) == (200, subject, roles)


def test_console_token_says_in_one_line_that_nothing_runs() -> None:
    port = free_port()
    failed = run(sys.executable, "-m", "local.console_token", "--port", str(port))
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr.count("\n") == 1
    assert failed.stderr.startswith(
        f"nothing runs on port {port}: start it with  make run PORT={port}  or with  make moto"
    )


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"authority": 1}', b'{"authority": "http://127.0.0.1:9"}'])
def test_console_token_says_in_one_line_that_something_else_runs(body: bytes) -> None:
    with closing(HttpServer(lambda _request: Response(200, [], body))) as other:
        port = urlsplit(other.url).port
        failed = run(sys.executable, "-m", "local.console_token", "--port", str(port))
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert failed.stderr.startswith(f"nothing runs on port {port}: ")


def test_console_token_names_an_identity_provider_that_is_gone() -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    with started_stack(OIDC_ISSUER=gone) as stack:
        failed = run(sys.executable, "-m", "local.console_token", "--port", str(stack.port))
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert failed.stderr.startswith(f"the identity provider at {urlsplit(gone).netloc} does not sign in")


def test_chalice_local_serves_the_console_and_lets_its_users_in(chalice_local: int) -> None:
    url = f"http://127.0.0.1:{chalice_local}"
    page = requests.get(url, timeout=PATIENCE)
    (script,) = re.findall(r'<script[^>]* src="([^"]+)"', page.text)
    assert "<html" in page.text
    loaded = requests.get(urljoin(f"{url}/", script), timeout=PATIENCE)
    assert loaded.headers["Content-Type"].startswith("text/javascript")
    printed = run("make", "-s", "console-token", f"PORT={chalice_local}", "AS=viewer")
    assert printed.stderr == ""
    assert call(f"{url}/v1/console-user", printed.stdout.strip())[1]["subject"] == "viewer@acme.example"


def test_a_setting_of_the_environment_is_the_services() -> None:
    with started_stack(ACCESS_TOKEN_LIFETIME_SECONDS="61", AUDIENCE="https://shop.example.com") as stack:
        document = call(f"{stack.base_url}/.well-known/oauth-authorization-server")[1]
        assert document["issuer"] == stack.base_url
        _, created = call(f"{stack.base_url}/v1/credentials", stack.token(), {"name": "x"})
        form = {"grant_type": "client_credentials", "client_id": created["client_id"]}
        form["client_secret"] = created["client_secret"]
        issued = requests.post(f"{stack.base_url}/oauth/token", data=form, timeout=PATIENCE).json()
    assert issued["expires_in"] == 61
    assert claims_of(issued["access_token"])["aud"] == "https://shop.example.com"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://credentials.example.com"),
        ("AUDIENCES", "reports"),
        ("DEFAULT_SCOPES", "orders:fly"),
        ("TOKEN_REQUEST_JSON", "maybe"),
        ("SIGNING_KEY_ID", "a-key-of-ours"),
        ("TOKEN_PATH_ALIASES", "/v1/credentials/partner"),
    ],
)
def test_a_wrong_setting_of_the_environment_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    failed = run(sys.executable, "-m", "local", "--port", str(free_port()))
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert re.fullmatch(rf"a setting is wrong: .*({name}|{re.escape(value)}).*\n", failed.stderr)


def test_a_busy_port_is_one_clear_line(running_stack: LocalStack) -> None:
    second = run(sys.executable, "-m", "local", "--port", str(running_stack.port))
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr.count("\n") == 1
    assert f"port {running_stack.port} cannot be used: Address already in use" in second.stderr
    assert call(f"{running_stack.base_url}/health")[0] == 200


def test_two_copies_run_side_by_side_and_share_nothing(running_stack: LocalStack) -> None:
    with started_stack() as other:
        token = other.token()
        assert call(f"{other.base_url}/v1/console-user", token)[0] == 200
        assert call(f"{running_stack.base_url}/v1/console-user", token)[0] == 401
        assert call(f"{running_stack.base_url}/v1/console-user", running_stack.token())[0] == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_nothing_behind(how: signal.Signals) -> None:
    with started_stack() as stack:
        children = psutil.Process(stack.process.pid).children(recursive=True)
        assert len(children) == 2
        assert stack.stop(how) == 0
        assert not [child for child in children if child.is_running()]
        assert "Traceback" not in stack.log()


def test_killing_it_leaves_no_process_behind() -> None:
    with started_stack() as stack:
        children = psutil.Process(stack.process.pid).children(recursive=True)
        stack.stop(signal.SIGKILL)
        _, alive = psutil.wait_procs(children, timeout=PATIENCE)
        assert alive == []


def test_an_audit_event_is_printed_as_eventbridge_would_get_it(running_stack: LocalStack) -> None:
    status, created = call(f"{running_stack.base_url}/v1/credentials", running_stack.token(), {"name": "Printed"})
    assert status == 201
    end = time.monotonic() + PATIENCE
    printed: list[Any] = []
    while not printed and time.monotonic() < end:
        time.sleep(0.1)
        lines = [json.loads(line) for line in running_stack.log().splitlines() if line.startswith('{"source"')]
        printed = [line["detail"] for line in lines if line["detail"]["client_id"] == created["client_id"]]
    assert [detail["action"] for detail in printed] == ["credential.created"]


@pytest.mark.parametrize(("module", "name"), [("moto_server", "moto"), ("identity_provider", "identity provider")])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_it_stops_when_a_backing_service_dies_and_says_which_and_its_last_lines(
    module: str, name: str, how: signal.Signals
) -> None:
    with started_stack() as stack:
        (child,) = [
            child for child in psutil.Process(stack.process.pid).children() if f"emulators.{module}" in child.cmdline()
        ]
        child.send_signal(how)
        assert stack.process.wait(PATIENCE) == 1
        said = "Segmentation fault" if how is signal.SIGSEGV else "(nothing)"
        last_words = rf"^{name} was killed by {how.name}\. The last it said:\n  .*{re.escape(said)}"
        assert re.search(last_words, stack.log(), re.MULTILINE)


def test_keep_alive_has_no_40_ms_step(running_stack: LocalStack) -> None:
    def median_seconds() -> float:
        connection = HTTPConnection("127.0.0.1", running_stack.port)
        seconds = []
        for _ in range(20):
            started = time.perf_counter()
            connection.request("GET", "/health")
            assert connection.getresponse().read()
            seconds.append(time.perf_counter() - started)
        connection.close()
        return statistics.median(seconds)

    # The step would be there every time; a busy machine is slow only now and then.
    assert any(median_seconds() < 0.03 for _ in range(10))


def test_many_connections_at_once_are_all_answered(running_stack: LocalStack) -> None:
    with ThreadPoolExecutor(64) as pool:
        answers = pool.map(lambda _: call(f"{running_stack.base_url}/health")[0], range(256))
    assert set(answers) == {200}


def test_the_access_log_has_neither_query_strings_nor_headers(running_stack: LocalStack) -> None:
    call(f"{running_stack.base_url}/v1/whoami?client_secret=accs_in_a_query", "in-a-header")
    # The line comes after the answer.
    end = time.monotonic() + PATIENCE
    while not re.search(r"^GET /v1/whoami 401 \d+ ms$", running_stack.log(), re.MULTILINE):
        assert time.monotonic() < end, running_stack.log()
        time.sleep(0.02)
    assert "accs_in_a_query" not in running_stack.log()
    assert "in-a-header" not in running_stack.log()
