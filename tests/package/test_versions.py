"""Whatever an operator changes reaches what API Gateway calls: a new version of each function that it concerns."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.tables import TABLES
from deploy import versions
from deploy.functions import in_template
from emulators.cloudformation import Template

pytestmark = pytest.mark.slow
NOT_OF_A_VERSION = {"EventInvokeConfig", "Events", "FunctionName", "ProvisionedConcurrencyConfig", "VersionDescription"}
"""What Lambda and EventBridge keep beside a function's versions."""
Translate = Callable[[dict[str, Any]], dict[str, Any]]


class Deployment:
    """A template as it is deployed with these parameters, to resources that got these names."""

    def __init__(
        self,
        template: dict[str, Any],
        translate: Translate,
        parameters: dict[str, str] | None = None,
        physical: dict[str, str] | None = None,
    ) -> None:
        self._functions = {name: template["Resources"][name]["Properties"] for name in in_template(template)}
        self._resolved = Template(template, physical or {}, {}, parameters)
        self._translated = translate(template)["Resources"]

    def configuration(self, function: str) -> Any:
        """What Lambda would put into a version."""
        properties = self._functions[function].items()
        return self._resolved.resolve({name: value for name, value in properties if name not in NOT_OF_A_VERSION})

    def version(self, function: str) -> tuple[str, Any]:
        """What CloudFormation knows a version by: one of another logical id, or of other properties, is a new one."""
        alias = self._translated[f"{function}Aliaslive"]["Properties"]["FunctionVersion"]["Fn::GetAtt"][0]
        return alias, self._resolved.resolve(self._translated[alias]["Properties"].get("Description"))

    def stage(self) -> Any:
        [stage] = [r for r in self._translated.values() if r["Type"] == "AWS::ApiGateway::Stage"]
        return self._resolved.resolve(stage["Properties"])

    def closes_execute_api(self) -> bool:
        body = self._translated["RestAPI"]["Properties"]["Body"]["x-amazon-apigateway-endpoint-configuration"]
        return bool(self._resolved.resolve(body)["disableExecuteApiEndpoint"])


def changed(parameter: dict[str, Any]) -> str:
    """Another value than the parameter's default."""
    others = [str(value) for value in parameter.get("AllowedValues", []) if value != parameter["Default"]]
    if others:
        return others[0]
    return str(parameter["Default"] + 1) if parameter["Type"] == "Number" else "another"


def assert_reaches_the_alias(before: Deployment, after: Deployment, functions: list[str]) -> None:
    for function in functions:
        if before.configuration(function) != after.configuration(function):
            assert before.version(function) != after.version(function), function
        else:
            assert before.version(function) == after.version(function), function


@pytest.fixture(scope="session")
def template_with_snapstart(template: dict[str, Any]) -> dict[str, Any]:
    """As a newer Python packages it: every value of SnapStart is allowed."""
    content = copy.deepcopy(template)
    content["Parameters"]["SnapStart"]["AllowedValues"] = ["None", "PublishedVersions"]
    return content


PARAMETERS = [
    "SigningKeySpec",
    "LogRetentionDays",
    "RequestsPerSecond",
    "RequestBurst",
    "SnapStart",
    "ProvisionedConcurrency",
    "CertificateArn",
    "HostedZoneId",
    "AuditEventBus",
    "AlarmTopicArn",
    "SetApiGatewayLogRole",
]


def test_every_parameter_is_tried(template: dict[str, Any]) -> None:
    assert set(PARAMETERS) == set(template["Parameters"])


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_changed_parameter_is_a_new_version_of_whatever_has_it(
    template_with_snapstart: dict[str, Any], translate: Translate, name: str
) -> None:
    value = changed(template_with_snapstart["Parameters"][name])
    before = Deployment(template_with_snapstart, translate)
    after = Deployment(template_with_snapstart, translate, {name: value})
    assert_reaches_the_alias(before, after, in_template(template_with_snapstart))


def test_snapstart_is_of_a_version(template_with_snapstart: dict[str, Any], translate: Translate) -> None:
    before = Deployment(template_with_snapstart, translate)
    after = Deployment(template_with_snapstart, translate, {"SnapStart": "PublishedVersions"})
    assert before.version("TokenHandler") != after.version("TokenHandler")


@pytest.mark.parametrize("resource", [*(table.resource for table in TABLES), "SigningKeyAlias", "AWS::StackName"])
def test_another_name_of_a_resource_is_a_new_version(
    template: dict[str, Any], translate: Translate, resource: str
) -> None:
    before = Deployment(template, translate)
    after = Deployment(template, translate, physical={resource: "another"})
    assert before.configuration("TokenHandler") != after.configuration("TokenHandler")
    assert_reaches_the_alias(before, after, in_template(template))


@pytest.mark.parametrize("variable", ["ISSUER", "AUDIENCE", "OIDC_ISSUER", "OIDC_AUDIENCE", "SCOPES", "DEFAULT_SCOPES"])
@pytest.mark.parametrize("by_reference", [False, True], ids=["literal", "parameter"])
def test_a_changed_setting_is_a_new_version(
    template: dict[str, Any], translate: Translate, variable: str, by_reference: bool
) -> None:
    after = copy.deepcopy(template)
    for function in in_template(after):
        after["Resources"][function]["Properties"]["Environment"]["Variables"][variable] = "another"
    before = copy.deepcopy(template)
    if by_reference:
        before, after = _as_a_parameter(template, variable, "one"), _as_a_parameter(template, variable, "another")
    for function in in_template(template):
        assert Deployment(before, translate).version(function) != Deployment(after, translate).version(function)


def _as_a_parameter(template: dict[str, Any], variable: str, value: str) -> dict[str, Any]:
    """The template as it would be packaged if the setting were a parameter of it."""
    content = copy.deepcopy(template)
    content["Parameters"]["Setting"] = {"Type": "String", "Default": value}
    for function in in_template(content):
        del content["Resources"][function]["Properties"]["Environment"]["Variables"]["SETTINGS_VERSION"]
        content["Resources"][function]["Properties"]["Environment"]["Variables"][variable] = {"Ref": "Setting"}
    versions.add(content)
    return content


def test_a_version_that_is_replaced_is_kept(translated: dict[str, Any]) -> None:
    published = [r for r in translated["Resources"].values() if r["Type"] == "AWS::Lambda::Version"]
    assert len(published) >= 9
    for version in published:
        assert version["DeletionPolicy"] == version["UpdateReplacePolicy"] == "Retain"


def test_the_functions_go_with_the_stack(translated: dict[str, Any]) -> None:
    functions = [r for r in translated["Resources"].values() if r["Type"] == "AWS::Lambda::Function"]
    assert [function for function in functions if "DeletionPolicy" in function] == []


def test_a_certificate_that_is_given_later_closes_the_other_address(
    template: dict[str, Any], translate: Translate
) -> None:
    before = Deployment(template, translate)
    after = Deployment(template, translate, {"CertificateArn": "arn:aws:acm:eu-central-1:123456789012:certificate/one"})
    assert (before.closes_execute_api(), after.closes_execute_api()) == (False, True)
    # "This setting takes effect when you update any setting on any stage": API Gateway's guide.
    assert before.stage() != after.stage()
