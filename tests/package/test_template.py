"""The template that CloudFormation gets."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.functions import zone
from deploy.names import logical_id
from deploy.stages import PROJECT

pytestmark = pytest.mark.slow
CHECKOV = PROJECT / ".venv" / "checkov" / "bin" / "checkov"


@pytest.fixture(scope="session")
def translated_file(translated: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "translated.json"
    file.write_text(json.dumps(translated, indent=1))
    return file


def test_the_translated_template_is_clean_in_cfn_lint(translated_file: Path) -> None:
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run(
        [cfn_lint, "-r", "eu-central-1", "--", translated_file], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_what_checkov_finds_in_the_template_is_named_with_its_reason(translated_file: Path) -> None:
    assert CHECKOV.exists(), "checkov is not installed: run  make test"
    command: list[str | Path] = [CHECKOV, "--config-file", PROJECT / "deploy" / "checkov.yaml", "-f", translated_file]
    command += ["-o", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert report["summary"]["passed"] > 100
    assert [(c["check_id"], c["resource"]) for c in report["results"]["failed_checks"]] == []


def test_no_reason_is_kept_for_what_checkov_no_longer_finds(translated_file: Path) -> None:
    reasons = re.findall(r"^  - (CKV\w+)$", (PROJECT / "deploy" / "checkov.yaml").read_text(), re.MULTILINE)
    command: list[str | Path] = [CHECKOV, "--skip-download", "--framework", "cloudformation", "-f", translated_file]
    run = subprocess.run([*command, "-o", "json"], capture_output=True, text=True, check=False)
    found = {check["check_id"] for check in json.loads(run.stdout)["results"]["failed_checks"]}
    assert found == set(reasons)


def test_each_path_leads_to_the_alias_of_a_function_that_lets_the_api_call_it(translated: dict[str, Any]) -> None:
    resources = translated["Resources"]
    callable_aliases = {
        resource["Properties"]["FunctionName"]["Ref"]
        for resource in resources.values()
        if resource["Type"] == "AWS::Lambda::Permission"
        and resource["Properties"]["Principal"].startswith("apigateway")
    }
    body = resources["RestAPI"]["Properties"]["Body"]
    integrations = [
        method["x-amazon-apigateway-integration"] for methods in body["paths"].values() for method in methods.values()
    ]
    uris = [integration["uri"] for integration in integrations if integration["type"] != "mock"]
    uris += [s["x-amazon-apigateway-authorizer"]["authorizerUri"] for s in body["securityDefinitions"].values()]
    for uri in uris:
        name = uri["Fn::Sub"].partition("${AWS::Region}:lambda")[2].partition("${")[2].partition("}")[0]
        assert resources[name]["Type"] == "AWS::Lambda::Alias"
        assert name in callable_aliases


def test_the_tables_outlive_the_stack_and_every_mistake(translated: dict[str, Any]) -> None:
    tables = [r for r in translated["Resources"].values() if r["Type"] == "AWS::DynamoDB::Table"]
    assert len(tables) >= 3
    for table in tables:
        assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
        assert table["Properties"]["DeletionProtectionEnabled"] is True
        assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert table["Properties"]["SSESpecification"]["SSEEnabled"] is True


def test_the_signing_key_refuses_everyone_but_the_token_function_to_sign(translated: dict[str, Any]) -> None:
    deny = translated["Resources"]["SigningKey"]["Properties"]["KeyPolicy"]["Statement"][1]
    assert deny["Effect"] == "Deny"
    assert "kms:Sign" in deny["Action"]
    role = {"Fn::GetAtt": ["TokenHandlerRole", "Arn"]}
    assert deny["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": role}}


def test_every_alarm_has_its_section_in_the_operations_page(template: dict[str, Any]) -> None:
    page = (PROJECT / "docs" / "operations.md").read_text()
    alarms = [name.removesuffix("Alarm") for name, r in template["Resources"].items() if r["Type"].endswith("::Alarm")]
    assert len(alarms) > 10
    for alarm in alarms:
        for suffix in ("Throttles", "Errors"):
            if alarm.endswith(suffix) and alarm != "ServerErrors":
                alarm = f"…{suffix}"  # one section for all functions and tables
        assert f"### {alarm}" in page


def test_no_access_log_holds_a_header_or_a_body(template: dict[str, Any]) -> None:
    written = template["Resources"]["RestAPI"]["Properties"]["AccessLogSetting"]["Format"]
    assert set(json.loads(written)) >= {"request_id", "status", "route"}
    assert "header" not in written
    assert "body" not in written
    assert "querystring" not in written


def test_snapstart_can_be_chosen_only_on_a_runtime_that_has_it(template: dict[str, Any]) -> None:
    allowed = template["Parameters"]["SnapStart"]["AllowedValues"]
    assert ("PublishedVersions" in allowed) == (sys.version_info >= (3, 12))
    for name in ("token", "managed", "public", "access_token", "console_user"):
        assert template["Resources"][logical_id(name)]["Properties"]["SnapStart"] == {"ApplyOn": {"Ref": "SnapStart"}}


def test_a_route_that_no_rule_names_leads_to_the_function_that_may_do_nothing() -> None:
    assert zone("/something/new", {}) == "public"
