"""The benchmark of the exchange: ``make bench``. Writes build/bench/results.json, results.md and results.svg.

Rounds of every candidate take turns, so that what else the machine does hits all alike; the tables have medians.
"""

import argparse
import functools
import json
import platform
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

from bench import peers, report
from bench.service import BUILD, PACKAGES, SERVICE, Client, Console, exchange_event, function, variables
from deploy.stages import PROJECT
from emulators import metered_services
from emulators.metered_services import MeteredServices

_WARM, _WARM_NODE = 300, 3_000
"""Exchanges before the first round. Node compiles what is hot; these are enough for it to be done."""
SIGNING_EACH = {"TOKEN_REUSE_SECONDS": "0"}
STANDARD = BUILD / "standard_stack"


class Function:
    """A function with one execution environment; measured like a peer."""

    def __init__(self, task_root: Path, environ: dict[str, str], event: bytes, handler: str = "app.app") -> None:
        self._event = event
        self._function = function(environ, task_root, handler)
        self.cpu, self.peak_memory, self.stop = self._function.cpu, self._function.peak_memory, self._function.stop
        started = time.perf_counter()
        self._function.start()
        self.init_seconds, self.init_cpu = time.perf_counter() - started, self.cpu()
        self.exchange()
        self.first_seconds, self.first_cpu = time.perf_counter() - started, self.cpu()

    def exchanges(self, count: int) -> list[float]:
        return [self.exchange() for _ in range(count)]

    def exchange(self) -> float:
        status, seconds = self.submit(self._event)
        if status != 200:
            raise RuntimeError(f"an exchange was answered {status}")
        return seconds

    def submit(self, event: bytes) -> tuple[int, float]:
        answer = self._function.submit(event).result(60)
        return answer.content["statusCode"], answer.seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--exchanges", type=int, default=400, help="a round")
    options = arguments.parse_args()
    lay_out()
    with metered_services.running() as running:
        environ = variables(running)
        console = Console(environ)
        client = console.create()
        results = {
            "machine": machine(),
            "exchange": exchanges(running, client, options.rounds, options.exchanges),
            "cold_start": cold_starts(environ, client, options.rounds),
            "refusals": refusals(environ, console, client, options.rounds * 20),
            "kms_quota": kms_quota(running, environ, client),
            "parallel": parallel(environ, client),
        }
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
        "oidc-provider": lock["packages"]["node_modules/oidc-provider"]["version"],
    }


def exchanges(running: MeteredServices, client: Client, rounds: int, count: int) -> dict[str, Any]:
    """CPU, latency, memory and metered calls of a warm exchange, for the service and its peers."""
    event = exchange_event(client.client_id, client.secret)
    with ExitStack() as stack:

        def measured_function(root: Path, handler: str = "app.app", **changed: str) -> Function:
            made = Function(root, variables(running, **changed), event, handler)
            stack.callback(made.stop)
            return made

        candidates: dict[str, Any] = {
            "service, each token signed": measured_function(SERVICE, **SIGNING_EACH),
            "service, tokens reused": measured_function(SERVICE),
            "standard stack": measured_function(STANDARD),
            "empty function": measured_function(PROJECT / "bench" / "peers" / "empty", "app.handler"),
            "oidc-provider": stack.enter_context(peers.running(peers.oidc_provider())),
            "Authlib": stack.enter_context(peers.running(peers.authlib_server())),
            "django-oauth-toolkit": stack.enter_context(peers.running(peers.django_oauth_toolkit())),
        }
        tasks = {name: candidate.exchanges for name, candidate in candidates.items()}
        # Node does best when busy: it is compared with that.
        node = candidates["oidc-provider"]
        candidates["oidc-provider, 8 at once"] = node
        tasks["oidc-provider, 8 at once"] = functools.partial(node.exchanges, connections=8)
        measured: dict[str, Any] = {name: {"cpu_ms": [], "latency_ms": [], "meter": {}} for name in candidates}
        for name, task in tasks.items():
            task(_WARM_NODE if candidates[name] is node else _WARM)
        for _ in range(rounds):
            for name, task in tasks.items():
                running.meter()
                before = candidates[name].cpu()
                times = task(count)
                measured[name]["cpu_ms"].append((candidates[name].cpu() - before) / count * 1000)
                measured[name]["latency_ms"].append(statistics.median(times) * 1000)
                measured[name]["meter"] = per_exchange(running.meter(), count)
        for name, candidate in candidates.items():
            measured[name]["peak_mb"] = candidate.peak_memory() / 1e6
        return measured


def per_exchange(metered: dict[str, Any], count: int) -> dict[str, float]:
    calls = {**metered["dynamodb"], **{f"kms {name}": n for name, n in metered["kms"].items()}}
    return {name: n / count for name, n in calls.items()} | {"read units": metered["read_units"] / count}


def cold_starts(environ: dict[str, str], client: Client, rounds: int) -> dict[str, Any]:
    """From the process's start to the first request for work, and to the first token."""
    event = exchange_event(client.client_id, client.secret)
    measured: dict[str, Any] = {}
    for _ in range(rounds):
        for name, root in {"service": SERVICE, "standard stack": STANDARD}.items():
            started = Function(root, environ, event)
            numbers = measured.setdefault(name, {"init_ms": [], "init_cpu_ms": [], "first_ms": [], "first_cpu_ms": []})
            for number in ("init", "first"):
                numbers[f"{number}_ms"].append(getattr(started, f"{number}_seconds") * 1000)
                numbers[f"{number}_cpu_ms"].append(getattr(started, f"{number}_cpu") * 1000)
            started.stop()
    return measured


def refusals(environ: dict[str, str], console: Console, client: Client, count: int) -> dict[str, Any]:
    """How long each kind of refusal takes: they must not differ, but for the malformed secret."""
    revoked, other = console.create("Revoked"), console.create("Other")
    console.revoke(revoked, "Revoked")
    unknown = client.client_id[:-8] + "00000000"
    events = {
        "unknown client_id": exchange_event(unknown, other.secret),
        "wrong secret": exchange_event(client.client_id, other.secret),
        "revoked credential": exchange_event(revoked.client_id, revoked.secret),
        "malformed secret": exchange_event(client.client_id, "accs_malformed"),
    }
    refusing = Function(SERVICE, environ, exchange_event(client.client_id, client.secret))
    times: dict[str, list[float]] = {name: [] for name in events}
    for _ in range(count):
        for name, event in events.items():
            status, seconds = refusing.submit(event)
            if status != 401:
                raise RuntimeError(f"{name}: {status}")
            times[name].append(seconds * 1000)
    refusing.stop()
    return {name: statistics.quantiles(values, n=4) for name, values in times.items()}


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
        statuses = [future.result(120).content["statusCode"] for future in futures]
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
        }
    return measured


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
