"""The console's snippets against the running service, each as somebody pastes it: it prints what the API answers."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from deploy.stages import PROJECT
from tests.support.go import GO, go_environ
from tests.support.local_stack import PATIENCE, LocalStack
from tests.support.node import NODE

pytestmark = pytest.mark.slow

SNIPPETS = PROJECT / "console" / "src" / "format" / "snippets.ts"
FILL = """
const { SNIPPETS, filled } = await import(process.argv[1]);
const values = JSON.parse(process.argv[2]);
console.log(JSON.stringify(Object.fromEntries(SNIPPETS.map((one) => [one.label, filled(one, values)]))));
"""
KEY_SNIPPETS = SNIPPETS.with_name("key-snippets.ts")
FILL_KEYED = """
const [{ filled }, { keySnippets }] = await Promise.all(process.argv.slice(1, 3).map((path) => import(path)));
const [use, values] = process.argv.slice(3).map(JSON.parse);
console.log(JSON.stringify(Object.fromEntries(keySnippets(use).map((one) => [one.label, filled(one, values)]))));
"""
PLACEHOLDER = "the Token Secret"

Client = tuple[str, str]
Run = Callable[[str, str, Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def client(running_stack: LocalStack) -> Client:
    """A client_id and its secret."""
    created = requests.post(
        f"{running_stack.base_url}/v1/credentials",
        json={"name": "Snippets"},
        headers={"Authorization": f"Bearer {running_stack.token()}"},
        timeout=PATIENCE,
    ).json()
    return created["client_id"], created["client_secret"]


@pytest.fixture(scope="module")
def snippets(running_stack: LocalStack, client: Client) -> dict[str, str]:
    """The code of each by its label."""
    values = {
        "token_endpoint": f"{running_stack.base_url}/oauth/token",
        "client_id": client[0],
        "api_url": f"{running_stack.base_url}/v1/whoami",
    }
    return filled(FILL, SNIPPETS.as_uri(), json.dumps(values))


def filled(script: str, *arguments: str) -> dict[str, str]:
    """The code of each by its label, as the page's own modules fill it."""
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", script, *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    snippets: dict[str, str] = json.loads(done.stdout)
    return snippets


def run(command: list[str | Path], directory: Path, said: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """A program in a directory of its own, with ``more`` in its environment."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return subprocess.run(
        command,
        cwd=directory,
        env=kept | more,
        input=said,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def written(directory: Path, name: str, code: str) -> Path:
    path = directory / name
    path.write_text(code)
    return path


def bash_reads_the_secret(code: str, secret: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    return run(["bash", written(directory, "snippet.sh", code)], directory, said=f"{secret}\n")


def bash_edits_a_file(code: str, secret: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    editor = written(directory, "editor", f"#!/bin/sh\nsed -i 's/{PLACEHOLDER}/{secret}/' \"$1\"\n")
    editor.chmod(0o700)
    return run(["bash", written(directory, "snippet.sh", code)], directory, EDITOR=str(editor))


def bash(code: str, secret: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    return run(["bash", written(directory, "snippet.sh", code)], directory, CLIENT_SECRET=secret)


def python(code: str, secret: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    return run([sys.executable, written(directory, "snippet.py", code)], directory, CLIENT_SECRET=secret)


def node(code: str, secret: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    return run([NODE, written(directory, "snippet.mjs", code)], directory, CLIENT_SECRET=secret)


def go(code: str, secret: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    environ = {name: value for name, value in go_environ().items() if "proxy" not in name.lower()}
    return run([GO, "run", written(directory, "main.go", code)], directory, **environ, CLIENT_SECRET=secret)


RUNS: dict[str, Run] = {
    "export": bash_reads_the_secret,
    ".env": bash_edits_a_file,
    "curl": bash,
    "Python": python,
    "Node.js": node,
    "Go": go,
}
NOT_RUN = {"PowerShell"}
"""Neither PyPI nor Debian nor npm has it: what can be said of it without it is below."""


def test_each_snippet_is_run_here_but_those_that_are_named(snippets: dict[str, str]) -> None:
    assert snippets.keys() == RUNS.keys() | NOT_RUN


@pytest.mark.parametrize("label", RUNS)
def test_a_snippet_prints_what_the_api_answers(
    snippets: dict[str, str], client: Client, label: str, tmp_path: Path
) -> None:
    client_id, secret = client
    done = RUNS[label](snippets[label], secret, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["client_id"] == client_id


@pytest.mark.parametrize("label", RUNS)
def test_a_snippet_with_a_wrong_secret_fails_and_says_why(snippets: dict[str, str], label: str, tmp_path: Path) -> None:
    done = RUNS[label](snippets[label], "wrong", tmp_path)
    assert done.returncode != 0
    assert "invalid_client" in done.stderr
    assert done.stdout == ""


def test_a_file_with_the_secret_is_its_owners_alone(snippets: dict[str, str], client: Client, tmp_path: Path) -> None:
    bash_edits_a_file(snippets[".env"], client[1], tmp_path)
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="PowerShell is not installed, and no package index has it")
def test_the_snippet_of_powershell_runs(snippets: dict[str, str], client: Client, tmp_path: Path) -> None:
    script = written(tmp_path, "snippet.ps1", snippets["PowerShell"])
    done = run(["pwsh", "-NoProfile", "-File", script], tmp_path, CLIENT_SECRET=client[1])
    assert json.loads(done.stdout)["client_id"] == client[0], done.stderr


def key_of(algorithm: str) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    curves = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1}
    return (
        ec.generate_private_key(curves[algorithm]()) if algorithm in curves else rsa.generate_private_key(65537, 2048)
    )


def file_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, directory: Path) -> str:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return str(written(directory, "key.pem", pem.decode()))


def keyed_client(stack: LocalStack, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, algorithm: str) -> str:
    """The client_id of a credential with this key, which is named "1"."""
    if isinstance(key, rsa.RSAPrivateKey):
        jwk = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    else:
        jwk = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    client_id: str = requests.post(
        f"{stack.base_url}/v1/credentials",
        json={"name": "Key snippets", "jwks": {"keys": [{**jwk, "kid": "1", "alg": algorithm}]}},
        headers={"Authorization": f"Bearer {stack.token()}"},
        timeout=PATIENCE,
    ).json()["client_id"]
    return client_id


def key_snippets(stack: LocalStack, client_id: str, algorithm: str) -> dict[str, str]:
    use = {"kid": "1", "algorithm": algorithm}
    values = {
        "token_endpoint": f"{stack.base_url}/oauth/token",
        "client_id": client_id,
        "api_url": f"{stack.base_url}/v1/whoami",
    }
    return filled(FILL_KEYED, SNIPPETS.as_uri(), KEY_SNIPPETS.as_uri(), json.dumps(use), json.dumps(values))


def run_keyed(label: str, code: str, key_file: str, directory: Path) -> "subprocess.CompletedProcess[str]":
    if label == "Python":
        return run([sys.executable, written(directory, "snippet.py", code)], directory, CLIENT_KEY=key_file)
    return run([NODE, written(directory, "snippet.mjs", code)], directory, CLIENT_KEY=key_file)


@pytest.mark.parametrize("algorithm", ["ES256", "ES384", "PS256", "RS256"])
def test_the_snippets_for_a_key_print_what_the_api_answers(
    running_stack: LocalStack, algorithm: str, tmp_path: Path
) -> None:
    key = key_of(algorithm)
    client_id, key_file = keyed_client(running_stack, key, algorithm), file_of(key, tmp_path)
    for label, code in key_snippets(running_stack, client_id, algorithm).items():
        done = run_keyed(label, code, key_file, tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), label
        assert json.loads(done.stdout)["client_id"] == client_id, label


def test_the_snippets_for_a_key_fail_with_another_and_say_why(running_stack: LocalStack, tmp_path: Path) -> None:
    client_id = keyed_client(running_stack, key_of("ES256"), "ES256")
    key_file = file_of(key_of("ES256"), tmp_path)
    for label, code in key_snippets(running_stack, client_id, "ES256").items():
        done = run_keyed(label, code, key_file, tmp_path)
        assert done.returncode != 0, label
        assert "invalid_client" in done.stderr, label
        assert done.stdout == "", label
