"""House rules that can be checked."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).parent.parent
SHIPPED = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, those for type checkers alone left out."""
    tree = ast.parse(path.read_text())
    for_types = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(path: Path, *places: str) -> bool:
    relative = path.relative_to(ROOT).as_posix()
    return any(relative == place or relative.startswith(f"{place}/") for place in places)


def importers(*modules: str) -> set[Path]:
    return {
        path
        for path in SHIPPED
        if any(name == module or name.startswith(f"{module}.") for name in imports(path) for module in modules)
    }


def test_only_app_and_web_know_chalice() -> None:
    assert all(within(path, "app.py", "chalicelib/web") for path in importers("chalice"))


def test_only_aws_and_wiring_know_boto3() -> None:
    assert all(within(path, "chalicelib/wiring.py", "chalicelib/aws") for path in importers("boto3", "botocore"))


def test_only_wiring_knows_the_aws_parts() -> None:
    assert all(within(path, "chalicelib/wiring.py", "chalicelib/aws") for path in importers("chalicelib.aws"))


def test_only_app_knows_the_web_parts_and_the_wiring() -> None:
    users = importers("chalicelib.web", "chalicelib.wiring")
    assert all(within(path, "app.py", "chalicelib/web") for path in users)


def test_errors_import_nothing_of_ours() -> None:
    assert not [name for name in imports(ROOT / "chalicelib/errors.py") if name.startswith("chalicelib")]


def test_only_settings_and_app_look_at_the_environment() -> None:
    readers = {
        path for path in SHIPPED if "environ" in path.read_text() and path.name not in ("settings.py", "wiring.py")
    }
    assert readers == {ROOT / "app.py"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_module_has_a_name_that_says_nothing_or_is_taken(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common"}
    assert path.stem == "__init__" or path.stem not in sys.stdlib_module_names


@pytest.mark.parametrize(
    "view", [entry.view_function for methods in app.app.routes.values() for entry in methods.values()], ids=str
)
def test_every_route_renders_its_errors(view: object) -> None:
    assert getattr(view, "renders_errors", False)
