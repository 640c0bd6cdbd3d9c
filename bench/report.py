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
from bench.revisions import BEFORE_ALL, CHANGES

_FUNCTION_MB = 1769
_COLD_START_COLUMNS = ("init_ms", "init_cpu_ms", "first_ms", "first_cpu_ms")
_EMPTY, _FLOOR, _PEER = "empty function", "the floor: two bare calls", "oidc-provider, 8 at once"
_PYJWT = "PyJWT alone, in a function"
_SEEN, _FIRST = "authorizer, a token that was seen before", "authorizer, a token for the first time"
_BOUND = "authorizer, a bound token with its DPoP proof"
_NODE_INTROSPECTS = "oidc-provider's introspection, 8 at once"
_NOW_WORDS = "a JWT's header is read without the rest: as it is now"
_AWS_SECONDS = {"BatchGetItem": 0.005, "GetItem": 0.004, "kms Sign": 0.010}
"""Assumed, not measured: what Lambda waits, and bills, for each call."""


def markdown(results: dict[str, Any]) -> str:
    parts = (_machine, _goals, _exchange, _checks, _cold_start, _imports, _kms_quota, _parallel, _revisions)
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
    versions = ", ".join(f"{name} {number}" for name, number in {**machine["versions"], **machine["peers"]}.items())
    return [
        (
            f"{machine['date']}, {machine['cpu']}, Python {machine['python']}, {versions}. {machine.get('note', '')}"
        ).strip()
    ]


def _exchange(results: dict[str, Any]) -> list[str]:
    measured = results["exchange"]
    empty = median(measured[_EMPTY]["cpu_ms"])
    peer = median(measured[_PEER]["cpu_ms"])
    lines = [
        "## A warm exchange",
        "",
        (
            "| | CPU ms of the process | from–to | ms in the handler | ÷ oidc-provider (8 at once) | ÷ the floor "
            "| latency ms (p50) | peak MB | calls | $ a million |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    floor = median(measured[_FLOOR]["cpu_ms"]) - empty
    for name, one in measured.items():
        cpu = median(one["cpu_ms"])
        is_function = bool(one["meter"]) and any(key != "read units" for key in one["meter"])
        handler = cpu - empty if is_function else cpu
        of_peer = "" if name == _EMPTY else f"{handler / peer:.2f}"
        of_floor = f"{handler / floor:.1f}" if is_function else ""
        dollars = f"{_dollars(one, handler):.2f}" if is_function else "–"
        lines.append(
            f"| {name} | {cpu:.3f} | {min(one['cpu_ms']):.3f}–{max(one['cpu_ms']):.3f} | "
            f"{'' if name == _EMPTY else f'{handler:.3f}'} | {of_peer} | {of_floor} | "
            f"{median(one['latency_ms']):.2f} | {one['peak_mb']:.0f} | {_calls(one) or '–'} | {dollars} |"
        )
    million = Prices.read().per_million
    waits = ", ".join(f"{seconds * 1000:.0f} ms a {call}" for call, seconds in _AWS_SECONDS.items())
    return [
        *lines,
        "",
        (
            "The floor is a function that sends the two calls as bytes on a socket, unsigned, and reads nothing of the "
            "answers: the row is read and the RSA signature made elsewhere, as AWS does it."
        ),
        "",
        (
            "Dollars a million: calls and requests are metered; Lambda's time is the measured CPU and an assumed "
            "wait "
            f"({waits}) at {_FUNCTION_MB:,} MB and the price of arm64, which is what is packaged. API Gateway is "
            f"${million('API Gateway REST'):.2f} of it, KMS ${million('KMS signatures'):.2f}: "
            "[costs](operations.md#costs)."
        ),
    ]


def _checks(results: dict[str, Any]) -> list[str]:
    empty = median(results["exchange"][_EMPTY]["cpu_ms"])
    local = median(results["checks"][_PYJWT]["cpu_ms"])
    lines = [
        "## A token is checked",
        "",
        "| | CPU ms of the process | ms in the handler | ÷ PyJWT alone, in the handler | the whole process | calls |",
        "|---|---|---|---|---|---|",
    ]
    for name, one in results["checks"].items():
        cpu = median(one["cpu_ms"])
        if name.startswith("oidc-provider"):
            lines.append(f"| {name} | {cpu:.3f} | {cpu:.3f} | | | – |")
            continue
        handler = cpu - empty
        lines.append(
            f"| {name} | {cpu:.3f} | {handler:.3f} | {handler / (local - empty):.2f} | {cpu / local:.2f} "
            f"| {_calls(one) or '–'} |"
        )
    return [
        *lines,
        "",
        (
            "*PyJWT alone* is a Lambda authorizer that verifies the same token with a key that it has, and reads "
            "nothing: what it lets in may have been revoked. The service verifies a signature once in an execution "
            "environment, and reads at every request. oidc-provider introspects an opaque token, in memory: it keeps "
            "no JWTs that could be introspected."
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
    lines = [
        "## A cold start",
        "",
        "| | init ms | init CPU ms | with the first token, ms | CPU ms |",
        "|---|---|---|---|---|",
    ]
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


def _imports(results: dict[str, Any]) -> list[str]:
    lines = [
        "What the app imports after Lambda's runtime, by `python -X importtime`, which makes each import slower:",
        "",
        "| package | modules | ms | share |",
        "|---|---|---|---|",
    ]
    total = sum(one["microseconds"] for one in results["imports"].values())
    for package, one in results["imports"].items():
        took = one["microseconds"]
        lines.append(f"| {package} | {one['modules']} | {took / 1000:.1f} | {took / total:.0%} |")
    return lines


def _kms_quota(results: dict[str, Any]) -> list[str]:
    quota = results["kms_quota"]
    lines = [
        "## KMS at its quota",
        "",
        f"KMS limited to {quota['quota']} signs a second, {quota['offered']} exchanges a second offered:",
        "",
        (
            "| | tokens | 503 | other | tokens a second | signs | throttled "
            "| a 503 holds its environment, ms: median, 95 %, longest |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in ("each token signed", "tokens reused"):
        one = quota[name]
        held = ", ".join(f"{milliseconds:.0f}" for milliseconds in one["refused_held_ms"])
        lines.append(
            f"| {name} | {one['tokens']} | {one['refused_503']} | {one['other']} | {one['goodput']:.0f} "
            f"| {one['kms'].get('Sign', 0)} | {one['kms'].get('throttled', 0)} | {held or '–'} |"
        )
    return lines


def _parallel(results: dict[str, Any]) -> list[str]:
    lines = [
        "## Execution environments at once",
        "",
        "| execution environments at work | exchanges a second | median ms |",
        "|---|---|---|",
    ]
    for environments, one in results["parallel"].items():
        lines.append(f"| {environments} | {one['exchanges_per_second']:.0f} | {one['median_ms']:.1f} |")
    return lines


def _revisions(results: dict[str, Any]) -> list[str]:
    measured = results.get("revisions")
    if measured is None:
        return []
    empty = median(results["exchange"][_EMPTY]["cpu_ms"])
    standard = median(results["cold_start"]["standard stack"]["first_cpu_ms"])
    kinds = {"exchange": empty, "reused": empty, "authorizer": empty, "first": 0.0}
    lines = [
        "## What each change brought",
        "",
        (
            "CPU in the handler as a share of what it was before all of them; behind it what the change alone brought. "
            "The service as it was after each took turns with the service as it is."
        ),
        "",
        (
            "| after | an exchange | a reused token | an authorizer, a token seen before | ready with the first token "
            "| ÷ standard stack |"
        ),
        "|---|---|---|---|---|---|",
    ]
    words = {change.revision: f"{change.words} (`{change.revision}`)" for change in (BEFORE_ALL, *CHANGES)}
    first: dict[str, float] = {}
    last: dict[str, float] = {}
    for revision, one in measured.items():
        now = {kind: median(one[kind]["cpu_ms"]) - without for kind, without in kinds.items()}
        first = first or now
        told = [
            f"{now[kind] / first[kind]:.2f}" + (f" (× {now[kind] / last[kind]:.2f})" if last else "") for kind in kinds
        ]
        lines.append(f"| {words.get(revision, _NOW_WORDS)} | {' | '.join(told)} | {now['first'] / standard:.2f} |")
        last = now
    return lines


def _goals(results: dict[str, Any]) -> list[str]:
    exchange = results["exchange"]
    cpu = {name: median(one["cpu_ms"]) for name, one in exchange.items()}
    checked = {name: median(one["cpu_ms"]) for name, one in results["checks"].items()}
    empty, best = cpu[_EMPTY], cpu[_PEER]
    service, reused = cpu["service, each token signed"], cpu["service, tokens reused"]
    handler = service - empty
    seen, local = checked[_SEEN], checked[_PYJWT]
    peak = exchange["service, each token signed"]["peak_mb"]
    clock, ready = _cold_start_ratio(results, "first_ms"), _cold_start_ratio(results, "first_cpu_ms")
    again = exchange["service, tokens reused"]["meter"]
    calls = sum(count for call, count in again.items() if not call.endswith("units"))
    held = results["kms_quota"]["each token signed"]["refused_held_ms"]
    of_introspection = checked["introspection"] - empty

    def of_local(name: str) -> str:
        return f"{(checked[name] - empty) / (local - empty):.2f}"

    rows = {
        "an exchange: CPU at most 0.9 × `oidc-provider`, eight at once": (
            f"handler {handler / best:.2f} ×: {_met(handler <= 0.9 * best)}; the whole process, with `awslambdaric`, "
            f"{service / best:.2f} ×: {_met(service <= 0.9 * best)} (`awslambdaric` alone is {empty / best:.2f} ×). "
            f"Tokens reused: {(reused - empty) / best:.2f} × and {reused / best:.2f} ×"
        ),
        "a reused token: one call": f"{_calls(exchange['service, tokens reused'])}: {_met(calls == 1)}",
        "ready with the first token in 0.3 × the standard stack's time": (
            f"{ready:.2f} × in CPU: {_met(ready <= 0.3)}. {clock:.2f} × by the clock: {_met(clock <= 0.3)}"
        ),
        "the authorizer: CPU at most 1.5 × PyJWT alone, one read": (
            f"handler {of_local(_SEEN)} ×: {_met(seen - empty <= 1.5 * (local - empty))}; the whole process "
            f"{seen / local:.2f} ×: {_met(seen <= 1.5 * local)}. {_calls(results['checks'][_SEEN])}. "
            f"For the first time {of_local(_FIRST)} × and {checked[_FIRST] / local:.2f} ×, "
            f"with a DPoP proof {of_local(_BOUND)} × and {checked[_BOUND] / local:.2f} ×"
        ),
        "introspection, beside oidc-provider's, eight at once": (
            f"handler {of_introspection / checked[_NODE_INTROSPECTS]:.2f} ×, the whole process "
            f"{checked['introspection'] / checked[_NODE_INTROSPECTS]:.2f} ×"
        ),
        "a throttled KMS holds no environment for long": (
            f"a 503 after {held[0]:.0f} ms in the middle, {held[2]:.0f} at the longest" if held else "no 503"
        ),
        "110 MB at most": f"{peak:.0f} MB: {_met(peak <= 110)}",
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
