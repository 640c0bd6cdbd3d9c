"""What the service logs, as the lines that CloudWatch gets."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import logs

LogLines = Callable[[], list[Any]]


class KeptLines(logging.Handler):
    """Keeps the lines as they were at the moment they were written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.JsonLines("Credentials"))
        self.lines: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[LogLines]:
    """Returns the lines that were logged so far."""
    caplog.set_level(logging.INFO, "chalicelib")
    kept = KeptLines()
    logging.getLogger("chalicelib").addHandler(kept)
    yield lambda: kept.lines
    logging.getLogger("chalicelib").removeHandler(kept)
