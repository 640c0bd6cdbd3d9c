"""House rules that can be checked. Which part may import which, `make lint` checks."""

import re
import sys
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("path", app.app.routes)
def test_every_route_renders_its_errors_in_one_format(path: str) -> None:
    views: list[Any] = [entry.view_function for entry in app.app.routes[path].values()]
    assert {view.error_format for view in views} == {format_of(app.app, path)}
