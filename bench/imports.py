"""What the app imports before it can answer, and how long each import takes: ``python -X importtime``."""

import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bench.service import PACKAGES, SERVICE
from emulators.lambda_runtime import LambdaFunction

_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
_MARK = "the runtime is here"


def imports(environ: Mapping[str, str], rounds: int) -> dict[str, Any]:
    """Microseconds by package, of the modules that the app imports after Lambda's runtime; ``modules`` counts them."""
    function = LambdaFunction("bench", "app.app", SERVICE, environ, packages=PACKAGES)
    code = f"import sys, awslambdaric.bootstrap; sys.stderr.write({_MARK + chr(10)!r}); import app"
    command = [sys.executable, "-S", "-X", "importtime", "-c", code]
    runs: dict[str, list[int]] = defaultdict(list)
    modules: dict[str, int] = {}
    for _ in range(rounds):
        done = subprocess.run(  # noqa: S603
            command, cwd=SERVICE, env=function.variables, capture_output=True, text=True, check=True
        )
        took: dict[str, int] = defaultdict(int)
        modules = defaultdict(int)
        for microseconds, module in _LINE.findall(done.stderr.partition(_MARK)[2]):
            package = module.partition(".")[0]
            took[_group(package)] += int(microseconds)
            modules[_group(package)] += 1
        for group, microseconds in took.items():
            runs[group].append(microseconds)
    function.stop()
    return {
        group: {"microseconds": statistics.median(values), "modules": modules[group]}
        for group, values in sorted(runs.items(), key=lambda item: -statistics.median(item[1]))
    }


def _group(package: str) -> str:
    if package in ("app", "chalicelib"):
        return "this service"
    if package in ("_argon2_cffi_bindings", "_cffi_backend"):
        return "argon2"
    return "Python's own" if package in sys.stdlib_module_names else package
