"""Log lines, and the metrics in them."""

import json
import logging
from typing import Any

from chalicelib import logs


def line(namespace: str | None = None, **extra: Any) -> Any:
    record = logging.makeLogRecord({"msg": "token request", "levelname": "INFO", **extra})
    return json.loads(logs.JsonLines(namespace).format(record))


def test_what_a_line_is_given_becomes_its_members() -> None:
    assert line(outcome="issued")["outcome"] == "issued"


def test_what_is_none_is_left_out() -> None:
    assert "client_id" not in line(client_id=None)


def test_every_line_of_a_request_has_its_id() -> None:
    token = logs.request_id.set("request-1")
    try:
        assert line()["request_id"] == "request-1"
    finally:
        logs.request_id.reset(token)
    assert "request_id" not in line()


def test_metrics_are_in_the_embedded_metric_format() -> None:
    metrics = {"TokenRequests": (1, "Count"), "Duration": (2.5, "Milliseconds")}
    written = line("Credentials/prod", outcome="issued", metrics=metrics, dimensions=("outcome",), created=1.5)
    assert written["TokenRequests"] == 1
    assert written["Duration"] == 2.5
    assert written["_aws"] == {
        "Timestamp": 1500,
        "CloudWatchMetrics": [
            {
                "Namespace": "Credentials/prod",
                "Dimensions": [["outcome"]],
                "Metrics": [{"Name": "TokenRequests", "Unit": "Count"}, {"Name": "Duration", "Unit": "Milliseconds"}],
            }
        ],
    }


def test_without_a_namespace_metrics_are_plain_members() -> None:
    written = line(metrics={"TokenRequests": (1, "Count")})
    assert written["TokenRequests"] == 1
    assert "_aws" not in written
