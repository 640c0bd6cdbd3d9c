"""The results of a run as Markdown tables and a plot.

``python -m bench.report [RESULTS]`` takes a run (build/bench/results.json) into docs/performance.json, and writes from
it what docs/performance.md has between its two markers, and the plot. Without RESULTS it writes both anew. The prices
are those of docs/prices.json.
"""

import argparse
import json
import statistics
from pathlib import Path
from typing import Any

from bench.costs import Prices
from bench.generated import DOCS, check, replaced

_FUNCTION_MB = 1769
_EQUAL_REFUSALS = ("unknown client_id", "wrong secret", "revoked credential")
"""These must take the same time."""
_COLD_START_COLUMNS = ("init_ms", "init_cpu_ms", "first_ms", "first_cpu_ms")
_AWS_SECONDS = {"BatchGetItem": 0.005, "GetItem": 0.004, "kms Sign": 0.010}
"""Assumed, not measured: what Lambda waits, and bills, for each call."""


def markdown(results: dict[str, Any]) -> str:
    parts = (_machine, _exchange, _cold_start, _refusals, _kms_quota, _parallel, _goals)
    return "\n".join(line for part in parts for line in [*part(results), ""])


def page(text: str, results: dict[str, Any]) -> str:
    """The text of docs/performance.md with these results between its markers."""
    return replaced(text, "python -m bench.report", markdown(results))


def plot(results: dict[str, Any], target: Path) -> None:
    """CPU of one exchange, service and peers."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    measured = {name: median(one["cpu_ms"]) for name, one in results["exchange"].items()}
    names = sorted(measured, key=lambda name: -measured[name])
    figure, axes = plt.subplots(figsize=(8, 0.5 * len(names) + 1))
    colours = ["#1f6feb" if name.startswith("service") else "#8c959f" for name in names]
    bars = axes.barh(names, [measured[name] for name in names], color=colours)
    axes.bar_label(bars, fmt="%.2f", padding=3)
    axes.set_xlabel("CPU of the process, milliseconds an exchange (warm)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None})
    plt.close(figure)


def median(values: list[float]) -> float:
    return statistics.median(values)


def _machine(results: dict[str, Any]) -> list[str]:
    machine = results["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return [
        (
            f"{machine['date']}, {machine['cpu']}, Python {machine['python']}, {versions}, "
            f"oidc-provider {machine['oidc-provider']}. {machine.get('note', '')}"
        ).strip()
    ]


def _exchange(results: dict[str, Any]) -> list[str]:
    measured = results["exchange"]
    floor = median(measured["empty function"]["cpu_ms"])
    peer = median(measured["oidc-provider, 8 at once"]["cpu_ms"])
    lines = [
        (
            "| warm exchange | CPU ms of the process | from–to | ms in the handler | ÷ oidc-provider (8 at once) "
            "| latency ms (p50) | peak MB | calls | $ a million |"
        ),
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, one in measured.items():
        cpu = median(one["cpu_ms"])
        is_function = bool(one["meter"]) and any(key != "read units" for key in one["meter"])
        handler = cpu - floor if is_function else cpu
        calls = _calls(one)
        lines.append(
            f"| {name} | {cpu:.3f} | {min(one['cpu_ms']):.3f}–{max(one['cpu_ms']):.3f} | "
            f"{'' if name == 'empty function' else f'{handler:.3f}'} | "
            f"{'' if name == 'empty function' else f'{handler / peer:.2f}'} | {median(one['latency_ms']):.2f} | "
            f"{one['peak_mb']:.0f} | {calls or '–'} | {f'{_dollars(one, handler):.2f}' if is_function else '–'} |"
        )
    million = Prices.read().per_million
    waits = ", ".join(f"{seconds * 1000:.0f} ms a {call}" for call, seconds in _AWS_SECONDS.items())
    return [
        *lines,
        "",
        (
            "Dollars a million: calls and requests are metered; Lambda's time is the measured CPU and an assumed "
            "wait "
            f"({waits}) at {_FUNCTION_MB:,} MB and the price of arm64, which is what is packaged. API Gateway is "
            f"${million('API Gateway REST'):.2f} of it, KMS ${million('KMS signatures'):.2f}: "
            "[costs](operations.md#costs)."
        ),
    ]


def _dollars(one: dict[str, Any], handler_ms: float) -> float:
    """A million exchanges: metered calls by their price, and Lambda's time with the waits that are assumed above."""
    meter, million = one["meter"], Prices.read().per_million
    waits = sum(seconds * meter.get(call, 0) for call, seconds in _AWS_SECONDS.items())
    return float(
        million("API Gateway REST")
        + million("Lambda requests")
        + million("Lambda compute") * (handler_ms / 1000 + waits) * _FUNCTION_MB / 1024
        + million("DynamoDB reads") * meter["read units"]
        + million("KMS signatures") * meter.get("kms Sign", 0)
    )


def _cold_start(results: dict[str, Any]) -> list[str]:
    lines = ["| cold start | init ms | init CPU ms | with the first token, ms | CPU ms |", "|---|---|---|---|---|"]
    medians = {
        name: [median(one[column]) for column in _COLD_START_COLUMNS] for name, one in results["cold_start"].items()
    }
    lines += [f"| {name} | {' | '.join(f'{value:.0f}' for value in values)} |" for name, values in medians.items()]
    ratios = [_cold_start_ratio(results, column) for column in _COLD_START_COLUMNS]
    return [*lines, f"| ratio | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |"]


def _cold_start_ratio(results: dict[str, Any], column: str) -> float:
    """The service's time as a share of the standard stack's."""
    measured = results["cold_start"]
    return median(measured["service"][column]) / median(measured["standard stack"][column])


def _refusals(results: dict[str, Any]) -> list[str]:
    lines = ["| refusal | first quartile ms | median ms | third quartile ms |", "|---|---|---|---|"]
    for name, quartiles in results["refusals"].items():
        lines.append(f"| {name} | {' | '.join(f'{value:.2f}' for value in quartiles)} |")
    return lines


def _kms_quota(results: dict[str, Any]) -> list[str]:
    quota = results["kms_quota"]
    lines = [
        f"KMS limited to {quota['quota']} signs a second, {quota['offered']} exchanges a second offered:",
        "",
        "| | tokens | 503 | other | tokens a second | signs | throttled |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in ("each token signed", "tokens reused"):
        one = quota[name]
        lines.append(
            f"| {name} | {one['tokens']} | {one['refused_503']} | {one['other']} | {one['goodput']:.0f} "
            f"| {one['kms'].get('Sign', 0)} | {one['kms'].get('throttled', 0)} |"
        )
    return lines


def _parallel(results: dict[str, Any]) -> list[str]:
    lines = ["| execution environments at work | exchanges a second | median ms |", "|---|---|---|"]
    for environments, one in results["parallel"].items():
        lines.append(f"| {environments} | {one['exchanges_per_second']:.0f} | {one['median_ms']:.1f} |")
    return lines


def _goals(results: dict[str, Any]) -> list[str]:
    exchange = results["exchange"]
    cpu = {name: median(one["cpu_ms"]) for name, one in exchange.items()}
    service, best = cpu["service, each token signed"], cpu["oidc-provider, 8 at once"]
    handler = service - cpu["empty function"]
    medians = [results["refusals"][name][1] for name in _EQUAL_REFUSALS]
    malformed = results["refusals"]["malformed secret"][1]
    peak = exchange["service, each token signed"]["peak_mb"]
    clock, ready = _cold_start_ratio(results, "first_ms"), _cold_start_ratio(results, "first_cpu_ms")
    rows = {
        "handler's CPU at most 2.0 × `oidc-provider`, better 1.0 ×": (
            f"{handler / best:.2f} × its best state: 2.0 {_met(handler <= 2 * best)}, 1.0 {_met(handler <= best)}. "
            f"{handler / cpu['oidc-provider']:.2f} × one request at a time. The whole process, with `awslambdaric`, "
            f"is {service / best:.2f} × its best"
        ),
        "one read and at most one sign; no sign for a reused token": (
            f"{_calls(exchange['service, each token signed'])}. Reused: {_calls(exchange['service, tokens reused'])}. "
            "The second read is not as the goal has it; it makes sure that the token was not revoked"
        ),
        "ready, with the first token, in half the standard stack's time": (
            f"{ready:.2f} × in CPU: {_met(ready <= 0.5)}. {clock:.2f} × by the clock: {_met(clock <= 0.5)}"
        ),
        "a malformed secret costs no argon2; other refusals cost the same": (
            f"a median of {malformed:.1f} ms; medians of {min(medians):.0f} to {max(medians):.0f} ms"
        ),
        "110 MB at most": f"{peak:.0f} MB: {_met(peak <= 110)}",
        "execution environments in parallel only queue": "they share no lock; on few cores they take turns",
    }
    return ["| goal | result |", "|---|---|", *(f"| {goal} | {result} |" for goal, result in rows.items())]


def _met(met: bool) -> str:
    return "met" if met else "not met"


def _calls(measured: dict[str, Any]) -> str:
    return ", ".join(f"{count:g} {call}" for call, count in measured["meter"].items() if count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="?", type=Path, help="a run to take into docs/")
    parser.add_argument("--check", type=Path, metavar="PAGE", help="fail unless the page has the numbers in docs/")
    parser.add_argument("--note", default="", help="what a reader must know of the machine")
    options = parser.parse_args()
    results = json.loads((options.results or DOCS / "performance.json").read_text())
    if options.check:
        check(options.check, lambda text: page(text, results))
        return
    if options.results:
        results["machine"]["note"] = options.note
        (DOCS / "performance.json").write_text(json.dumps(results, indent=1) + "\n")
    target = DOCS / "performance.md"
    target.write_text(page(target.read_text(), results))
    plot(results, DOCS / "performance.svg")


if __name__ == "__main__":
    main()
