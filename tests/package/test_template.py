"""The template that CloudFormation gets."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.functions import zone
from deploy.names import logical_id
from deploy.stages import PROJECT
from tests.package.conftest import packaged

pytestmark = pytest.mark.slow
_NAMES = {"AliasName", "AlarmName", "DashboardName", "FunctionName", "LogGroupName", "Name", "RoleName", "TableName"}
"""Properties that give a resource a name which there can be only once."""
CHECKOV = PROJECT / ".venv" / "checkov" / "bin" / "checkov"


def assert_clean_in_cfn_lint(file: Path) -> None:
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run([cfn_lint, "-r", "eu-central-1", "--", file], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="session")
def translated_file(translated: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "translated.json"
    file.write_text(json.dumps(translated, indent=1))
    return file


def test_the_packaged_template_is_clean_in_cfn_lint(package: Path) -> None:
    # As ``sam validate --lint`` runs it: on what operators have, with the transform that CloudFormation applies.
    assert_clean_in_cfn_lint(package / "sam.json")


def test_the_template_of_the_other_stage_is_clean_in_cfn_lint(tmp_path: Path) -> None:
    assert_clean_in_cfn_lint(packaged("dev", tmp_path) / "sam.json")


def test_the_translated_template_is_clean_in_cfn_lint(translated_file: Path) -> None:
    assert_clean_in_cfn_lint(translated_file)


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
        _path, alias, _invocations = uri["Fn::Join"][1]
        name = alias["Ref"]
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


def test_nothing_with_a_name_of_its_own_is_left_behind_by_a_first_deployment_that_fails(
    translated: dict[str, Any],
) -> None:
    """What stays, a second try would meet: only what CloudFormation names may. Versions go with their function."""
    kept = {
        name: resource
        for name, resource in translated["Resources"].items()
        if resource.get("DeletionPolicy") == "Retain" and resource["Type"] != "AWS::Lambda::Version"
    }
    assert kept
    for name, resource in kept.items():
        assert not _NAMES & resource["Properties"].keys(), name


def test_the_signing_key_outlives_the_stack_once_it_is_deployed(translated: dict[str, Any]) -> None:
    for name in ("SigningKey", "SigningKeyAlias"):
        resource = translated["Resources"][name]
        assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_no_table_is_deleted_by_a_rollback_that_its_protection_would_stop(translated: dict[str, Any]) -> None:
    for resource in translated["Resources"].values():
        if resource["Properties"].get("DeletionProtectionEnabled"):
            assert resource["DeletionPolicy"] == "Retain"


def needed_by(resources: dict[str, Any], name: str) -> set[str]:
    """The resources that CloudFormation finishes before it begins this one."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in _named_in(resources[waiting.pop()], resources):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _named_in(value: Any, resources: dict[str, Any]) -> Iterator[str]:
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), _]} if name in resources:
            yield name
        case {"Fn::Sub": str(text)}:
            yield from (name for name in re.findall(r"\$\{(\w+)", text) if name in resources)
        case dict():
            depends = value.get("DependsOn", [])
            yield from [depends] if isinstance(depends, str) else depends
            for member in value.values():
                yield from _named_in(member, resources)
        case list():
            for member in value:
                yield from _named_in(member, resources)


def test_what_must_be_there_first_is_made_first(translated: dict[str, Any]) -> None:
    resources = translated["Resources"]
    stage = next(name for name, resource in resources.items() if resource["Type"] == "AWS::ApiGateway::Stage")
    # A stage that logs is refused until API Gateway has its role.
    assert {"ApiGatewayAccount", "ApiGatewayLogRole", "AccessLogs"} <= needed_by(resources, stage)
    for name, resource in resources.items():
        match resource["Type"]:
            case "AWS::Lambda::Function":
                assert {f"{name}Logs", f"{name}Policy"} <= needed_by(resources, name), name
            case "AWS::Lambda::Permission" | "AWS::Events::Rule" | "AWS::Lambda::EventSourceMapping":
                assert any(resources[other]["Type"] == "AWS::Lambda::Alias" for other in needed_by(resources, name)), (
                    name
                )


def test_the_deployment_page_asks_for_the_log_role_before_it_deploys() -> None:
    section = (PROJECT / "docs" / "operations.md").read_text().partition("## Deploy")[2].partition("\n## ")[0]
    commands = re.findall(r"^    (aws .*)$", section, re.MULTILINE)
    assert commands[0] == "aws apigateway get-account --query cloudwatchRoleArn --output text"
    assert any(command.startswith("aws cloudformation deploy ") for command in commands[1:])


def test_the_api_has_one_stage(translated: dict[str, Any]) -> None:
    """SAM makes a second one, "Stage", with neither throttling nor a log, unless it is told not to."""
    types = {"AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"}
    resources = [resource for resource in translated["Resources"].values() if resource["Type"] in types]
    assert [r["Properties"]["StageName"] for r in resources if "StageName" in r["Properties"]] == ["prod"]


def test_what_api_gateway_answers_keeps_its_status_and_has_its_id(translated: dict[str, Any]) -> None:
    responses = translated["Resources"]["RestAPI"]["Properties"]["Body"]["x-amazon-apigateway-gateway-responses"]
    assert {name for name, response in responses.items() if "statusCode" not in response} == {
        "DEFAULT_4XX",
        "DEFAULT_5XX",
    }
    assert responses["WAF_FILTERED"]["statusCode"] == "403"
    for response in responses.values():
        assert response["responseParameters"]["gatewayresponse.header.X-Request-Id"] == "context.requestId"


def test_answers_are_compressed(translated: dict[str, Any]) -> None:
    assert translated["Resources"]["RestAPI"]["Properties"]["MinimumCompressionSize"] == 1024


def test_every_alarm_has_its_section_in_the_operations_page(template: dict[str, Any]) -> None:
    page = (PROJECT / "docs" / "operations.md").read_text()
    alarms = [name.removesuffix("Alarm") for name, r in template["Resources"].items() if r["Type"].endswith("::Alarm")]
    assert len(alarms) > 10
    for alarm in alarms:
        for suffix in ("Throttles", "Errors", "Heartbeat"):
            if alarm.endswith(suffix) and alarm != "ServerErrors":
                alarm = f"…{suffix}"  # one section for all functions and tables
        assert f"### {alarm}" in page


def test_the_cost_table_counts_what_the_template_has(template: dict[str, Any]) -> None:
    assumed = json.loads((PROJECT / "docs" / "prices.json").read_text())["assumptions"]
    resources = template["Resources"].values()
    alarms = [resource for resource in resources if resource["Type"] == "AWS::CloudWatch::Alarm"]
    of_events = [alarm for alarm in alarms if "Condition" in alarm]
    counted = {
        transformation["MetricName"]
        for resource in resources
        if resource["Type"] == "AWS::Logs::MetricFilter"
        for transformation in resource["Properties"]["MetricTransformations"]
    }
    of_schedules = {"UnfinishedSweeps", "ExpiryNotices"}
    assert (assumed["alarms"], assumed["alarms_of_events"]) == (len(alarms) - len(of_events), len(of_events))
    assert assumed["metrics_without_outcome"] == len(counted | of_schedules)


def test_no_access_log_holds_a_header_or_a_body(template: dict[str, Any]) -> None:
    written = template["Resources"]["RestAPI"]["Properties"]["AccessLogSetting"]["Format"]
    assert set(json.loads(written)) >= {"request_id", "status", "route"}
    assert "header" not in written
    assert "body" not in written
    assert "querystring" not in written


def test_snapstart_can_be_chosen_only_on_a_runtime_that_has_it(template: dict[str, Any]) -> None:
    allowed = template["Parameters"]["SnapStart"]["AllowedValues"]
    assert ("PublishedVersions" in allowed) == (sys.version_info >= (3, 12))
    for name in ("token", "managed", "leaks", "public", "access_token", "manager"):
        assert template["Resources"][logical_id(name)]["Properties"]["SnapStart"] == {"ApplyOn": {"Ref": "SnapStart"}}


def test_a_route_that_no_rule_names_leads_to_the_function_that_may_do_nothing() -> None:
    assert zone("/something/new", {}) == "public"


def test_a_challenge_of_api_gateway_says_where_the_metadata_is(translated: dict[str, Any]) -> None:
    responses = translated["Resources"]["RestAPI"]["Properties"]["Body"]["x-amazon-apigateway-gateway-responses"]
    url = "https://credentials.example.com/.well-known/oauth-protected-resource"
    challenges = {
        name: response["responseParameters"].get("gatewayresponse.header.WWW-Authenticate")
        for name, response in responses.items()
    }
    assert challenges["UNAUTHORIZED"] == f"'Bearer resource_metadata=\"{url}\"'"
    assert challenges["ACCESS_DENIED"] == "context.authorizer.challenge"


def test_without_a_bus_there_is_neither_a_stream_nor_an_alarm_of_its_events(template: dict[str, Any]) -> None:
    resources, condition = template["Resources"], template["Conditions"]["PublishesAuditEvents"]
    assert condition == {"Fn::Not": [{"Fn::Equals": [{"Ref": "AuditEventBus"}, ""]}]}
    assert template["Parameters"]["AuditEventBus"]["Default"] == ""
    stream = resources["AuditEventsTable"]["Properties"]["StreamSpecification"]
    assert stream == {"Fn::If": ["PublishesAuditEvents", {"StreamViewType": "NEW_IMAGE"}, {"Ref": "AWS::NoValue"}]}
    conditional = {name for name, resource in resources.items() if resource.get("Condition") == "PublishesAuditEvents"}
    assert conditional == {
        "AuditEventStream",
        "LateAuditEventsAlarm",
        "PublishAuditEventsErrorsAlarm",
        "PublishAuditEventsThrottlesAlarm",
        "ResendAuditEventsErrorsAlarm",
        "ResendAuditEventsThrottlesAlarm",
        "UndeliveredAuditEventsAlarm",
    }


def test_the_stream_keeps_a_tenants_order_and_forgets_nothing_that_no_queue_has(translated: dict[str, Any]) -> None:
    mapping = translated["Resources"]["AuditEventStream"]["Properties"]
    assert mapping["ParallelizationFactor"] == 1
    assert 0 < mapping["MaximumRecordAgeInSeconds"] < 24 * 60 * 60
    assert mapping["DestinationConfig"] == {
        "OnFailure": {"Destination": {"Fn::GetAtt": ["UndeliveredAuditEvents", "Arn"]}}
    }
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert translated["Resources"][mapping["FunctionName"]["Ref"]]["Type"] == "AWS::Lambda::Alias"
