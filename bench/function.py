"""A function with one execution environment, measured like a peer."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.service import function


def is_ok(content: Any) -> bool:
    """Of a function behind API Gateway."""
    return bool(content["statusCode"] == 200)


def is_allowed(content: Any) -> bool:
    """Of an authorizer."""
    return bool(content["policyDocument"]["Statement"][0]["Effect"] == "Allow")


class Function:
    """``events``: what it is asked, without end; ``is_right`` tells whether its answer is the one that is wanted."""

    def __init__(
        self,
        task_root: Path,
        environ: Mapping[str, str],
        events: Iterator[bytes],
        handler: str = "app.app",
        is_right: Callable[[Any], bool] = is_ok,
    ) -> None:
        self._events = events
        self._is_right = is_right
        self._function = function(environ, task_root, handler)
        self.cpu, self.peak_memory, self.stop = self._function.cpu, self._function.peak_memory, self._function.stop
        started = time.perf_counter()
        self._function.start()
        self.init_seconds, self.init_cpu = time.perf_counter() - started, self.cpu()
        self.ask(1)
        self.first_seconds, self.first_cpu = time.perf_counter() - started, self.cpu()

    def ask(self, count: int) -> list[float]:
        """Seconds that each answer took. Raises RuntimeError for one that is not right."""
        seconds = []
        for _ in range(count):
            answer = self.submit(next(self._events))
            if not self._is_right(answer[0]):
                raise RuntimeError(f"answered {answer[0]}")
            seconds.append(answer[1])
        return seconds

    def submit(self, event: bytes) -> tuple[Any, float]:
        answer = self._function.submit(event).result(60)
        return answer.content, answer.seconds
