"""A stage that names further paths of the token endpoint, or resources on its host, has their paths in its template."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.stages import PROJECT
from tests.package.conftest import made, project_with

pytestmark = pytest.mark.slow
ALIAS = "/v1/partner/oauth/token"
RESOURCE = "https://credentials.example.com/orders"
METADATA = "/.well-known/oauth-protected-resource/orders"


@pytest.fixture(scope="module")
def with_alias(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The template of a project whose stage prod has an alias, and a resource with a path."""
    project = project_with(tmp_path_factory.mktemp("project"), TOKEN_PATH_ALIASES=ALIAS, AUDIENCES=RESOURCE)
    return made(project, project / "made")


def methods(template: dict[str, Any], path: str) -> Any:
    return template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"][path]


def test_an_alias_is_the_token_endpoint_but_for_its_path(with_alias: dict[str, Any]) -> None:
    assert "TokenHandler" in str(methods(with_alias, ALIAS)["post"]["x-amazon-apigateway-integration"]["uri"])
    assert methods(with_alias, ALIAS) == methods(with_alias, "/oauth/token")


def test_a_resources_metadata_is_answered_by_the_function_without_rights(with_alias: dict[str, Any]) -> None:
    own = methods(with_alias, "/.well-known/oauth-protected-resource")
    assert "PublicHandler" in str(own["get"]["x-amazon-apigateway-integration"]["uri"])
    assert methods(with_alias, METADATA) == own


def test_an_alias_is_a_setting_of_every_function_which_registers_the_same_routes(with_alias: dict[str, Any]) -> None:
    functions = [r for r in with_alias["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    assert {f["Properties"]["Environment"]["Variables"]["TOKEN_PATH_ALIASES"] for f in functions} == {ALIAS}


def test_a_path_changes_nothing_else(with_alias: dict[str, Any], template: dict[str, Any]) -> None:
    others = json.loads(json.dumps(with_alias))
    for path in (ALIAS, METADATA):
        del others["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"][path]
    for resource in others["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            for name in ("TOKEN_PATH_ALIASES", "AUDIENCES"):
                del resource["Properties"]["Environment"]["Variables"][name]
    assert others == template


def test_the_shell_that_packages_adds_no_path(tmp_path: Path, template: dict[str, Any]) -> None:
    assert made(PROJECT, tmp_path, TOKEN_PATH_ALIASES=ALIAS, AUDIENCES=RESOURCE) == template
