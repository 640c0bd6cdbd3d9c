"""House rules that can be checked. Which part may import which, `make lint` checks."""

import sys
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).parents[2]
SHIPPED = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py"))]


def test_only_settings_and_app_look_at_the_environment() -> None:
    readers = {
        path
        for path in SHIPPED
        if "environ" in path.read_text() and path.name != "settings.py" and path.parent.name != "wiring"
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
