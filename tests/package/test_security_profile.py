"""The package of a stage that holds all its clients to a security profile."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.names import API
from tests.package.conftest import made, project_with
from tests.package.test_template import assert_clean_in_cfn_lint

pytestmark = pytest.mark.slow
TLS_1_3 = "SecurityPolicy_TLS13_1_3_2025_09"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The template of a project whose stage prod has the profile."""
    project = project_with(tmp_path_factory.mktemp("project"), SECURITY_PROFILE="fapi2")
    return made(project, project / "made")


def test_a_security_profile_closes_what_is_not_tls_1_3(held: dict[str, Any], template: dict[str, Any]) -> None:
    ours = held["Resources"]["Domain"]["Properties"]
    assert (ours["SecurityPolicy"], ours["EndpointAccessMode"]) == (TLS_1_3, "BASIC")
    definition = held["Resources"][API]["Properties"]["DefinitionBody"]
    assert definition["x-amazon-apigateway-security-policy"] == TLS_1_3
    assert definition["x-amazon-apigateway-endpoint-access-mode"] == "BASIC"
    assert template["Resources"]["Domain"]["Properties"]["SecurityPolicy"] == "TLS_1_2"
    assert "x-amazon-apigateway-security-policy" not in template["Resources"][API]["Properties"]["DefinitionBody"]


def test_the_template_with_the_profile_is_clean_in_cfn_lint(held: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "sam.json"
    file.write_text(json.dumps(held))
    assert_clean_in_cfn_lint(file)
