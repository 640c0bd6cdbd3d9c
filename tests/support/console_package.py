"""The console's npm package, made as ``make console-package`` makes it, and laid out as a project that installed it."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from deploy.stages import PROJECT
from tests.support.node import NODE, NPM

CONSOLE = PROJECT / "console"
INSTALLED = CONSOLE / "node_modules"
NAME = "api-client-credentials"
# Vitest and editors set it, and Vite would build something else.
ENVIRON = {name: value for name, value in os.environ.items() if name != "NODE_ENV"}


def run(*command: str | Path, cwd: Path) -> str:
    """What a script for Node.js prints; a script that fails fails the test with it."""
    done = subprocess.run(
        [NODE, *command], cwd=cwd, env=ENVIRON, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The .tgz."""
    build = tmp_path_factory.mktemp("package")
    run("package/build.js", build / "folder", cwd=CONSOLE)
    run(NPM, "pack", build / "folder", "--pack-destination", build, cwd=build)
    (file,) = build.glob("*.tgz")
    return file


@pytest.fixture(scope="session")
def project(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, in whose ``node_modules`` the package is as it was packed."""
    folder = tmp_path_factory.mktemp("project")
    modules = folder / "node_modules"
    modules.mkdir()
    for installed in INSTALLED.iterdir():
        (modules / installed.name).symlink_to(installed)
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    (folder / "package").rename(modules / NAME)
    for sample in ("html", "react", "vue"):
        ignored = shutil.ignore_patterns("node_modules", "dist", "public")
        shutil.copytree(CONSOLE / "samples" / sample, folder / sample, ignore=ignored)
        (folder / sample / "node_modules").symlink_to(modules)
    return folder
