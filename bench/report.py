"""The results of a run as a Markdown table and a plot."""

import statistics
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")

from matplotlib import pyplot as plt

# us-east-1, on demand, dollars. DynamoDB: a million read units; KMS: 10,000 signs with RSA_2048 or another key;
# Lambda: a GB-second on x86, a million requests; API Gateway REST: a million requests, the first tier.
_READ_UNITS, _SIGNS, _GB_SECOND, _LAMBDA, _API = 0.125, 0.03, 0.0000166667, 0.20, 3.50
_FUNCTION_GB = 1769 / 1024
_AWS_SECONDS = {"BatchGetItem": 0.005, "GetItem": 0.004, "kms Sign": 0.010}
"""Assumed, not measured: what Lambda waits, and bills, for each call."""


def markdown(results: dict[str, Any]) -> str:
    return "\n".join([*_machine(results), *_exchange(results), *_cold_start(results), *_rest(results)]) + "\n"


def plot(results: dict[str, Any], target: Path) -> None:
    """CPU of one exchange, service and peers."""
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
            f"oidc-provider {machine['oidc-provider']}."
        ),
        "",
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
        calls = ", ".join(f"{count:g} {call}" for call, count in one["meter"].items() if count)
        lines.append(
            f"| {name} | {cpu:.3f} | {min(one['cpu_ms']):.3f}–{max(one['cpu_ms']):.3f} | "
            f"{'' if name == 'empty function' else f'{handler:.3f}'} | "
            f"{'' if name == 'empty function' else f'{handler / peer:.2f}'} | {median(one['latency_ms']):.2f} | "
            f"{one['peak_mb']:.0f} | {calls or '–'} | {f'{_dollars(one, handler):.2f}' if is_function else '–'} |"
        )
    return [*lines, ""]


def _dollars(one: dict[str, Any], handler_ms: float) -> float:
    """A million exchanges: metered calls by their price, and Lambda's time with the waits that are assumed above."""
    meter = one["meter"]
    waits = sum(seconds * meter.get(call, 0) for call, seconds in _AWS_SECONDS.items())
    lambda_time = (handler_ms / 1000 + waits) * _FUNCTION_GB * _GB_SECOND * 1e6
    return float(
        meter["read units"] * _READ_UNITS + meter.get("kms Sign", 0) * _SIGNS * 100 + lambda_time + _LAMBDA + _API
    )


def _cold_start(results: dict[str, Any]) -> list[str]:
    lines = ["| cold start | init ms | init CPU ms | with the first token, ms | CPU ms |", "|---|---|---|---|---|"]
    columns = ("init_ms", "init_cpu_ms", "first_ms", "first_cpu_ms")
    medians = {name: [median(one[column]) for column in columns] for name, one in results["cold_start"].items()}
    lines += [f"| {name} | {' | '.join(f'{value:.0f}' for value in values)} |" for name, values in medians.items()]
    ratios = [ours / theirs for ours, theirs in zip(medians["service"], medians["standard stack"], strict=True)]
    return [*lines, f"| ratio | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |", ""]


def _rest(results: dict[str, Any]) -> list[str]:
    lines = ["| refusal | first quartile ms | median ms | third quartile ms |", "|---|---|---|---|"]
    for name, quartiles in results["refusals"].items():
        lines.append(f"| {name} | {' | '.join(f'{value:.2f}' for value in quartiles)} |")
    quota = results["kms_quota"]
    lines += [
        "",
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
    lines += ["", "| environments at work | exchanges a second | median ms |", "|---|---|---|"]
    for environments, one in results["parallel"].items():
        lines.append(f"| {environments} | {one['exchanges_per_second']:.0f} | {one['median_ms']:.1f} |")
    return lines
