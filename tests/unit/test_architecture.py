"""House rules that can be checked. Which part may import which, `make lint` checks."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import app
from chalicelib.web.error_response import format_of
from deploy.stages import PROJECT

SHIPPED = [PROJECT / "app.py", *sorted((PROJECT / "chalicelib").rglob("*.py"))]
TESTS = PROJECT / "tests"
UNIT = TESTS / "unit"
UNSHIPPED_ROOMS = frozenset({"deploy", "emulators", "local", "operations"})

OF_NO_MODULE = frozenset(
    {
        "credentials/test_linearizability.py",  # of the check that the two below go by
        "credentials/test_revocation_interleavings.py",  # of reader, writer and sweep together, call by call
        "credentials/test_revocation_race.py",  # the same, with real threads
        "credentials/test_whole_life.py",  # of the service by its own wiring, against a model
        "test_architecture.py",
        "test_one_place.py",
        "test_pages.py",
        "test_standards.py",
    }
)
"""Tests in tests/unit that hold more than one module."""

WITHOUT_LOGIC = frozenset(
    {
        "aws/stores/keys.py",
        "credentials/ports.py",
        "management_scopes.py",
        "web/json_response.py",
        "web/openapi/descriptions.py",
    }
)
"""Types, protocols, constants, and functions of one expression."""

HELD_BY = {
    "aws/stores/audit_event_reader.py": "service/test_audit_events.py",
    "aws/stores/credential_actions.py": "unit/aws/stores/test_credential_writer.py",
    "aws/stores/pages.py": "unit/aws/stores/test_credential_reader.py",
    "aws/stores/revocation_writer.py": "unit/credentials/test_revocation_interleavings.py",
    "aws/stores/stamp.py": "unit/credentials/test_revocation_interleavings.py",
    "aws/stores/sweep_store.py": "unit/credentials/test_sweep.py",
    "secret_scanning/signed_report.py": "unit/secret_scanning/test_github_reports.py",
    "web/form_fields.py": "unit/web/test_oauth_requests.py",
    "web/leak_reports.py": "service/test_leaked_secrets.py",
    "web/request_deadline.py": "service/test_outages.py",
    "web/managed_responses.py": "service/test_openapi.py",
    "web/oauth_responses.py": "service/test_token_endpoint.py",
    "wiring/clients.py": "unit/aws/transport/test_clients.py",
    "wiring/console.py": "service/test_create_credential.py",
    "wiring/events.py": "service/test_audit_event_functions.py",
    "wiring/keys.py": "service/test_signing_key_functions.py",
    "wiring/leaks.py": "service/test_leaked_secrets.py",
    "wiring/oauth.py": "service/test_token_endpoint.py",
}
"""Modules that other tests hold: what they do shows only together with their neighbours."""


def test_only_settings_and_app_look_at_the_environment() -> None:
    readers = {path for path in SHIPPED if re.search(r"\bos\.(environ|getenv)|\bgetenv\(", path.read_text())}
    assert readers == {PROJECT / "app.py"}


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
    files = sorted((PROJECT / directory).rglob("*.py"))
    assert len(files) > 1
    assert {file: found for file in files if (found := never & set(imported(file)))} == {}


@pytest.mark.parametrize("path", app.app.routes)
def test_every_route_renders_its_errors_in_one_format(path: str) -> None:
    views: list[Any] = [entry.view_function for entry in app.app.routes[path].values()]
    assert {view.error_format for view in views} == {format_of(app.app, path)}


# --- the tests themselves ---------------------------------------------------------------------------------------------


def module_of(test: Path) -> Path:
    """The module that a file of tests/unit is named for."""
    relative = test.relative_to(UNIT)
    house = PROJECT if relative.parts[0] in UNSHIPPED_ROOMS else PROJECT / "chalicelib"
    return house / relative.with_name(relative.name.removeprefix("test_"))


def test_every_unit_test_is_named_for_its_module() -> None:
    tests = {test.relative_to(UNIT).as_posix(): module_of(test) for test in UNIT.rglob("test_*.py")}
    assert {test for test, module in tests.items() if not module.exists()} == OF_NO_MODULE


def test_every_module_with_logic_has_a_test() -> None:
    modules = {path.relative_to(PROJECT / "chalicelib") for path in SHIPPED[1:] if path.stem != "__init__"}
    untested = {
        module.as_posix() for module in modules if not (UNIT / module.with_name(f"test_{module.name}")).exists()
    }
    assert untested == WITHOUT_LOGIC | HELD_BY.keys()


def test_what_holds_a_module_without_a_test_of_its_own_is_there() -> None:
    assert not {test for test in HELD_BY.values() if not (TESTS / test).exists()}


def private_uses(text: str) -> Iterator[str]:
    """The private names that a module reaches for on anything but ``self`` and ``cls``, itself or by monkeypatch."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                continue
            case ast.Attribute(attr=name) if is_private(name):
                yield name
            case ast.Call(func=ast.Attribute(attr="setattr" | "delattr") | ast.Name(id="getattr" | "setattr")):
                strings = [
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                yield from (name for name in strings[:1] if is_private(name.rpartition(".")[2]))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_no_test_reaches_into_what_is_private() -> None:
    reaching = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py") if [*private_uses(path.read_text())]}
    assert reaching == set()


def test_no_test_replaces_a_method_of_an_object() -> None:
    ignored = re.compile(r"type: ignore\[[^]]*method-assign")
    replacing = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py") if ignored.search(path.read_text())}
    assert replacing == set()


def importers(folder: Path, pattern: str) -> set[str]:
    importing = re.compile(rf"^(from|import) {pattern}\b", re.MULTILINE)
    return {path.relative_to(TESTS).as_posix() for path in folder.rglob("*.py") if importing.search(path.read_text())}


def test_what_tests_share_stands_in_support_which_knows_no_test() -> None:
    assert importers(TESTS, r"tests\.conftest") == set()
    assert importers(TESTS / "support", r"tests\.(?!support)") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x._a", ["_a"]),
        ("self._a", []),
        ("self.x._a", ["_a"]),
        ("x.__class__", []),
        ("_a.b", []),
        ('monkeypatch.setattr(x, "_a", 1)', ["_a"]),
        ('monkeypatch.setattr("chalicelib.logs._a", 1)', ["chalicelib.logs._a"]),
        ('monkeypatch.setattr("chalicelib.logs.a", 1)', []),
        ('getattr(x, "_a")', ["_a"]),
    ],
)
def test_what_counts_as_reaching_into_what_is_private(text: str, found: list[str]) -> None:
    assert list(private_uses(text)) == found
