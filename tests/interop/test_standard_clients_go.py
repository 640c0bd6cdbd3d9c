"""Go's OAuth libraries against the running service, each called as its README calls it."""

import os
from pathlib import Path

import pytest
import requests

from tests.support.go import go, gopath_environ
from tests.support.local_stack import PATIENCE, LocalStack

pytestmark = pytest.mark.slow
PROGRAMS = Path(__file__).parent / "go"


def test_go_oidc_discovers_the_issuer_and_verifies_its_tokens(running_stack: LocalStack, tmp_path: Path) -> None:
    created = requests.post(
        f"{running_stack.base_url}/v1/credentials",
        json={"name": "go-oidc"},
        headers={"Authorization": f"Bearer {running_stack.token()}"},
        timeout=PATIENCE,
    ).json()
    issued = requests.post(
        f"{running_stack.base_url}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(created["client_id"], created["client_secret"]),
        timeout=PATIENCE,
    ).json()
    direct = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    told = {"ISSUER": running_stack.base_url, "AUDIENCE": "https://api.example.com"}
    program = tmp_path / "src" / "verify"
    program.mkdir(parents=True)
    (program / "main.go").write_text((PROGRAMS / "go-oidc.go").read_text())
    environ = direct | told | {"ACCESS_TOKEN": issued["access_token"]} | gopath_environ(tmp_path)
    done = go("run", ".", directory=program, environ=environ)
    assert (done.returncode, done.stdout) == (0, f"{created['client_id']}\n"), done.stderr
