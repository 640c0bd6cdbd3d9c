"""The OpenAPI document in the hands of others: linters find nothing, and the clients that generators make work.

Each tool is called as its README calls it, on the document that the running service serves.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import requests

from deploy.stages import PROJECT
from tests.support.go import go, gopath_environ
from tests.support.local_stack import PATIENCE, LocalStack
from tests.support.node import NODE, install_packages

pytestmark = pytest.mark.slow
TOOLS = PROJECT / "tests" / "interop" / "openapi"
GENERATOR = PROJECT / ".venv" / "generators" / "bin" / "openapi-generator-cli"
GO_PACKAGE = Path("src") / "github.com" / "GIT_USER_ID" / "GIT_REPO_ID"
"""What the generator calls it, unless it is told where it will be hosted."""


@pytest.fixture(scope="module")
def document(running_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_bytes(requests.get(f"{running_stack.base_url}/openapi.json", timeout=PATIENCE).content)
    return path


@pytest.fixture(scope="module")
def environ(running_stack: LocalStack) -> dict[str, str]:
    """What the clients are told."""
    direct = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return direct | {"ISSUER": running_stack.base_url, "CONSOLE_TOKEN": running_stack.token()}


@pytest.fixture
def node_project(tmp_path: Path) -> Path:
    """A folder that has the tools of package.json, and no configuration of any."""
    install_packages(TOOLS)
    (tmp_path / "node_modules").symlink_to(TOOLS / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return tmp_path


def run(*command: object, directory: Path, environ: Mapping[str, str] | None = None) -> str:
    """What the command printed. Fails with it unless the command succeeds."""
    # Tools that would report their use are asked not to.
    environ = {**(os.environ if environ is None else environ), "REDOCLY_TELEMETRY": "off"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=directory,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def tool(project: Path, name: str) -> tuple[Path, Path]:
    return NODE, project / "node_modules" / ".bin" / name


def test_redocly_finds_nothing(node_project: Path, document: Path) -> None:
    said = run(*tool(node_project, "redocly"), "lint", document, directory=node_project)
    assert "Your API description is valid" in said
    assert "warning" not in said


def test_spectral_finds_nothing(node_project: Path, document: Path) -> None:
    (node_project / ".spectral.yaml").write_text('extends: ["spectral:oas"]')
    said = run(*tool(node_project, "spectral"), "lint", document, "--fail-severity", "hint", directory=node_project)
    assert "No results" in said


def test_openapi_typescript_and_openapi_fetch_make_an_exchange(node_project: Path, environ: dict[str, str]) -> None:
    (node_project / "exchange.ts").write_text((TOOLS / "openapi-fetch.ts").read_text())
    url = f"{environ['ISSUER']}/openapi.json"
    run(*tool(node_project, "openapi-typescript"), url, "-o", "schema.d.ts", directory=node_project, environ=environ)
    checked = (*tool(node_project, "tsc"), "--strict", "--module", "nodenext", "--noEmit", "exchange.ts")
    run(*checked, directory=node_project)
    assert run(NODE, "exchange.ts", directory=node_project, environ=environ) == "done\n"


def generate(generator: str, document: Path, into: Path) -> None:
    run(GENERATOR, "generate", "-i", document, "-g", generator, "-o", into, directory=document.parent)


def test_the_generated_client_in_typescript_makes_an_exchange(
    node_project: Path, document: Path, environ: dict[str, str]
) -> None:
    generate("typescript-fetch", document, node_project / "client")
    (node_project / "package.json").write_text("{}")
    (node_project / "exchange.ts").write_text((TOOLS / "typescript-fetch.ts").read_text())
    compiled = (*tool(node_project, "tsc"), "--strict", "--module", "commonjs", "--target", "es2022", "exchange.ts")
    run(*compiled, directory=node_project)
    assert run(NODE, "exchange.js", directory=node_project, environ=environ) == "done\n"


def test_the_generated_client_in_python_makes_an_exchange(
    tmp_path: Path, document: Path, environ: dict[str, str]
) -> None:
    generate("python", document, tmp_path)
    program = (sys.executable, TOOLS / "exchange.py")
    assert run(*program, directory=tmp_path, environ=environ | {"PYTHONPATH": str(tmp_path)}) == "done\n"


def test_the_generated_client_in_go_makes_an_exchange(tmp_path: Path, document: Path, environ: dict[str, str]) -> None:
    generate("go", document, tmp_path / GO_PACKAGE)
    program = tmp_path / "src" / "exchange"
    program.mkdir()
    (program / "main.go").write_text((TOOLS / "exchange.go").read_text())
    done = go("run", ".", directory=program, environ=environ | gopath_environ(tmp_path))
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
