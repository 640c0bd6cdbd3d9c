"""Every target of the Makefile works: tried here in a copy of the project, in another test, or by .ci/run."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.stages import PROJECT
from emulators.http_server import HttpServer, Request, Response
from tests.support.local_stack import free_port
from tests.support.locks import locked

pytestmark = pytest.mark.slow
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "node_modules", "build", ".*_cache", "__pycache__")
SETS_A_VARIABLE = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "ARGS", "STAGE", "PORT", "AS"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as it stands, with what is installed in it: a target may change any file."""
    target = tmp_path / "project"
    shutil.copytree(PROJECT, target, ignore=NOT_COPIED)
    for installed in (".venv", "console/node_modules"):
        (target / installed).symlink_to(PROJECT / installed)
    return target


def environ() -> dict[str, str]:
    """As in a shell: without what ``make test`` hands down."""
    return {name: value for name, value in os.environ.items() if name not in SETS_A_VARIABLE}


def make(directory: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["make", *arguments]
    return subprocess.run(
        command, cwd=directory, env=environ(), capture_output=True, text=True, timeout=300, check=False
    )


@contextmanager
def running(directory: Path, *arguments: str, ready: str) -> Iterator[None]:
    """A target that goes on until Ctrl-C, from when it has printed ``ready``; it has a minute."""
    process = subprocess.Popen(
        ["make", *arguments],
        cwd=directory,
        env=environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    too_late = threading.Timer(60, os.killpg, (process.pid, signal.SIGTERM))
    too_late.start()
    try:
        assert any(ready in line for line in process.stdout)
        too_late.cancel()
        yield
    finally:
        too_late.cancel()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.close()
        process.wait(30)


def answers(url: str) -> bool:
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310  (http, here)
        return bool(answer.status == 200)


def listed() -> set[str]:
    return set(re.findall(r"^make ([a-z-]+) ", make(PROJECT, "help").stdout, re.MULTILINE))


def test_help_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (PROJECT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    assert listed() == set(phony[1].split())


def test_every_target_is_tried_in_a_test_or_in_ci() -> None:
    tests = "".join(test.read_text() for test in (PROJECT / "tests").rglob("*.py"))
    in_tests = re.findall(r'(?:make|running)"?[(,] ?(?:\w+, )?(?:"-s", )?"([a-z][a-z-]+)"', tests)
    in_ci = re.findall(r"^make ([a-z-]+)", (PROJECT / ".ci" / "run").read_text(), re.MULTILINE)
    assert listed() == {*in_tests, *in_ci}


def test_run_serves_the_console_and_console_token_prints_a_token(copy: Path) -> None:
    port = free_port()
    with running(copy, "run", f"PORT={port}", ready=f"http://127.0.0.1:{port}/"):
        assert answers(f"http://127.0.0.1:{port}/health")
        token = make(copy, "-s", "console-token", f"PORT={port}")
        assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", token.stdout), token.stderr


def test_moto_starts_what_chalice_local_needs(copy: Path) -> None:
    moto, provider = free_port(), free_port()
    with running(copy, "moto", f"MOTO_PORT={moto}", f"OIDC_PORT={provider}", ready="chalice local"):
        assert answers(f"http://127.0.0.1:{moto}/moto-api/data.json")
        assert answers(f"http://127.0.0.1:{provider}/.well-known/openid-configuration")


def test_format_rewrites_the_code(copy: Path) -> None:
    (copy / "local" / "unformatted.py").write_text("import sys\nimport os\nprint( os.sep,sys.path )\n")
    formatted = make(copy, "format")
    assert formatted.returncode == 0, formatted.stdout + formatted.stderr
    assert (copy / "local" / "unformatted.py").read_text() == "import os\nimport sys\n\nprint(os.sep, sys.path)\n"


def test_explore_searches_and_says_how_often() -> None:
    searched = make(PROJECT, "explore", "MINUTES=0.001", "ARGS=tests/unit/aws/transport/test_signature_v4.py")
    assert searched.returncode == 0, searched.stdout + searched.stderr
    assert "rounds without a finding: 1" in searched.stdout


def test_explore_prints_the_command_that_finds_the_same_again() -> None:
    searched = make(PROJECT, "explore", "MINUTES=0.001", "ARGS=tests/no_such_file.py")
    assert searched.returncode != 0
    (again,) = re.findall(r"to find it again:\n  (.*)", searched.stdout)
    assert re.search(r"--hypothesis-seed=(\d+) --randomly-seed=\1 tests/no_such_file\.py$", again)


@contextmanager
def functions_that_answer(*answers: bytes) -> Iterator[list[tuple[str, Any]]]:
    """Lambda for who runs in this environment: what was invoked, which is answered in turn, the last for ever."""
    invoked: list[tuple[str, Any]] = []

    def invoke(request: Request) -> Response:
        invoked.append((request.path, json.loads(request.body)))
        return Response(200, body=answers[min(len(invoked), len(answers)) - 1])

    with closing(HttpServer(invoke)) as functions, pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL_LAMBDA": functions.url,
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }.items():
            patch.setenv(name, value)
        yield invoked


def test_signing_keys_drops_a_key_whose_kid_begins_with_a_hyphen(copy: Path) -> None:
    with functions_that_answer(b"[]") as invoked:
        for kid in ("-kZ3", "--kZ3", "-h"):
            done = make(copy, "signing-keys", "FUNCTION=keys", f"COMMAND=drop {kid}")
            assert done.returncode == 0, done.stderr
            assert invoked.pop() == ("/2015-03-31/functions/keys/invocations", {"command": "drop", "kid": kid})


def test_resend_audit_events_goes_on_until_all_is_sent(copy: Path) -> None:
    begun = b'{"published": 5, "cursor": "[\\"t\\",\\"e\\"]", "done": false}'
    ended = b'{"published": 2, "cursor": null, "done": true}'
    span = ("SINCE=2026-11-25T08:00:00Z", "UNTIL=2026-11-25T09:00:00Z", "ARGS=--tenant key")
    with functions_that_answer(begun, ended) as invoked:
        done = make(copy, "resend-audit-events", "FUNCTION=resend", *span)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["5 events so far", "7 events: done"]
    assert [(body["tenant_id"], body["cursor"]) for _, body in invoked] == [("key", None), ("key", '["t","e"]')]


def test_signing_keys_refuses_a_command_that_there_is_not(copy: Path) -> None:
    refused = make(copy, "signing-keys", "FUNCTION=keys", "COMMAND=sharpen")
    assert refused.returncode != 0
    assert "invalid choice: 'sharpen'" in refused.stderr


def test_console_builds_what_is_committed(copy: Path) -> None:
    assets = Path("chalicelib", "console_assets")
    shutil.rmtree(copy / assets)
    built = make(copy, "console")
    assert built.returncode == 0, built.stdout + built.stderr
    for file in (PROJECT / assets).rglob("*.*"):
        assert (copy / file.relative_to(PROJECT)).read_bytes() == file.read_bytes()


@pytest.mark.browser
def test_console_package_packs_the_element(copy: Path) -> None:
    packed = make(copy, "console-package")
    assert packed.returncode == 0, packed.stdout + packed.stderr
    assert [file.suffix for file in (copy / "build").glob("api-client-credentials-*")] == [".tgz"]


def test_screenshots_takes_every_picture_of_the_readme(copy: Path) -> None:
    pictures = set(re.findall(r"\((docs/images/.*?\.png)\)", (PROJECT / "README.md").read_text()))
    shutil.rmtree(copy / "docs" / "images")
    taken = make(copy, "screenshots")
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert pictures
    assert pictures <= {str(picture.relative_to(copy)) for picture in copy.glob("docs/images/*.png")}


def test_browser_finds_the_browser_that_is_there(copy: Path) -> None:
    found = make(copy, "browser")
    assert found.returncode == 0, found.stdout + found.stderr


def test_lock_keeps_every_version_that_still_fits(copy: Path) -> None:
    locks = sorted([PROJECT / "requirements.txt", *(PROJECT / "requirements").glob("*.txt")])
    made = make(copy, "lock")
    assert made.returncode == 0, made.stdout + made.stderr
    for lock in locks:
        assert set(locked(copy / lock.relative_to(PROJECT))) == set(locked(lock))


def test_clean_removes_what_was_installed_and_built(copy: Path) -> None:
    (copy / "build").mkdir()
    cleaned = make(copy, "clean")
    assert cleaned.returncode == 0, cleaned.stdout + cleaned.stderr
    assert [name for name in (".venv", "build", "console/node_modules") if (copy / name).exists()] == []
    assert (PROJECT / ".venv").exists()
