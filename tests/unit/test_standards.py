"""docs/standards.md names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "standards.md").read_text()
ROWS = [line for line in PAGE.partition("## Not followed")[0].splitlines() if re.match(r"\| \S*\d", line)]


def existing_tests() -> set[str]:
    trees = [ast.parse(path.read_text()) for path in TESTS.rglob("test_*.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_standards_name_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 80
    assert named <= existing_tests()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[:40])
def test_every_requirement_names_a_test(row: str) -> None:
    assert re.search(r"`test_\w+`", row.rstrip(" |").rpartition("|")[2])


def test_every_standard_is_there() -> None:
    for number in (6749, 6750, 7009, 7519, 8725, 7523, 7662, 8414, 8707, 9068, 9449, 9700):
        assert re.search(rf"^## RFC .*\b{number}\b", PAGE, re.MULTILINE), number
    assert re.search(r"^## FAPI 2\.0 Security Profile", PAGE, re.MULTILINE)
