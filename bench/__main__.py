"""The benchmark of the exchange: ``make bench``. Writes build/bench/results.json, results.md and results.svg.

Rounds of every candidate take turns, so that what else the machine does hits all alike; the tables have medians.
"""

import argparse
import functools
import itertools
import json
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

import chalice

from bench import peers, report, revisions
from bench.checks import PEERS, checks
from bench.function import Function
from bench.imports import imports
from bench.peers import Peer
from bench.rounds import Task, in_turns
from bench.service import BUILD, PACKAGES, SERVICE, SIGNING_EACH, Client, Console, exchange_event, function, variables
from deploy.stages import PROJECT
from emulators import metered_services
from emulators.metered_services import MeteredServices

_WARM_NODE = 3_000
"""Exchanges before the first round: Node compiles what is hot, and these are enough for it to be done."""
_PEER_LOCKS = (
    ("authlib_server", "Authlib"),
    ("authlib_server", "gunicorn"),
    ("django_oauth_toolkit", "django-oauth-toolkit"),
    ("django_oauth_toolkit", "Django"),
)
STANDARD = BUILD / "standard_stack"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--exchanges", type=int, default=400, help="a round")
    arguments.add_argument("--without-revisions", action="store_true", help="only the service as it is now")
    options = arguments.parse_args()
    lay_out()
    with metered_services.running() as running:
        environ = variables(running)
        console = Console(environ)
        client = console.create()
        with peers.running(peers.oidc_provider()) as node:
            results = {
                "machine": machine(),
                "exchange": exchanges(running, client, node, options.rounds, options.exchanges),
                "checks": checks(running, console, client, node, options.rounds, options.exchanges),
            }
        results |= {
            "imports": imports(environ, options.rounds),
            "cold_start": cold_starts(environ, client, options.rounds),
            "kms_quota": kms_quota(running, environ, client),
            "parallel": parallel(environ, client),
        }
        if not options.without_revisions and revisions.is_there():
            token = exchanged(environ, client)
            results["revisions"] = revisions.revisions(running, client, token, options.rounds, options.exchanges)
        console.stop()
    (BUILD / "results.json").write_text(json.dumps(results, indent=1))
    text = report.markdown(results)
    (BUILD / "results.md").write_text(text)
    report.plot(results, BUILD / "results.svg")
    print(text)


def lay_out() -> None:
    """The task directories as Lambda has them. Both stacks are compiled, although Chalice's own package is not."""
    for target in (SERVICE, STANDARD):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
    shutil.copy(PROJECT / "app.py", SERVICE)
    shutil.copytree(PROJECT / "chalicelib", SERVICE / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "bench" / "peers" / "standard_stack" / "app.py", STANDARD)
    # Chalice's runtime, which its packager adds to the requirements.
    (PACKAGES / "chalice").mkdir(exist_ok=True)
    for name in ("__init__.py", "app.py"):
        shutil.copy(Path(chalice.__file__).with_name(name), PACKAGES / "chalice")
    for root in (SERVICE, STANDARD, PACKAGES):
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(root)], check=False)  # noqa: S603


def machine() -> dict[str, Any]:
    model = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name"))
    lock = json.loads((PROJECT / "bench" / "peers" / "oidc_provider" / "package-lock.json").read_text())
    return {
        "cpu": model.partition(":")[2].strip(),
        "date": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("chalice", "boto3", "PyJWT", "argon2-cffi", "awslambdaric")},
        "peers": {"oidc-provider": lock["packages"]["node_modules/oidc-provider"]["version"]}
        | {name: locked for group, name in _PEER_LOCKS for locked in _locked(group, name)},
    }


def _locked(group: str, name: str) -> list[str]:
    """The version that the group's lock has of a package."""
    text = (PROJECT / "requirements" / f"{group}.txt").read_text()
    return re.findall(rf"^{re.escape(name)}==(\S+)", text, re.MULTILINE | re.IGNORECASE)


def exchanges(running: MeteredServices, client: Client, node: Peer, rounds: int, count: int) -> dict[str, Any]:
    """CPU, latency, memory and metered calls of a warm exchange, for the service and its peers."""
    event = exchange_event(client.client_id, client.secret)
    with ExitStack() as stack:

        def measured_function(root: Path, handler: str = "app.app", **changed: str) -> Function:
            made = Function(root, variables(running, **changed), itertools.repeat(event), handler)
            stack.callback(made.stop)
            return made

        functions = {
            "service, each token signed": measured_function(SERVICE, **SIGNING_EACH),
            "service, tokens reused": measured_function(SERVICE),
            "standard stack": measured_function(STANDARD),
            "the floor: two bare calls": measured_function(PEERS / "floor", "app.handler", CLIENT_ID=client.client_id),
            "empty function": measured_function(PEERS / "empty", "app.handler"),
        }
        servers = {
            "oidc-provider": node,
            "Authlib": stack.enter_context(peers.running(peers.authlib_server())),
            "django-oauth-toolkit": stack.enter_context(peers.running(peers.django_oauth_toolkit())),
        }
        tasks = {name: Task(made.ask, made.cpu) for name, made in functions.items()}
        tasks |= {name: Task(server.exchanges, server.cpu) for name, server in servers.items()}
        tasks["oidc-provider"] = Task(node.exchanges, node.cpu, _WARM_NODE)
        # Node does best when busy: it is compared with that.
        tasks["oidc-provider, 8 at once"] = Task(functools.partial(node.exchanges, connections=8), node.cpu, _WARM_NODE)
        measured = in_turns(running, tasks, rounds, count)
        peaks = {name: made.peak_memory() for name, made in functions.items()}
        peaks |= {name: server.peak_memory() for name, server in servers.items()}
        peaks["oidc-provider, 8 at once"] = node.peak_memory()
        for name, peak in peaks.items():
            measured[name]["peak_mb"] = peak / 1e6
        return measured


def cold_starts(environ: dict[str, str], client: Client, rounds: int) -> dict[str, Any]:
    """From the process's start to the first request for work, and to the first token."""
    event = exchange_event(client.client_id, client.secret)
    measured: dict[str, Any] = {}
    for _ in range(rounds):
        for name, root in {"service": SERVICE, "standard stack": STANDARD}.items():
            started = Function(root, environ, itertools.repeat(event))
            numbers = measured.setdefault(name, {"init_ms": [], "init_cpu_ms": [], "first_ms": [], "first_cpu_ms": []})
            for number in ("init", "first"):
                numbers[f"{number}_ms"].append(getattr(started, f"{number}_seconds") * 1000)
                numbers[f"{number}_cpu_ms"].append(getattr(started, f"{number}_cpu") * 1000)
            started.stop()
    return measured


def exchanged(environ: dict[str, str], client: Client) -> str:
    """An access token."""
    exchanging = function(environ)
    answer = exchanging.invoke(json.loads(exchange_event(client.client_id, client.secret)))
    exchanging.stop()
    return str(json.loads(answer["body"])["access_token"])


def kms_quota(running: MeteredServices, environ: dict[str, str], client: Client) -> dict[str, Any]:
    """Clients that want twice the signs a second that there are, with each token signed and with reuse."""
    quota, seconds, environments = 100, 8, 8
    event = exchange_event(client.client_id, client.secret)
    measured: dict[str, Any] = {"quota": quota, "offered": 2 * quota}
    for name, reuse in {"each token signed": "0", "tokens reused": "60"}.items():
        limited = function(environ | {"TOKEN_REUSE_SECONDS": reuse})
        limited.start(environments)
        for future in [limited.submit(event) for _ in range(4 * environments)]:
            future.result(60)
        running.limit_signs(quota)
        running.meter()
        futures = []
        begin = time.perf_counter()
        for number in range(2 * quota * seconds):
            time.sleep(max(0.0, begin + number / (2 * quota) - time.perf_counter()))
            futures.append(limited.submit(event))
        offered_in = time.perf_counter() - begin
        answers = [future.result(120) for future in futures]
        statuses = [answer.content["statusCode"] for answer in answers]
        took = time.perf_counter() - begin
        running.limit_signs(0)
        limited.stop()
        measured[name] = {
            "tokens": statuses.count(200),
            "refused_503": statuses.count(503),
            "other": len(statuses) - statuses.count(200) - statuses.count(503),
            "offered_seconds": offered_in,
            "seconds": took,
            "goodput": statuses.count(200) / took,
            "kms": running.meter()["kms"],
            "held_ms": quantiles_of([answer.seconds * 1000 for answer in answers]),
            "refused_held_ms": quantiles_of(
                [answer.seconds * 1000 for answer in answers if answer.content["statusCode"] == 503]
            ),
        }
    return measured


def quantiles_of(values: list[float]) -> list[float]:
    """The median, the 95th percentile and the longest; nothing of nothing."""
    if len(values) < 2:
        return []
    parts = statistics.quantiles(values, n=20)
    return [parts[9], parts[18], max(values)]


def parallel(environ: dict[str, str], client: Client) -> dict[str, Any]:
    """Latency with more and more environments at work at once: on two cores they can only queue."""
    event = exchange_event(client.client_id, client.secret)
    measured = {}
    for environments in (1, 4, 16):
        loaded = function(environ | SIGNING_EACH)
        loaded.start(environments)
        for future in [loaded.submit(event) for _ in range(10 * environments)]:
            future.result(60)
        begin = time.perf_counter()
        answers = [future.result(120) for future in [loaded.submit(event) for _ in range(1600)]]
        took = time.perf_counter() - begin
        loaded.stop()
        measured[str(environments)] = {
            "exchanges_per_second": len(answers) / took,
            "median_ms": statistics.median(answer.seconds for answer in answers) * 1000,
        }
    return measured


if __name__ == "__main__":
    main()
