"""Every alarm, and every graph, is of a metric that there is: AWS publishes it, or our code writes it."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from chalice.app import Chalice, Request, Response
from chalice.test import Client

from chalicelib.aws.errors import translated_errors
from chalicelib.console.console_users import ConsoleUsers
from chalicelib.errors import Refusal
from chalicelib.secret_scanning.github_keys import github_keys
from chalicelib.settings import Settings
from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.tables import TABLES
from chalicelib.web.error_response import PROBLEM, rendering
from chalicelib.web.token_request_log import token_request_log
from chalicelib.wiring import Zones
from deploy.functions import in_template
from emulators.dynamodb import client_error
from tests.support.chalice_requests import request
from tests.support.clocks import Clock
from tests.support.identity_provider import IdentityProvider
from tests.support.key_schedules import FakeKeyProvider, KeyScheduleInMemory
from tests.support.log_lines import LogLines

pytestmark = pytest.mark.slow
OURS = "ApiClientCredentials/"
PUBLISHED = {
    "AWS/ApiGateway": ({"ApiName", "Stage"}, {"4XXError", "5XXError", "Count", "Latency"}),
    "AWS/DynamoDB": ({"TableName"}, {"ReadThrottleEvents", "WriteThrottleEvents"}),
    "AWS/Lambda": ({"FunctionName"}, {"Errors", "Invocations", "IteratorAge", "Throttles"}),
    "AWS/SQS": ({"QueueName"}, {"ApproximateNumberOfMessagesVisible"}),
}
"""By namespace, the dimensions and the metrics that AWS's guides name: each metric is published with exactly these."""


def alarms(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    resources = template["Resources"].items()
    return {name: r["Properties"] for name, r in resources if r["Type"] == "AWS::CloudWatch::Alarm"}


def is_ours(namespace: Any) -> bool:
    text = namespace["Fn::Sub"] if isinstance(namespace, dict) else namespace
    return bool(text.startswith(OURS))


def is_published(namespace: Any, metric: str, dimensions: set[str], ours: set[tuple[str, frozenset[str]]]) -> bool:
    """``ours``: the metrics that our code writes, each with its dimensions."""
    if is_ours(namespace):
        return (metric, frozenset(dimensions)) in ours
    published, metrics = PUBLISHED[namespace]
    return metric in metrics and dimensions == published


@pytest.fixture
def written(
    lines: LogLines, zones: Zones, environ: dict[str, str], clock: Clock, identity_provider: IdentityProvider
) -> list[Any]:
    """The lines that our code writes when each thing happens that a metric is of."""
    for service in ("kms", "dynamodb"):
        with suppress(Refusal), translated_errors(service):
            raise client_error("ThrottlingException")
    unreachable = Settings.from_env(environ | {"OIDC_ISSUER": "http://127.0.0.1:1"}).oidc
    with suppress(Refusal):
        ConsoleUsers(unreachable).verify(identity_provider.token())
    with suppress(Refusal):
        github_keys("http://127.0.0.1:1").get("a")
    zones.console.sweeper.resume_all(lambda: True)
    _refuse_a_rotation(clock)
    token_request_log(lambda _request: Response(""))(request())
    _break_a_view()
    return lines()


def _refuse_a_rotation(clock: Clock) -> None:
    store, keys = KeyScheduleInMemory(), FakeKeyProvider()
    operations = KeyOperations(store, store, keys, "alias", clock)
    operations.advance()
    keys.wanted = "key-1"
    keys.unusable.add("key-1")
    operations.advance()


def _break_a_view() -> None:
    app = Chalice("broken")

    def view(_request: Request) -> Response:
        raise ZeroDivisionError

    app.route("/")(rendering(app, PROBLEM)(view))
    with Client(app) as client:
        assert client.http.get("/").status_code == 500


def matches(pattern: str, line: dict[str, Any]) -> bool:
    """Whether a line has the member that a filter pattern of CloudWatch Logs asks for."""
    found = re.fullmatch(r'\{ \$\.(\w+) = "(\w+)" \}', pattern)
    assert found is not None, pattern
    return bool(line.get(found[1]) == found[2])


def exist(template: dict[str, Any], written: list[Any]) -> set[tuple[str, frozenset[str]]]:
    """The metrics of ours with their dimensions: those in the lines, and those that a filter makes of a line."""
    embedded = {
        (metric["Name"], frozenset(dimensions))
        for line in written
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", [])
        for dimensions in directive["Dimensions"]
        for metric in directive["Metrics"]
    }
    filters = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::Logs::MetricFilter"]
    return embedded | {
        (transformation["MetricName"], frozenset())
        for filter_ in filters
        for transformation in filter_["MetricTransformations"]
        if is_ours(transformation["MetricNamespace"])
        and any(matches(filter_["FilterPattern"], line) for line in written)
    }


def test_every_alarm_is_of_a_metric_that_is_published(template: dict[str, Any], written: list[Any]) -> None:
    ours = exist(template, written)
    for name, alarm in alarms(template).items():
        dimensions = {dimension["Name"] for dimension in alarm["Dimensions"]}
        assert is_published(alarm["Namespace"], alarm["MetricName"], dimensions, ours), name


def test_every_graph_is_of_a_metric_that_is_published(template: dict[str, Any], written: list[Any]) -> None:
    ours = exist(template, written)
    for namespace, metric, dimensions in _graphed(template):
        assert is_published(namespace, metric, dimensions, ours), metric


def dashboards(template: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Where a bus gets the audit events, and where none does."""
    condition, *bodies = template["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::If"]
    assert condition == "PublishesAuditEvents"
    with_events, without = [json.loads(body["Fn::Sub"]) for body in bodies]
    return with_events, without


def _graphed(template: dict[str, Any]) -> Iterator[tuple[str, str, set[str]]]:
    for widget in [widget for dashboard in dashboards(template) for widget in dashboard["widgets"]]:
        for first, *rest in widget["properties"].get("metrics", []):
            if isinstance(first, dict):
                # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
                searched = re.fullmatch(
                    r"""SEARCH\('\{"([^"]+)",(\w+)\} MetricName="(\w+)"', 'Sum', 60\)""", first["expression"]
                )
                assert searched is not None, first
                yield searched[1], searched[3], {searched[2]}
            else:
                metric, *pairs = [member for member in rest if isinstance(member, str)]
                yield first, metric, set(pairs[::2])


def test_the_dashboard_shows_every_alarm_that_there_is(template: dict[str, Any]) -> None:
    resources = template["Resources"]
    conditions = {name: resources[name].get("Condition") for name in alarms(template)}
    assert set(conditions.values()) == {None, "PublishesAuditEvents"}
    for dashboard, conditional in zip(dashboards(template), (True, False), strict=True):
        shown = {arn.rpartition("-")[2] for w in dashboard["widgets"] for arn in w["properties"].get("alarms", [])}
        assert shown == {
            name.removesuffix("Alarm") for name, condition in conditions.items() if conditional or condition is None
        }


def test_every_table_has_an_alarm_on_each_kind_of_throttling(template: dict[str, Any]) -> None:
    watched = {
        (dimension["Value"]["Ref"], alarm["MetricName"])
        for alarm in alarms(template).values()
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "TableName"
    }
    assert watched == {
        (table.resource, metric) for table in TABLES for metric in ("ReadThrottleEvents", "WriteThrottleEvents")
    }


def test_an_alarm_fires_when_a_schedule_no_longer_runs(template: dict[str, Any]) -> None:
    for function in in_template(template):
        for event in template["Resources"][function]["Properties"].get("Events", {}).values():
            alarm = alarms(template)[f"{function}HeartbeatAlarm"]
            found = re.fullmatch(r"rate\((\d+) (minutes|hours)\)", event["Properties"]["Schedule"])
            assert found is not None
            assert (alarm["MetricName"], alarm["Statistic"]) == ("Invocations", "Sum")
            assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": function}}]
            assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
            assert alarm["TreatMissingData"] == "breaching"
            assert (
                alarm["Period"] * alarm["EvaluationPeriods"]
                == 3 * int(found[1]) * {"minutes": 60, "hours": 3600}[found[2]]
            )


def test_every_scheduled_function_of_the_app_is_on_a_schedule(template: dict[str, Any]) -> None:
    scheduled = [name for name in in_template(template) if "Events" in template["Resources"][name]["Properties"]]
    assert scheduled == ["RotateSigningKeys", "SweepUnfinished", "TellExpiring"]


def test_no_method_has_paid_metrics_of_its_own(template: dict[str, Any]) -> None:
    settings = template["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    assert {setting["MetricsEnabled"] for setting in settings} == {False}


def test_the_endpoints_for_leaked_secrets_take_few_requests_at_a_time(template: dict[str, Any]) -> None:
    settings = template["Resources"]["RestAPI"]["Properties"]["MethodSettings"]
    limits = {one["ResourcePath"]: (one["ThrottlingRateLimit"], one["ThrottlingBurstLimit"]) for one in settings}
    assert limits.pop("/*") == ({"Ref": "RequestsPerSecond"}, {"Ref": "RequestBurst"})
    assert limits == {"/~1leaked-secrets": (5, 10), "/~1leaked-secrets~1github": (5, 10)}
