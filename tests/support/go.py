"""Go for the tests, from the wheel that `make test` installs, with the packages that Debian has."""

import os
import subprocess
from pathlib import Path

from deploy.stages import PROJECT

GO = PROJECT / ".venv" / "generators" / "bin" / "go"
_PACKAGES = PROJECT / "build" / "go"


def go_environ() -> dict[str, str]:
    """For a module of its own: Go's proxy is not asked for any other, nor for another Go."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GO")}
    cache = str(_PACKAGES / "cache")
    return kept | {"GOCACHE": cache, "GOTOOLCHAIN": "local", "GOPROXY": "off", "CGO_ENABLED": "0"}


def gopath_environ(gopath: Path) -> dict[str, str]:
    """For a program that imports what is in ``gopath``/src, and what Debian packs. Fails where that is missing."""
    assert (_PACKAGES / ".installed").exists(), (
        "the Go packages of tests/interop/go/debian-packages.txt are missing: `make test` fetches them with apt-get"
    )
    debian = _PACKAGES / "usr" / "share" / "gocode"
    return go_environ() | {"GO111MODULE": "off", "GOPATH": f"{gopath}:{debian}"}


def go(*arguments: str, directory: Path, environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [GO, *arguments], cwd=directory, env=environ, capture_output=True, text=True, timeout=300, check=False
    )
