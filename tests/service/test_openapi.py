"""The OpenAPI document is true of the running service."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import CHECKS, load_all_checks

from chalicelib.web.openapi.descriptions import DESCRIPTIONS
from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import ClientKey
from tests.support.local_stack import LocalStack, started_stack
from tests.support.openapi_document import DOCUMENT, OPERATIONS

load_all_checks()


def test_the_service_serves_its_document(api: Api) -> None:
    answer = api.call("GET", "/openapi.json")
    assert answer.status == 200
    assert answer.json["paths"].keys() == DOCUMENT["paths"].keys()
    again = api.call("GET", "/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304


def as_client(credential: dict[str, Any]) -> dict[str, str]:
    return basic(credential["client_id"], credential["client_secret"])


def test_every_answer_of_the_service_is_of_its_schema(api: Api) -> None:
    checked = set()

    def check(name: str, answer: Answer) -> Any:
        response = OPERATIONS[name]["responses"][str(answer.status)]
        if not answer.text:
            assert "content" not in response
            checked.add(name)
            return None
        schema = response["content"][answer.headers["Content-Type"]]["schema"]
        content = answer.json if "json" in answer.headers["Content-Type"] else answer.text
        Draft202012Validator(
            {"components": DOCUMENT["components"], **schema}, format_checker=Draft202012Validator.FORMAT_CHECKER
        ).validate(content)
        assert answer.status < 300
        checked.add(name)
        return content

    created = check("create_credential", api.console("POST", "/v1/credentials", {"name": "x"}))
    one = f"/v1/credentials/{created['client_id']}"
    token = check("issue_token", api.exchange(created))["access_token"]
    check("whoami", api.whoami(token))
    asking = api.create(scopes=["introspect"])
    check("introspect", api.form("/oauth/introspect", {"token": token}, as_client(asking)))
    check("introspect", api.form("/oauth/introspect", {"token": "x"}, as_client(asking)))
    check("revoke_token", api.form("/oauth/revoke", {"token": token}, as_client(created)))
    check("get_server_metadata", api.call("GET", "/.well-known/oauth-authorization-server"))
    added = check("add_secret", api.console("POST", f"{one}/secrets", {}))
    check("end_secret", api.console("DELETE", f"{one}/secrets/{added['secrets'][1]['secret_id']}"))
    with_key = f"/v1/credentials/{api.create(jwks=ClientKey().jwk)['client_id']}"
    keys = check("add_key", api.console("POST", f"{with_key}/keys", {"jwk": ClientKey().jwk}))["jwks"]["keys"]
    check("remove_key", api.console("DELETE", f"{with_key}/keys/{keys[0]['kid']}"))
    check("get_credential", api.console("GET", one))
    check("edit_credential", api.console("PATCH", one, {"description": "y", "allowed_addresses": ["192.0.2.7"]}))
    check("suspend_credential", api.console("POST", f"{one}/suspend"))
    check("resume_credential", api.console("POST", f"{one}/resume"))
    check("list_credentials", api.console("GET", "/v1/credentials"))
    check("revoke_credential", api.console("POST", f"{one}/revoke"))
    begun = check("revoke_all", api.console("POST", "/v1/credentials/revoke-all"))
    check("get_revocation", api.console("GET", f"/v1/credentials/revoke-all/{begun['revocation_id']}"))
    check("list_audit_events", api.console("GET", "/v1/audit-events"))
    check("get_console_user", api.console("GET", "/v1/console-user"))
    check("get_status_list", api.call("GET", f"/status-lists/{created['client_id'][4:30]}/0"))
    check("get_jwks", api.call("GET", "/.well-known/jwks.json"))
    check("get_openid_configuration", api.call("GET", "/.well-known/openid-configuration"))
    check("get_openapi", api.call("GET", "/openapi.json"))
    check("health", api.call("GET", "/health"))
    assert checked == set(OPERATIONS)


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """A stack of its own: what is tried here includes revoke-all."""
    with started_stack() as stack:
        yield stack


class Caller:
    """Gives each operation what it needs to come in."""

    def __init__(self, stack: LocalStack) -> None:
        self.base_url = stack.base_url
        self._console = {"Authorization": f"Bearer {stack.token()}"}

    def headers(self, operation_id: str) -> dict[str, str]:
        security = OPERATIONS[operation_id].get("security", [{}])[0]
        if "console_user" in security:
            return self._console
        if "access_token" in security:
            return {"Authorization": f"Bearer {self._access_token()}"}
        if "client_secret_basic" in security:
            return self._client()
        return {}

    def _client(self) -> dict[str, str]:
        """A new credential each time: a revoke-all may have come before."""
        created = requests.post(
            f"{self.base_url}/v1/credentials", json={"name": "x"}, headers=self._console, timeout=60
        )
        return basic(created.json()["client_id"], created.json()["client_secret"])

    def _access_token(self) -> str:
        form = {"grant_type": "client_credentials"}
        issued = requests.post(f"{self.base_url}/oauth/token", data=form, headers=self._client(), timeout=60)
        return str(issued.json()["access_token"])


@pytest.fixture(scope="module")
def caller(stack: LocalStack) -> Caller:
    return Caller(stack)


@pytest.fixture(scope="module")
def served(stack: LocalStack) -> Any:
    return schemathesis.openapi.from_url(f"{stack.base_url}/openapi.json")


TAKES_SOMETHING = [
    name for name, operation in OPERATIONS.items() if operation["parameters"] or "requestBody" in operation
]


@pytest.mark.slow
def a_schema_can_say(case: "schemathesis.Case[Any]") -> bool:
    """False for an empty parameter, which counts as none (RFC 6749 §3.2), and for the type of no assertion."""
    form = case.body if isinstance(case.body, dict) else {}
    empty = any(value in ("", [""]) for value in [*(case.query or {}).values(), *form.values()])
    return not empty and ("client_assertion_type" not in form or "client_assertion" in form)


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, schemathesis.GenerationMode.POSITIVE) for name in OPERATIONS]
    + [(name, schemathesis.GenerationMode.NEGATIVE) for name in TAKES_SOMETHING],
)
def test_the_running_service_answers_as_the_document_says(
    served: Any, caller: Caller, name: str, mode: schemathesis.GenerationMode
) -> None:
    operation = served.find_operation_by_id(name)
    headers = caller.headers(name)
    # What a body may hold is more than a schema can say: a time to come, a scope of the catalogue, 7 but not 7.0.
    excluded: list[Any] = [CHECKS.get_one("positive_data_acceptance")] if DESCRIPTIONS[name].body is not None else []

    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: schemathesis.Case[Any]) -> None:
        assume(a_schema_can_say(case))
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    answers()
