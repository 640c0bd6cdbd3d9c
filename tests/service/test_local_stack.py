"""The local stack as a developer meets it: starting, signing in, stopping."""

import json
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.stages import PROJECT, stage_variables
from emulators.backing_services import running
from local.console_token import console_token, state_file
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
    assert failed.stderr == f"nothing runs on port {port}: start it with  make run PORT={port}\n"


def test_console_token_survives_the_leftover_of_a_service_that_was_killed() -> None:
    port = free_port()
    state_file(port).parent.mkdir(exist_ok=True)
    state_file(port).write_text(json.dumps({"identity_provider": f"http://127.0.0.1:{free_port()}"}))
    try:
        failed = run(sys.executable, "-m", "local.console_token", "--port", str(port))
    finally:
        state_file(port).unlink()
    assert failed.returncode == 1
    assert failed.stderr == f"nothing runs on port {port}: start it with  make run PORT={port}\n"


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
        assert not state_file(stack.port).exists()
        assert "Traceback" not in stack.log()


def test_killing_it_leaves_no_process_behind() -> None:
    with started_stack() as stack:
        children = psutil.Process(stack.process.pid).children(recursive=True)
        stack.stop(signal.SIGKILL)
        state_file(stack.port).unlink()
        _, alive = psutil.wait_procs(children, timeout=PATIENCE)
        assert alive == []


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
    assert re.search(r"^GET /v1/whoami 401 \d+ ms$", running_stack.log(), re.MULTILINE)
    assert "accs_in_a_query" not in running_stack.log()
    assert "in-a-header" not in running_stack.log()


def test_chalice_local_works_against_backing_services_that_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.environ", {})
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)  # it would keep the environment of another test
    port = free_port()
    with running(stage_variables("local")) as services:
        _copy_of_the_project(tmp_path, services.environment)
        chalice = subprocess.Popen(
            [
                Path(sys.executable).with_name("chalice"),
                "local",
                "--stage",
                "local",
                "--no-autoreload",
                "--port",
                str(port),
            ],
            cwd=tmp_path,
            env={},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_until_open(port)
            token = console_token(services.environment["OIDC_ISSUER"], port, "admin@acme.example")
            status, _ = call(f"http://127.0.0.1:{port}/v1/credentials", token, {"name": "By chalice local"})
        finally:
            chalice.terminate()
            chalice.wait(PATIENCE)
    assert status == 201


def _copy_of_the_project(to: Path, environment: dict[str, str]) -> None:
    """What ``chalice local`` reads, with the local stage's backing services where they are now."""
    shutil.copy(PROJECT / "app.py", to)
    shutil.copytree(PROJECT / "chalicelib", to / "chalicelib")
    config = json.loads((PROJECT / ".chalice" / "config.json").read_text())
    variables = config["stages"]["local"]["environment_variables"]
    variables.update({name: environment[name] for name in variables})
    (to / ".chalice").mkdir()
    (to / ".chalice" / "config.json").write_text(json.dumps(config))


def _wait_until_open(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if call(f"http://127.0.0.1:{port}/health")[0] == 200:
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail("chalice local did not start")
