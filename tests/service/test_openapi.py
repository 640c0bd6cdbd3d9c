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
from tests.support.github import TYPE, Github, report_of
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


class Checker:
    """Holds answers to what the document says of their operations; ``seen`` has the statuses by operation."""

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = {}

    def check(self, name: str, answer: Answer) -> Any:
        """The content of the answer."""
        self.seen.setdefault(name, set()).add(str(answer.status))
        response = OPERATIONS[name]["responses"][str(answer.status)]
        self._check_headers(response["headers"], answer)
        if not answer.text:
            assert "content" not in response
            return None
        schema = response["content"][answer.headers["Content-Type"]]["schema"]
        content = answer.json if "json" in answer.headers["Content-Type"] else answer.text
        Draft202012Validator(
            {"components": DOCUMENT["components"], **schema}, format_checker=Draft202012Validator.FORMAT_CHECKER
        ).validate(content)
        return content

    def _check_headers(self, declared: dict[str, Any], answer: Answer) -> None:
        """Each header that is sent is declared, and each that the document calls required is sent."""
        sent = {name.lower(): value for name, value in answer.headers.items() if is_said_by_headers(name)}
        described = {name.lower(): resolved(header) for name, header in declared.items()}
        assert sent.keys() <= described.keys()
        assert {name for name, header in described.items() if header["required"]} <= sent.keys()
        for name, header in described.items():
            if name in sent and header["schema"]["type"] == "integer":
                assert int(sent[name]) >= 0


def is_said_by_headers(name: str) -> bool:
    """False for the content type, which OpenAPI says elsewhere, and for what only browsers read."""
    return name.lower() != "content-type" and not name.lower().startswith("access-control-")


def resolved(header: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in header:
        return header
    found: dict[str, Any] = DOCUMENT["components"]["headers"][header["$ref"].rpartition("/")[2]]
    return found


def test_every_answer_of_the_service_is_as_the_document_says(api: Api, github: Github) -> None:
    api.restart(GITHUB_SECRET_TYPE=TYPE, GITHUB_KEYS_URL=github.keys_url)
    checker = Checker()
    check = checker.check
    created = check("create_credential", api.console("POST", "/v1/credentials", {"name": "x"}))
    one = f"/v1/credentials/{created['client_id']}"
    token = check("issue_token", api.exchange(created))["access_token"]
    check("whoami", api.whoami(token))
    check("list_status_lists", api.call("GET", "/status-lists", headers={"Authorization": f"Bearer {token}"}))
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
    check("get_revocation", api.console("GET", f"/v1/revocations/{begun['revocation_id']}"))
    check("list_audit_events", api.console("GET", "/v1/audit-events"))
    check("get_console_user", api.console("GET", "/v1/console-user"))
    check("get_status_list", api.call("GET", f"/status-lists/{created['client_id'][4:30]}/0"))
    check("get_jwks", api.call("GET", "/.well-known/jwks.json"))
    check("get_openid_configuration", api.call("GET", "/.well-known/openid-configuration"))
    check("get_protected_resource_metadata", api.call("GET", "/.well-known/oauth-protected-resource"))
    check("get_openapi", api.call("GET", "/openapi.json"))
    check("end_leaked_secret", api.form("/leaked-secrets", {"secret": "x"}))
    report = report_of("x", created["client_secret"])
    answer = api.call("POST", "/leaked-secrets/github", headers=github.signed(report), body=report)
    check("take_github_report", answer)
    check("health", api.call("GET", "/health"))
    for name, statuses in checker.seen.items():
        assert statuses == {str(DESCRIPTIONS[name].status)}
    assert checker.seen.keys() == OPERATIONS.keys()


def test_every_refusal_of_the_service_is_as_the_document_says(api: Api) -> None:
    checker = Checker()
    check = checker.check
    created = api.create()
    one = f"/v1/credentials/{created['client_id']}"
    check("create_credential", api.console("POST", "/v1/credentials", {}))
    check("create_credential", api.console("POST", "/v1/credentials", {"name": "x"}, roles=["viewer"]))
    json_as_text = {"Authorization": f"Bearer {api.identity_provider.token()}", "Content-Type": "text/plain"}
    check("create_credential", api.call("POST", "/v1/credentials", headers=json_as_text, body="{}"))
    check("list_credentials", api.console("GET", "/v1/credentials?limit=0"))
    check("get_credential", api.console("GET", one, tenant="globex"))
    check("get_credential", api.console("DELETE", one))
    api.console("POST", f"{one}/revoke")
    check("add_secret", api.console("POST", f"{one}/secrets", {}))
    check("issue_token", api.exchange(created))
    check("issue_token", api.form("/oauth/token", {}))
    check("issue_token", api.call("GET", "/oauth/token"))
    check("get_jwks", api.call("POST", "/.well-known/jwks.json"))
    known = api.call("GET", "/.well-known/jwks.json").headers["ETag"]
    check("get_jwks", api.call("GET", "/.well-known/jwks.json", headers={"If-None-Match": known}))
    assert checker.seen == {
        "create_credential": {"400", "403", "415"},
        "list_credentials": {"400"},
        "get_credential": {"404", "405"},
        "add_secret": {"409"},
        "issue_token": {"400", "401", "405"},
        "get_jwks": {"304", "405"},
    }


def test_what_was_made_is_found_where_its_location_says(api: Api) -> None:
    made = api.console("POST", "/v1/credentials", {"name": "x"})
    begun = api.console("POST", "/v1/credentials/revoke-all")
    for answer, member in ((made, "client_id"), (begun, "revocation_id")):
        path = answer.headers["Location"].removeprefix("https://credentials.example.com")
        assert api.console("GET", path).json[member] == answer.json[member]


def test_the_progress_of_a_revoke_all_is_found_where_it_first_was(api: Api) -> None:
    begun = api.console("POST", "/v1/credentials/revoke-all").json
    earlier = api.console("GET", f"/v1/credentials/revoke-all/{begun['revocation_id']}")
    assert earlier.json["revocation_id"] == begun["revocation_id"]


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
        security: dict[str, Any] = next(iter(OPERATIONS[operation_id]["security"]), {})
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


CAN_BE_CALLED_WRONG = [
    name
    for name, operation in OPERATIONS.items()
    if "requestBody" in operation or any(parameter["in"] != "header" for parameter in operation["parameters"])
]
"""A header may hold any text."""


def a_schema_can_say(case: "schemathesis.Case[Any]") -> bool:
    """False for an empty parameter, which counts as none (RFC 6749 §3.2), and for the type of no assertion.

    A cursor is good for the list that it came from; a time until which comes after one since which.
    """
    form, query = case.body if isinstance(case.body, dict) else {}, case.query or {}
    empty = any(value in ("", [""]) for value in [*query.values(), *form.values()])
    of_another_list = "cursor" in query or {"since", "until"} <= query.keys()
    return not empty and not of_another_list and ("client_assertion_type" not in form or "client_assertion" in form)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, schemathesis.GenerationMode.POSITIVE) for name in OPERATIONS]
    + [(name, schemathesis.GenerationMode.NEGATIVE) for name in CAN_BE_CALLED_WRONG],
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
