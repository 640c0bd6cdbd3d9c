"""npm's OAuth libraries against the running service, over a socket, with every check of theirs on."""

import json
from collections.abc import Iterator

import pytest

from tests.support.local_stack import LocalStack, started_stack
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


def test_openid_client_5_takes_the_default_path_of_its_readme(running_stack: LocalStack, console_token: str) -> None:
    done = run_script("openid-client-5.mjs", asked(running_stack, console_token))
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


@pytest.mark.parametrize("algorithm", ["ES256", "PS256"])
def test_openid_client_keeps_the_security_profile_that_its_credential_is_held_to(
    signing_by_ps256: LocalStack, algorithm: str
) -> None:
    how = {"method": "private_key_jwt", "dpop": True, "algorithm": algorithm, "fields": {"security_profile": "fapi2"}}
    done = run_script("openid-client.mjs", asked(signing_by_ps256, signing_by_ps256.token(), **how))
    assert done.stdout == "done\n", done.stderr


@pytest.mark.parametrize("algorithm", ["ES256", "PS256"])
def test_openid_client_keeps_the_security_profile_of_a_deployment(fapi2: LocalStack, algorithm: str) -> None:
    how = {"method": "private_key_jwt", "dpop": True, "algorithm": algorithm}
    done = run_script("openid-client.mjs", asked(fapi2, fapi2.token(), **how))
    assert done.stdout == "done\n", done.stderr


@pytest.fixture(scope="module")
def signing_by_ps256() -> Iterator[LocalStack]:
    with started_stack(RSA_ALGORITHM="PS256") as stack:
        yield stack


@pytest.fixture(scope="module")
def fapi2() -> Iterator[LocalStack]:
    """The service as it is where all clients are held to the FAPI 2.0 Security Profile."""
    with started_stack(SECURITY_PROFILE="fapi2") as stack:
        yield stack


@pytest.fixture(scope="module")
def older_endpoint() -> Iterator[LocalStack]:
    """The service as it is where clients of an older endpoint are to go on."""
    with started_stack(TOKEN_REQUEST_JSON="true", TOKEN_PATH_ALIASES="/v1/partner/oauth/token") as stack:
        yield stack


@pytest.mark.parametrize("path", ["/oauth/token", "/v1/partner/oauth/token"])
@pytest.mark.parametrize("authorization_method", ["header", "body"])
@pytest.mark.parametrize("body_format", ["json", "form"])
def test_simple_oauth2_gets_a_token_with_json_and_with_a_form(
    older_endpoint: LocalStack, body_format: str, authorization_method: str, path: str
) -> None:
    how = {"bodyFormat": body_format, "authorizationMethod": authorization_method, "tokenPath": path}
    done = run_script("simple-oauth2.mjs", asked(older_endpoint, older_endpoint.token(), **how))
    assert done.stdout == "done\n", done.stderr


@pytest.mark.parametrize("folder", ["npm", "openapi", "recipes"])
def test_the_lock_file_names_no_registry(folder: str) -> None:
    lock = json.loads((PROJECT.parent / folder / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
