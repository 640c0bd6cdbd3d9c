"""Only chalicelib/tables.py says what a table is called, and only chalicelib/paths.py has the paths of the API."""

import ast
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib import paths
from chalicelib.tables import TABLES
from deploy.stages import CONFIG, PROJECT

ROOMS = ("app.py", "bench", "chalicelib", "deploy", "emulators", "local", "operations")
PEERS = PROJECT / "bench" / "peers"
"""Other implementations, which share nothing with ours."""

TABLE_WORDS = frozenset(word for table in TABLES for word in (table.name, table.variable, table.resource))
PATHS = frozenset(value for name, value in vars(paths).items() if name.isupper() and value != paths.CONSOLE_PAGE)
PREFIXES = frozenset(path.partition("{")[0] for path in PATHS)
NAMES_A_PATH = re.compile(rf"({'|'.join(map(re.escape, sorted(PATHS | PREFIXES, reverse=True)))})(?![\w/{{.-])")

OF_SOMETHING_ELSE = frozenset(
    {
        # The identity provider's document, which OpenID Connect Discovery §4 has at the same path.
        ("chalicelib/console/identity_provider_keys.py", paths.OPENID_CONFIGURATION),
        ("chalicelib/web/openapi/document.py", paths.OPENID_CONFIGURATION),
        ("local/console_token.py", paths.OPENID_CONFIGURATION),
    }
)


def sources() -> Iterator[Path]:
    for room in ROOMS:
        found = sorted((PROJECT / room).rglob("*.py")) if (PROJECT / room).is_dir() else [PROJECT / room]
        yield from (path for path in found if not path.is_relative_to(PEERS))


def literals(text: str) -> Iterator[str]:
    """Every string of a module, f-strings' parts among them, but for its docstrings."""
    tree = ast.parse(text)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def table_words(strings: Iterable[str]) -> set[str]:
    return {text for text in strings if text in TABLE_WORDS}


def named_paths(strings: Iterable[str]) -> set[str]:
    return {found[1] for text in strings for found in NAMES_A_PATH.finditer(text)}


def said(find: Callable[[Iterable[str]], set[str]], home: str) -> set[str]:
    """The files beside ``home`` that have what ``find`` finds."""
    files = {path.relative_to(PROJECT).as_posix(): find(literals(path.read_text())) for path in sources()}
    assert files.pop(home)
    return {file for file, found in files.items() if any((file, text) not in OF_SOMETHING_ELSE for text in found)}


def test_a_tables_name_variable_and_logical_id_stand_in_one_place() -> None:
    assert said(table_words, "chalicelib/tables.py") == set()


def test_a_path_stands_in_one_place() -> None:
    assert said(named_paths, "chalicelib/paths.py") == set()


def test_chalices_configuration_names_the_tables_for_the_local_stage_alone() -> None:
    config = json.loads(CONFIG.read_text())
    local = config["stages"]["local"]["environment_variables"]
    assert {table.variable: local.pop(table.variable) for table in TABLES} == {t.variable: t.name for t in TABLES}
    rest = list(strings_of(config))
    assert not table_words(rest)
    assert not named_paths(rest)


def strings_of(value: Any) -> Iterator[str]:
    """The names and the strings of a JSON document."""
    match value:
        case str():
            yield value
        case dict():
            yield from value
            for member in value.values():
                yield from strings_of(member)
        case list():
            for member in value:
                yield from strings_of(member)


@pytest.mark.parametrize(
    ("module", "words", "found"),
    [
        ('TABLE = "tenants"', {"tenants"}, set()),
        ('os.environ["CREDENTIALS_TABLE"]', {"CREDENTIALS_TABLE"}, set()),
        ('{"Ref": "AuditEventsTable"}', {"AuditEventsTable"}, set()),
        ('"""tenants, at /v1/credentials"""', set(), set()),
        ('TITLE = "all tenants"', set(), set()),
        ('f"{url}/oauth/token"', set(), {"/oauth/token"}),
        ('path.startswith("/oauth/")', set(), {"/oauth/"}),
        ('f"{url}/v1/credentials/{client_id}/revoke"', set(), {"/v1/credentials/"}),
        ('HINT = "curl {url}/v1/credentials -d"', set(), {"/v1/credentials"}),
        ('route("/v1/credentials/{client_id}/secrets")', set(), {"/v1/credentials/{client_id}/secrets"}),
        ('NEAR = "/healthy", "/console/index.html"', set(), set()),
    ],
)
def test_what_counts_as_saying_it(module: str, words: set[str], found: set[str]) -> None:
    assert table_words(literals(module)) == words
    assert named_paths(literals(module)) == found
