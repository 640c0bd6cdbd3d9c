"""Adds what an operator watches: metrics from log lines, alarms, and the dashboard.

``docs/operations.md`` says for each alarm, under its name, what to do.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from chalicelib.tables import TABLES
from deploy.functions import in_template
from deploy.intrinsics import Value, attribute, if_, ref, sub
from deploy.names import (
    API,
    METRICS_NAMESPACE,
    PUBLISH,
    PUBLISHES_EVENTS,
    RESEND,
    SWEEP_FAILURES,
    UNDELIVERED_EVENTS,
    logical_id,
)

Template = dict[str, Any]
_MINUTE = 60
_UNFINISHED_SWEEPS = "UnfinishedSweeps"
"""The metric that the function sweep_unfinished writes."""


class LogMetric(NamedTuple):
    """Log lines of this pattern in a minute, and what more of them than the threshold mean."""

    name: str
    pattern: str
    threshold: int
    why: str


_DEFECTS = LogMetric("Defects", '{ $.level = "ERROR" }', 0, "A log line of level ERROR: a defect of this service.")
_FAILURES_OF_OTHERS = (
    LogMetric("KmsFailures", '{ $.aws_service = "kms" }', 5, "KMS failed, throttles, or refuses a key."),
    LogMetric(
        "DynamoDBFailures", '{ $.aws_service = "dynamodb" }', 5, "DynamoDB failed, throttles, or refuses a table."
    ),
    LogMetric(
        "IdentityProviderFailures",
        '{ $.identity_provider = "failed" }',
        5,
        "The identity provider does not answer, or with garbage: nobody gets into the console.",
    ),
    LogMetric(
        "SecretScanningFailures",
        '{ $.secret_scanning = "failed" }',
        5,
        "GitHub's keys cannot be fetched: its reports of leaked secrets are answered 503.",
    ),
)
_REFUSED_ROTATIONS = LogMetric(
    "RefusedRotations",
    '{ $.rotation = "refused" }',
    0,
    "SIGNING_KEY_ID names a key that cannot take over: tokens are signed with the one before.",
)
_LOG_METRICS = (_DEFECTS, *_FAILURES_OF_OTHERS, _REFUSED_ROTATIONS)
_MISSED_RUNS = 3
"""So many runs of a schedule in a row must fail to come before its alarm fires."""


class UnknownSchedule(Exception):
    """A function's schedule is no rate: when its alarm should miss it is not known here."""


class Metric(NamedTuple):
    """A metric as CloudWatch names it. Dimension values may be references."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, Any], ...] = ()


class Alarm(NamedTuple):
    """Fires when the statistic is over the threshold in ``periods`` periods in a row; ``period`` in seconds.

    With ``at_least`` it fires when the statistic is below the threshold, or when there is none. There is none of it
    where its ``condition`` does not hold.
    """

    name: str
    why: str
    metric: Metric
    statistic: str
    threshold: float
    periods: int = 1
    period: int = _MINUTE
    at_least: bool = False
    condition: str | None = None


def add(template: Template, stage: str) -> None:
    """Adds the metric filters, the alarms and the dashboard to a template that has its functions.

    Raises UnknownSchedule.
    """
    functions = in_template(template)
    for function in functions:
        log_group = template["Resources"][function]["Properties"]["LoggingConfig"]["LogGroup"]
        for log_metric in _LOG_METRICS:
            template["Resources"][f"{function}{log_metric.name}Metric"] = _metric_filter(log_group, log_metric)
    alarms = list(_alarms(functions, template["Resources"][API]["Properties"]["StageName"]))
    alarms += [
        _heartbeat(function, _rate(event["Properties"]["Schedule"]))
        for function in functions
        for event in template["Resources"][function]["Properties"].get("Events", {}).values()
    ]
    template["Resources"] |= {f"{alarm.name}Alarm": _alarm_resource(alarm) for alarm in alarms}
    template["Resources"]["Dashboard"] = _dashboard(alarms, stage)


def _metric_filter(log_group: Value, log_metric: LogMetric) -> dict[str, Any]:
    """A metric that no AWS service has, counted from log lines that are written anyway, so that no request pays."""
    return {
        "Type": "AWS::Logs::MetricFilter",
        "Properties": {
            "LogGroupName": log_group,
            "FilterPattern": log_metric.pattern,
            "MetricTransformations": [
                {
                    "MetricNamespace": sub(METRICS_NAMESPACE),
                    "MetricName": log_metric.name,
                    "MetricValue": "1",
                    "DefaultValue": 0,
                }
            ],
        },
    }


def _alarms(functions: list[str], stage: str) -> Iterator[Alarm]:
    api = (("ApiName", ref("AWS::StackName")), ("Stage", stage))
    yield Alarm("ServerErrors", "Requests are answered 5xx.", Metric("AWS/ApiGateway", "5XXError", api), "Sum", 5, 2)
    yield Alarm("SlowAnswers", "p99 of all answers, ms.", Metric("AWS/ApiGateway", "Latency", api), "p99", 2000, 5)
    for function in functions:
        named = (("FunctionName", ref(function)),)
        condition = PUBLISHES_EVENTS if function in (logical_id(PUBLISH), logical_id(RESEND)) else None
        for kind, why in (("Throttles", "Lambda refused invocations."), ("Errors", "Invocations failed or timed out.")):
            yield Alarm(f"{function}{kind}", why, Metric("AWS/Lambda", kind, named), "Sum", 0, condition=condition)
    for table in TABLES:
        named = (("TableName", ref(table.resource)),)
        for kind in ("Read", "Write"):
            throttled = Metric("AWS/DynamoDB", f"{kind}ThrottleEvents", named)
            yield Alarm(f"{table.resource}{kind}Throttles", "DynamoDB throttles.", throttled, "Sum", 0, 2)
    for name, _, threshold, why in _LOG_METRICS:
        yield Alarm(name, why, Metric(METRICS_NAMESPACE, name), "Sum", threshold)
    yield Alarm(
        "SweepAge",
        "A sweep has been unfinished for half an hour.",
        Metric(METRICS_NAMESPACE, _UNFINISHED_SWEEPS),
        "Minimum",
        0,
        6,
        5 * _MINUTE,
    )
    yield _waiting_in(SWEEP_FAILURES, "A sweep's event was given up.")
    yield _waiting_in(UNDELIVERED_EVENTS, "Audit events did not reach the bus.", PUBLISHES_EVENTS)
    yield Alarm(
        "LateAuditEvents",
        "Audit events wait for longer than a quarter of an hour to get on the bus.",
        Metric("AWS/Lambda", "IteratorAge", (("FunctionName", ref(logical_id(PUBLISH))),)),
        "Maximum",
        15 * _MINUTE * 1000,
        condition=PUBLISHES_EVENTS,
    )


def _waiting_in(queue: str, why: str, condition: str | None = None) -> Alarm:
    """Of a queue that should be empty."""
    named = (("QueueName", attribute(queue, "QueueName")),)
    metric = Metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", named)
    return Alarm(queue, why, metric, "Maximum", 0, condition=condition)


def _heartbeat(function: str, seconds: int) -> Alarm:
    """Of a function that runs every so many seconds."""
    runs = Metric("AWS/Lambda", "Invocations", (("FunctionName", ref(function)),))
    why = "The schedule no longer runs."
    return Alarm(f"{function}Heartbeat", why, runs, "Sum", 1, period=_MISSED_RUNS * seconds, at_least=True)


def _rate(schedule: str) -> int:
    """``rate(5 minutes)`` → 300. Raises UnknownSchedule."""
    found = re.fullmatch(r"rate\((\d+) (minute|hour)s?\)", schedule)
    if found is None:
        raise UnknownSchedule(schedule)
    return int(found[1]) * {"minute": _MINUTE, "hour": 60 * _MINUTE}[found[2]]


def _alarm_resource(alarm: Alarm) -> dict[str, Any]:
    percentile = alarm.statistic.startswith("p")
    notified = if_("HasAlarmTopic", [ref("AlarmTopicArn")])
    return {
        "Type": "AWS::CloudWatch::Alarm",
        **({"Condition": alarm.condition} if alarm.condition else {}),
        "Properties": {
            "AlarmName": sub(f"${{AWS::StackName}}-{alarm.name}"),
            "AlarmDescription": f"{alarm.why} What to do: docs/operations.md, {alarm.name}.",
            "Namespace": _namespace(alarm.metric),
            "MetricName": alarm.metric.name,
            "Dimensions": [{"Name": name, "Value": value} for name, value in alarm.metric.dimensions],
            ("ExtendedStatistic" if percentile else "Statistic"): alarm.statistic,
            "ComparisonOperator": "LessThanThreshold" if alarm.at_least else "GreaterThanThreshold",
            "Threshold": alarm.threshold,
            "Period": alarm.period,
            "EvaluationPeriods": alarm.periods,
            "TreatMissingData": "breaching" if alarm.at_least else "notBreaching",
            "AlarmActions": notified,
            "OKActions": notified,
        },
    }


def _namespace(metric: Metric) -> Any:
    return sub(metric.namespace) if metric.namespace == METRICS_NAMESPACE else metric.namespace


def _dashboard(alarms: list[Alarm], stage: str) -> dict[str, Any]:
    always = [alarm for alarm in alarms if alarm.condition is None]
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": ref("AWS::StackName"),
            "DashboardBody": if_(PUBLISHES_EVENTS, _dashboard_body(alarms, stage), _dashboard_body(always, stage)),
        },
    }


def _dashboard_body(alarms: list[Alarm], stage: str) -> Value:
    own = METRICS_NAMESPACE
    api = ["ApiName", "${AWS::StackName}", "Stage", stage]
    issued = ["outcome", "issued"]
    # A namespace of more than letters and digits must be quoted, or the search finds nothing.
    by_outcome = f"SEARCH('{{\"{own}\",outcome}} MetricName=\"TokenRequests\"', 'Sum', {_MINUTE})"
    widgets = [
        _graph("Token requests by outcome", [[{"expression": by_outcome}]]),
        _graph("Token request, ms", [[own, "Duration", *issued, {"stat": s}] for s in ("p50", "p99")]),
        _graph("Answers", [["AWS/ApiGateway", m, *api, {"stat": "Sum"}] for m in ("Count", "4XXError", "5XXError")]),
        _graph("All answers, ms", [["AWS/ApiGateway", "Latency", *api, {"stat": s}] for s in ("p50", "p99")]),
        _graph("Failures of other services", [[own, failure.name, {"stat": "Sum"}] for failure in _FAILURES_OF_OTHERS]),
        _graph("Sweeps", [[own, _UNFINISHED_SWEEPS, {"stat": "Maximum"}]]),
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
    return sub(json.dumps({"widgets": widgets}))


def _graph(title: str, metrics: list[list[Any]]) -> dict[str, Any]:
    properties = {"title": title, "region": "${AWS::Region}", "period": _MINUTE, "view": "timeSeries"}
    return {"type": "metric", "width": 12, "height": 6, "properties": properties | {"metrics": metrics}}
