"""Log lines as JSON, one object a line, for CloudWatch Logs Insights; and metrics, as members of such lines.

A line whose ``extra`` has ``metrics`` (name → value and CloudWatch unit) and ``dimensions`` (names of other members) is
in CloudWatch's embedded metric format: no call is made, and no request waits for one.
"""

import logging
import time
from contextvars import ContextVar
from typing import Any, ClassVar

import msgspec

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""API Gateway's id of the current request; each of its log lines has it."""


class JsonLines(logging.Formatter):
    """Formats a record as JSON; what was passed as ``extra`` becomes members of its own."""

    _STANDARD: ClassVar[frozenset[str]] = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

    def __init__(self, namespace: str | None = None, end: str = "") -> None:
        """Without a ``namespace`` the metrics are plain members."""
        super().__init__()
        self._namespace = namespace
        self._end = end

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in self._STANDARD}
        metrics, dimensions = line.pop("metrics", {}), line.pop("dimensions", ())
        line |= {name: value for name, (value, _unit) in metrics.items()}
        if metrics and self._namespace:
            line["_aws"] = self._directive(record, metrics, dimensions)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        present = {name: value for name, value in line.items() if value is not None}
        return msgspec.json.encode(present, enc_hook=str).decode() + self._end

    def _directive(
        self, record: logging.LogRecord, metrics: dict[str, tuple[float, str]], dimensions: tuple[str, ...]
    ) -> dict[str, Any]:
        definitions = [{"Name": name, "Unit": unit} for name, (_value, unit) in metrics.items()]
        directive = {"Namespace": self._namespace, "Dimensions": [dimensions], "Metrics": definitions}
        return {"Timestamp": int(record.created * 1000), "CloudWatchMetrics": [directive]}


def configure(namespace: str | None) -> None:
    """Writes the log of chalicelib, and the warnings of all others, as JSON lines; metrics go under ``namespace``."""
    # What no line says need not be looked up for each (logging's HOWTO, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    for handler in root.handlers:
        # Lambda's own handler stays: it marks where a line ends, and knows the invocation's id (aws_request_id).
        end = "" if isinstance(handler, logging.StreamHandler) else "\n"
        handler.setFormatter(JsonLines(namespace, end))
    root.setLevel(logging.WARNING)
    logging.getLogger("chalicelib").setLevel(logging.INFO)
