"""The recipe for Terraform: its HCL as parsed, its requests against the service, by what the provider's source does.

Terraform does not run here, since its providers come from a registry alone. ``Provider`` does what Mastercard/restapi 3
does with these attributes: which request it makes, what it keeps, and what it takes for a change.
"""

import copy
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import hcl2
import pytest

from deploy.stages import PROJECT
from tests.support.api_client import Answer, Api, basic
from tests.support.client_key import ClientKey

MAIN = PROJECT / "docs" / "recipes" / "terraform" / "main.tf"
ISSUER = "https://credentials.example.com"
DOES = {
    "path",
    "data",
    "update_method",
    "update_data",
    "destroy_method",
    "destroy_path",
    "force_new",
    "ignore_changes_to",
    "ignore_server_additions",
    "lifecycle",
}
"""The attributes of a restapi_object that ``Provider`` knows; another one would have to be taught to it."""


class Configuration:
    """main.tf with these variables: the few kinds of expression that it has, evaluated."""

    def __init__(self, variables: Mapping[str, object]) -> None:
        with MAIN.open() as file:
            self.parsed: dict[str, Any] = hcl2.load(file)
        declared = {_text(name): one for block in self.parsed["variable"] for name, one in _named(block)}
        assert variables.keys() <= declared.keys()
        self._names: dict[str, object] = {
            f"var.{name}": variables[name] if name in variables else self.value(one["default"])
            for name, one in declared.items()
            if name in variables or "default" in one
        }
        (local,) = self.parsed["locals"]
        self._names |= {f"local.{name}": self.value(one) for name, one in _named(local)}

    def block(self, kind: str, *labels: str) -> dict[str, Any]:
        """Its attributes with their values; inner blocks as they are parsed."""
        for block in self.parsed[kind]:
            found = block
            for label in labels:
                found = found.get(f'"{label}"', {})
            if found:
                return {name: one if name == "lifecycle" else self.value(one) for name, one in _named(found)}
        raise AssertionError(f"no {kind} {labels}")

    def value(self, parsed: Any) -> Any:
        if isinstance(parsed, dict):
            return {name: self.value(one) for name, one in _named(parsed)}
        if isinstance(parsed, list):
            return [self.value(one) for one in parsed]
        if not isinstance(parsed, str):
            return parsed
        if parsed.startswith('"'):
            return re.sub(r"\$\{([^}]+)\}", lambda found: str(self._expression(found[1])), _text(parsed))
        return self._expression(parsed.removeprefix("${").removesuffix("}"))

    def _expression(self, text: str) -> Any:
        called = re.fullmatch(r"(\w+)\((.+)\)", text)
        if called is None:
            return copy.deepcopy(self._names[text])
        if called[1] == "jsonencode":
            return json.dumps(self._expression(called[2]))
        assert called[1] == "merge"
        return {name: one for each in called[2].split(", ") for name, one in self._expression(each).items()}


def _named(block: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What stands in a block; the parser adds comments and marks of its own."""
    return [(name, one) for name, one in block.items() if not name.startswith("__")]


def _text(quoted: str) -> str:
    return quoted.removeprefix('"').removesuffix('"')


class Provider:
    """Applies the recipe's one resource. ``state`` is what Terraform would store of it; ``requests`` what was asked."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.state: dict[str, Any] | None = None
        self.requests: list[str] = []

    def refresh(self, configuration: Configuration) -> None:
        """Reads the object, and keeps of it what the configuration names."""
        if self.state is not None:
            resource = configuration.block("resource", "restapi_object", "credential")
            answer = self._ask(configuration, "GET", f"{resource['path']}/{self.state['id']}")
            if answer.status == 404:
                self.state = None
                return
            self._keep(answer, {name: answer.json[name] for name in self.state["data"] if name != "jwks"})

    def plan(self, configuration: Configuration) -> str:
        """``create``, ``update``, ``replace`` or ``nothing``. Raises what a postcondition would."""
        resource = configuration.block("resource", "restapi_object", "credential")
        assert resource.keys() == DOES
        assert resource["ignore_server_additions"] is True
        # The provider looks at ignore_server_additions only where there is something to ignore.
        assert resource["ignore_changes_to"] == resource["force_new"] == ["jwks"]
        self.refresh(configuration)
        if self.state is None:
            return "create"
        ((postcondition,),) = [lifecycle["postcondition"] for lifecycle in resource["lifecycle"]]
        assert postcondition["condition"] == '${self.api_data["status"] == "active"}'
        if self.state["api_data"]["status"] != "active":
            raise RuntimeError(postcondition["error_message"])
        planned = json.loads(resource["data"])
        if planned == self.state["data"]:
            return "nothing"
        return "replace" if planned["jwks"] != self.state["data"]["jwks"] else "update"

    def apply(self, configuration: Configuration, *, replace: bool = False) -> str:
        resource = configuration.block("resource", "restapi_object", "credential")
        what = "replace" if replace else self.plan(configuration)
        former = self.state
        if what in ("create", "replace"):
            assert resource["lifecycle"][0]["create_before_destroy"] is True
            self.state = {"id": None, "data": {}}
            answer = self._ask(configuration, "POST", resource["path"], resource["data"])
            self.state = {"id": answer.json["client_id"], "create_response": answer.text, "data": {}}
            self._keep(answer, json.loads(resource["data"]))
            if former is not None:
                self._destroy(configuration, former)
        elif what == "update":
            assert self.state is not None
            path = f"{resource['path']}/{self.state['id']}"
            answer = self._ask(configuration, resource["update_method"], path, resource["update_data"])
            self._keep(answer, json.loads(resource["data"]))
        return what

    def destroy(self, configuration: Configuration) -> None:
        assert self.state is not None
        self._destroy(configuration, self.state)
        self.state = None

    def _destroy(self, configuration: Configuration, state: Mapping[str, Any]) -> None:
        resource = configuration.block("resource", "restapi_object", "credential")
        self._ask(configuration, resource["destroy_method"], resource["destroy_path"].replace("{id}", state["id"]))

    def _keep(self, answer: Answer, data: dict[str, Any]) -> None:
        assert self.state is not None
        self.state["data"] = {"jwks": self.state["data"].get("jwks")} | data
        self.state["api_response"], self.state["api_data"] = answer.text, answer.json

    def _ask(self, configuration: Configuration, method: str, path: str, body: str | None = None) -> Answer:
        """With a token that golang.org/x/oauth2 fetches: client_secret_basic, and endpoint_params in the form."""
        provider = configuration.block("provider", "restapi")
        assert (provider["id_attribute"], provider["write_returns_object"]) == ("client_id", True)
        (oauth,) = provider["oauth_client_credentials"]
        form = urlencode({"grant_type": "client_credentials", **oauth["endpoint_params"]})
        headers = basic(oauth["oauth_client_id"], oauth["oauth_client_secret"])
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        token_path = oauth["oauth_token_endpoint"].removeprefix(provider["uri"])
        token = self._api.call("POST", token_path, headers=headers, body=form).json["access_token"]
        self.requests.append(f"{method} {path.partition('/acc_')[0]}")
        headers = {"Authorization": f"Bearer {token}"} | ({"Content-Type": "application/json"} if body else {})
        answer = self._api.call(method, path, headers=headers, body=body)
        if answer.status not in (200, 201, 202, 204, 404):
            raise RuntimeError(f"unexpected response code '{answer.status}': {answer.text}")
        return answer


class Project:
    """A directory with the recipe, its variables, and a program that has the key."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.manager = api.create("Terraform", scopes=["credentials:write", "orders:read", "reports:read"])
        self.provider = Provider(api)
        self.key = ClientKey()
        self.variables: dict[str, Any] = {
            "issuer": ISSUER,
            "manager_id": self.manager["client_id"],
            "manager_secret": self.manager["client_secret"],
            "public_key": self.key.jwk | {"kid": "1"},
        }

    @property
    def configuration(self) -> Configuration:
        return Configuration(self.variables)

    @property
    def client_id(self) -> str:
        assert self.provider.state is not None
        return str(self.provider.state["id"])

    def apply(self) -> str:
        return self.provider.apply(self.configuration)

    def plan(self) -> str:
        return self.provider.plan(self.configuration)

    def shown(self, client_id: str | None = None) -> dict[str, Any]:
        credential: dict[str, Any] = self.api.console("GET", f"/v1/credentials/{client_id or self.client_id}").json
        return credential


@pytest.fixture
def project(api: Api) -> Project:
    return Project(api)


def test_apply_makes_the_credential_whose_program_has_the_key_and_a_second_plan_is_empty(project: Project) -> None:
    assert project.apply() == "create"
    shown = project.shown()
    assert (shown["name"], shown["scopes"], shown["status"]) == ("Payroll", ["orders:read"], "active")
    assert shown["created_by"]["subject"] == project.manager["client_id"]
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": project.key.assertion(project.client_id, header={"kid": "1"}),
    }
    assert project.api.form("/oauth/token", form).status == 200
    assert [project.plan(), project.plan()] == ["nothing", "nothing"]


def test_a_changed_name_or_scope_is_patched_and_nothing_else(project: Project) -> None:
    project.apply()
    client_id = project.client_id
    project.variables |= {"name": "Wages", "scopes": ["reports:read", "orders:read"]}
    assert project.apply() == "update"
    shown = project.shown(client_id)
    assert (shown["name"], shown["scopes"]) == ("Wages", ["reports:read", "orders:read"])
    assert project.plan() == "nothing"
    assert project.client_id == client_id


def test_what_someone_changed_in_the_console_is_seen_and_set_right(project: Project) -> None:
    project.apply()
    project.api.console("PATCH", f"/v1/credentials/{project.client_id}", {"name": "By hand", "description": None})
    assert project.plan() == "update"
    project.apply()
    assert (project.shown()["name"], project.shown()["description"]) == ("Payroll", "Managed by Terraform")
    assert project.plan() == "nothing"


def test_another_key_makes_another_credential_before_the_old_one_is_revoked(project: Project) -> None:
    project.apply()
    old = project.client_id
    project.variables["public_key"] = ClientKey().jwk | {"kid": "2"}
    assert project.apply() == "replace"
    assert project.shown(old)["status"] == "revoked"
    assert (project.shown()["status"], project.shown()["jwks"]["keys"][0]["kid"]) == ("active", "2")
    assert project.provider.requests[-2:] == ["POST /v1/credentials"] * 2
    assert project.plan() == "nothing"


def test_destroy_revokes_it(project: Project) -> None:
    project.apply()
    client_id = project.client_id
    project.provider.destroy(project.configuration)
    assert project.shown(client_id)["status"] == "revoked"


@pytest.mark.parametrize("how", ["suspend", "revoke"])
def test_one_that_someone_ended_is_told_of_and_made_anew_when_that_is_asked_for(project: Project, how: str) -> None:
    project.apply()
    ended = project.client_id
    project.api.console("POST", f"/v1/credentials/{ended}/{how}")
    with pytest.raises(RuntimeError, match="not active"):
        project.plan()
    project.provider.apply(project.configuration, replace=True)
    assert project.client_id != ended
    assert project.plan() == "nothing"


def test_a_scope_that_the_manager_does_not_have_is_refused_and_nothing_is_made(project: Project) -> None:
    project.variables["scopes"] = ["orders:write"]
    with pytest.raises(RuntimeError, match=r"403.*insufficient_scope"):
        project.apply()
    assert len(project.api.console("GET", "/v1/credentials").json["credentials"]) == 1


def test_neither_state_nor_variables_that_are_kept_have_a_secret(project: Project) -> None:
    project.apply()
    project.variables["name"] = "Wages"
    project.apply()
    state = json.dumps(project.provider.state)
    assert project.client_id in state
    assert "accs_" not in state
    assert project.key.private_jwk["d"] not in state
    for block in project.configuration.parsed["variable"]:
        for name, declared in _named(block):
            assert (name == '"manager_secret"') == (declared.get("ephemeral") is True)
