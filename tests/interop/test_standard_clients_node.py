"""npm's OAuth libraries against the running service, over a socket, with every check of theirs on."""

import json

import pytest

from tests.support.local_stack import LocalStack
from tests.support.node import PROJECT, run_script

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("node_packages")]
METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")


@pytest.fixture(scope="module")
def console_token(running_stack: LocalStack) -> str:
    return running_stack.token()


def asked(stack: LocalStack, console_token: str, **more: object) -> dict[str, object]:
    audience = "https://reports.example.com" if "second_audience" in more else "https://api.example.com"
    return {"issuer": stack.base_url, "consoleToken": console_token, "audience": audience, **more}


@pytest.mark.parametrize("dpop", [False, True], ids=["bearer", "dpop"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("script", ["oauth4webapi.mjs", "openid-client.mjs"])
def test_a_client_goes_from_discovery_to_revocation(
    running_stack: LocalStack, console_token: str, script: str, method: str, dpop: bool
) -> None:
    done = run_script(script, asked(running_stack, console_token, method=method, dpop=dpop, algorithm="ES256"))
    assert done.stdout == "done\n", done.stderr


@pytest.mark.parametrize("algorithm", ["PS256", "RS256"])
def test_a_client_may_sign_with_rsa(running_stack: LocalStack, console_token: str, algorithm: str) -> None:
    how = {"method": "private_key_jwt", "dpop": True, "algorithm": algorithm}
    done = run_script("oauth4webapi.mjs", asked(running_stack, console_token, **how))
    assert done.stdout == "done\n", done.stderr


@pytest.mark.parametrize("algorithm", ["ES256", "ES384", "PS256", "RS256"])
@pytest.mark.parametrize("dpop", [False, True], ids=["bearer", "dpop"])
def test_jose_makes_what_we_take_and_takes_what_we_make(
    running_stack: LocalStack, console_token: str, algorithm: str, dpop: bool
) -> None:
    done = run_script("jose.mjs", asked(running_stack, console_token, dpop=dpop, algorithm=algorithm))
    assert done.stdout == "done\n", done.stderr


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((PROJECT / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
