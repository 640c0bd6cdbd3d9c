"""What each change brought: the service as it was after it, measured in turns with the service as it is now.

The revisions are taken from git's history, and run with today's packages: each uses those that it knows.
"""

import itertools
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from bench.function import Function, is_allowed
from bench.rounds import Task, in_turns
from bench.service import BUILD, SERVICE, SIGNING_EACH, Client, authorizer_event, exchange_event, variables
from deploy.stages import PROJECT
from emulators.metered_services import MeteredServices


class Change(NamedTuple):
    revision: str
    words: str


CHANGES = (
    Change("f490bad", "httptools reads the answers of DynamoDB and KMS, in place of `http.client`"),
    Change("987c437", "between: last uses, limits on exchanges, allowed addresses, refusals in the audit trail"),
    Change("d18d12d", "a revoked token shows in the read of its credential"),
    Change("3946bf1", "the signature of an access token is verified once in an environment"),
    Change("60e6471", "the cost of a hash, addresses, digits and binary types are worked out once"),
    Change("f32d443", "what no exchange needs is not imported"),
)
BEFORE_ALL = Change("f490bad^", "the service before these changes")
NOW = "now"
"""The service of this tree, after the last of the changes and what came since."""


def is_there() -> bool:
    """Whether the revisions are in this clone: they are not in a shallow one, nor where there is no git."""
    return all(_git("cat-file", "-e", f"{change.revision}^{{commit}}").returncode == 0 for change in CHANGES)


def revisions(running: MeteredServices, client: Client, token: str, rounds: int, count: int) -> dict[str, Any]:
    """By revision: CPU of an exchange, of a reused token and of an authorizer, and of the first token."""
    roots = {change.revision: _laid_out(change.revision) for change in (BEFORE_ALL, *CHANGES)} | {NOW: SERVICE}
    measured: dict[str, Any] = {revision: {} for revision in roots}
    kinds = {
        "exchange": (exchange_event(client.client_id, client.secret), "app.app", SIGNING_EACH),
        "reused": (exchange_event(client.client_id, client.secret), "app.app", {}),
        "authorizer": (authorizer_event(token), "app.access_token", {}),
    }
    for kind, (event, handler, changed) in kinds.items():
        with ExitStack() as stack:
            tasks = {}
            for revision, root in roots.items():
                environ = variables(running, **changed)
                right = {"is_right": is_allowed} if kind == "authorizer" else {}
                made = Function(root, environ, itertools.repeat(event), handler, **right)
                stack.callback(made.stop)
                tasks[revision] = Task(made.ask, made.cpu)
            for revision, one in in_turns(running, tasks, rounds, count).items():
                measured[revision][kind] = {"cpu_ms": one["cpu_ms"], "meter": one["meter"]}
    starts: dict[str, list[float]] = {revision: [] for revision in roots}
    event, handler, _ = kinds["exchange"]
    for _ in range(rounds):
        for revision, root in roots.items():
            started = Function(root, variables(running), itertools.repeat(event), handler)
            starts[revision].append(started.first_cpu * 1000)
            started.stop()
    for revision, values in starts.items():
        measured[revision]["first"] = {"cpu_ms": values}
    return measured


def _laid_out(revision: str) -> Path:
    root = BUILD / "revisions" / revision.replace("^", "-before")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    archive = subprocess.run(  # noqa: S603
        ["git", "archive", revision, "app.py", "chalicelib"],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    subprocess.run(["tar", "x", "-C", str(root)], input=archive.stdout, check=True)  # noqa: S603, S607
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(root)], check=False)  # noqa: S603
    return root


def _git(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, check=False)  # noqa: S603, S607
