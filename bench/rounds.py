"""Rounds of several candidates that take turns, so that what else the machine does hits all alike."""

import statistics
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from emulators.metered_services import MeteredServices


class Task(NamedTuple):
    """``run`` does it so many times and tells the seconds of each; ``cpu``: what its processes have used so far.

    ``warm``: how often it is done before the first round.
    """

    run: Callable[[int], list[float]]
    cpu: Callable[[], float]
    warm: int = 300


def in_turns(running: MeteredServices, tasks: Mapping[str, Task], rounds: int, count: int) -> dict[str, dict[str, Any]]:
    """Milliseconds of CPU and of latency by round, and the metered calls, each of one time that it is done."""
    measured: dict[str, dict[str, Any]] = {name: {"cpu_ms": [], "latency_ms": [], "meter": {}} for name in tasks}
    for task in tasks.values():
        task.run(task.warm)
    for _ in range(rounds):
        for name, task in tasks.items():
            running.meter()
            before = task.cpu()
            seconds = task.run(count)
            measured[name]["cpu_ms"].append((task.cpu() - before) / count * 1000)
            measured[name]["latency_ms"].append(statistics.median(seconds) * 1000)
            measured[name]["meter"] = _each(running.meter(), count)
    return measured


def _each(metered: dict[str, Any], count: int) -> dict[str, float]:
    calls = {**metered["dynamodb"], **{f"kms {name}": n for name, n in metered["kms"].items()}}
    each = {name: n / count for name, n in calls.items()} | {"read units": metered["read_units"] / count}
    return each | ({"write units": metered["write_units"] / count} if metered["write_units"] else {})
