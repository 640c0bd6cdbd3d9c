"""What an operator sees at 3 a.m.: metrics out of the log lines, alarms, and the dashboard.

Each alarm's page is in ``docs/operations.md``, under the alarm's name.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from deploy.functions import NAMESPACE

Template = dict[str, Any]
_MINUTE = 60
_ACTIONS = {"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]}
_TABLES = ("TenantsTable", "CredentialsTable", "AuditEventsTable", "TokenRecordsTable")


class Metric(NamedTuple):
    """A metric as CloudWatch names it. Dimension values may be references."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, Any], ...]


class Alarm(NamedTuple):
    """Rings when the statistic is over the threshold in ``periods`` periods in a row; ``period`` in seconds."""

    name: str
    why: str
    metric: Metric
    statistic: str
    threshold: float
    periods: int = 1
    period: int = _MINUTE


def add(template: Template, stage: str) -> None:
    """Adds the metric filters, the alarms and the dashboard to a template that has its functions."""
    functions = _functions(template)
    for name in functions:
        template["Resources"] |= _log_metrics(name)
    alarms = list(_alarms(functions, template["Resources"]["RestAPI"]["Properties"]["StageName"]))
    template["Resources"] |= {f"{alarm.name}Alarm": _alarm_resource(alarm) for alarm in alarms}
    template["Resources"]["Dashboard"] = _dashboard(alarms, stage)


def _functions(template: Template) -> list[str]:
    resources = template["Resources"].items()
    return sorted(name for name, resource in resources if resource["Type"] == "AWS::Serverless::Function")


def _log_metrics(function: str) -> dict[str, Any]:
    """Metrics that no AWS service has, counted from log lines that are written anyway, so that no request pays."""
    return {
        f"{function}{name}Metric": {
            "Type": "AWS::Logs::MetricFilter",
            "Properties": {
                "LogGroupName": {"Ref": f"{function}Logs"},
                "FilterPattern": pattern,
                "MetricTransformations": [
                    {
                        "MetricNamespace": {"Fn::Sub": f"{NAMESPACE}/${{AWS::StackName}}"},
                        "MetricName": name,
                        "MetricValue": "1",
                        "DefaultValue": 0,
                    }
                ],
            },
        }
        for name, pattern in (
            ("Defects", '{ $.level = "ERROR" }'),
            ("KmsFailures", '{ $.aws_service = "kms" }'),
            ("DynamoDBFailures", '{ $.aws_service = "dynamodb" }'),
            ("IdentityProviderFailures", '{ $.identity_provider = "unreachable" }'),
        )
    }


def _alarms(functions: list[str], stage: str) -> Iterator[Alarm]:
    api = (("ApiName", {"Ref": "AWS::StackName"}), ("Stage", stage))
    yield Alarm("ServerErrors", "Requests are answered 5xx.", Metric("AWS/ApiGateway", "5XXError", api), "Sum", 5, 2)
    yield Alarm("SlowAnswers", "p99 of all answers, ms.", Metric("AWS/ApiGateway", "Latency", api), "p99", 2000, 5)
    for function in functions:
        named = (("FunctionName", {"Ref": function}),)
        yield Alarm(
            f"{function}Throttles", "Lambda refused invocations.", Metric("AWS/Lambda", "Throttles", named), "Sum", 0
        )
        yield Alarm(
            f"{function}Errors", "Invocations failed or timed out.", Metric("AWS/Lambda", "Errors", named), "Sum", 0
        )
    for table in _TABLES:
        named = (("TableName", {"Ref": table}),)
        yield Alarm(
            f"{table}Throttles", "DynamoDB throttles.", Metric("AWS/DynamoDB", "ThrottledRequests", named), "Sum", 0, 2
        )
    for name, why in (
        ("Defects", "A log line of level ERROR: a defect of this service."),
        ("KmsFailures", "KMS throttled or failed: tokens are not signed."),
        ("DynamoDBFailures", "DynamoDB throttled, failed or was not reached."),
        ("IdentityProviderFailures", "The identity provider's keys cannot be fetched: nobody can sign in."),
    ):
        yield Alarm(name, why, _own(name), "Sum", 0 if name == "Defects" else 5, 1)
    yield Alarm(
        "SweepAge", "A sweep has been unfinished for half an hour.", _own("UnfinishedSweeps"), "Minimum", 0, 6, 300
    )
    yield Alarm(
        "SweepFailures",
        "A sweep's event was given up.",
        Metric(
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            (("QueueName", {"Fn::GetAtt": ["SweepFailures", "QueueName"]}),),
        ),
        "Maximum",
        0,
    )


def _own(name: str) -> Metric:
    return Metric(f"{NAMESPACE}/${{AWS::StackName}}", name, ())


def _alarm_resource(alarm: Alarm) -> dict[str, Any]:
    percentile = alarm.statistic.startswith("p")
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": {"Fn::Sub": f"${{AWS::StackName}}-{alarm.name}"},
            "AlarmDescription": f"{alarm.why} What to do: docs/operations.md, {alarm.name}.",
            "Namespace": _text(alarm.metric.namespace),
            "MetricName": alarm.metric.name,
            "Dimensions": [{"Name": name, "Value": value} for name, value in alarm.metric.dimensions],
            ("ExtendedStatistic" if percentile else "Statistic"): alarm.statistic,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": alarm.threshold,
            "Period": alarm.period,
            "EvaluationPeriods": alarm.periods,
            "TreatMissingData": "notBreaching",
            "AlarmActions": _ACTIONS,
            "OKActions": _ACTIONS,
        },
    }


def _text(namespace: str) -> Any:
    return {"Fn::Sub": namespace} if "${" in namespace else namespace


def _dashboard(alarms: list[Alarm], stage: str) -> dict[str, Any]:
    own = f"{NAMESPACE}/${{AWS::StackName}}"
    api = ["ApiName", "${AWS::StackName}", "Stage", stage]
    issued = ["outcome", "issued"]
    widgets = [
        _graph(
            "Token requests by outcome", [[{"expression": f"SEARCH('{{{own},outcome}} TokenRequests', 'Sum', 60)"}]]
        ),
        _graph("Token request, ms", [[own, "Duration", *issued, {"stat": s}] for s in ("p50", "p99")]),
        _graph("Answers", [["AWS/ApiGateway", m, *api, {"stat": "Sum"}] for m in ("Count", "4XXError", "5XXError")]),
        _graph("All answers, ms", [["AWS/ApiGateway", "Latency", *api, {"stat": s}] for s in ("p50", "p99")]),
        _graph(
            "What others failed at",
            [[own, m, {"stat": "Sum"}] for m in ("KmsFailures", "DynamoDBFailures", "IdentityProviderFailures")],
        ),
        _graph("Sweeps", [[own, "UnfinishedSweeps", {"stat": "Maximum"}]]),
    ]
    arn = "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${AWS::StackName}-"
    widgets.append(
        {
            "type": "alarm",
            "width": 24,
            "height": 6,
            "properties": {"title": "Alarms", "alarms": [arn + alarm.name for alarm in alarms]},
        }
    )
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": {"Ref": "AWS::StackName"},
            "DashboardBody": {"Fn::Sub": json.dumps({"widgets": widgets})},
        },
    }


def _graph(title: str, metrics: list[list[Any]]) -> dict[str, Any]:
    properties = {"title": title, "region": "${AWS::Region}", "period": _MINUTE, "view": "timeSeries"}
    return {"type": "metric", "width": 12, "height": 6, "properties": properties | {"metrics": metrics}}
