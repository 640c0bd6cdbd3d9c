"""House rules that can be checked. Which part may import which, `make lint` checks."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from chalicelib.web.error_response import format_of

ROOT = Path(__file__).parents[2]
SHIPPED = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py"))]


def test_only_settings_and_app_look_at_the_environment() -> None:
    readers = {path for path in SHIPPED if re.search(r"\bos\.(environ|getenv)|\bgetenv\(", path.read_text())}
    assert readers == {ROOT / "app.py"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_module_has_a_name_that_says_nothing_or_is_taken(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common"}
    assert path.stem == "__init__" or path.stem not in sys.stdlib_module_names


def imported(path: Path) -> Iterator[str]:
    """The packages at the top that a file imports from, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize(
    ("directory", "never"),
    [
        # What tests and benchmarks share is an emulator, or it is shared by nobody.
        ("tests", {"bench"}),
        ("bench", {"tests", "local"}),
        ("local", {"tests", "bench"}),
        ("emulators", {"tests", "bench", "local", "app"}),
    ],
)
def test_a_directory_imports_none_that_it_serves(directory: str, never: set[str]) -> None:
    files = sorted((ROOT / directory).rglob("*.py"))
    assert len(files) > 1
    assert {file: found for file in files if (found := never & set(imported(file)))} == {}


@pytest.mark.parametrize("path", app.app.routes)
def test_every_route_renders_its_errors_in_one_format(path: str) -> None:
    views = [entry.view_function for entry in app.app.routes[path].values()]
    assert {view.error_format for view in views} == {format_of(app.app, path)}
