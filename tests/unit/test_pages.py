"""The pages for contributors and operators say what is there."""

import re
from pathlib import Path

import pytest

from deploy.parameters import parameters

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DECISIONS = [path for path in sorted((DOCS / "adr").glob("*.md")) if path.name != "README.md"]


def headings(page: str) -> list[str]:
    return re.findall(r"^## (.+)$", page, re.MULTILINE)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_one_form(path: Path) -> None:
    page = path.read_text()
    title, blank, status, *_ = page.splitlines()
    assert re.fullmatch(r"# \S.*", title)
    assert blank == ""
    assert re.fullmatch(r"Status: (accepted, \d{4}-\d\d-\d\d|superseded by \[.+\]\(.+\.md\))", status)
    assert [heading for heading in headings(page) if heading != "Numbers"] == ["Context", "Decision", "Consequences"]


def test_the_index_lists_every_decision_once() -> None:
    listed = re.findall(r"^\| \[.+?\]\((.+?)\) \|", (DOCS / "adr" / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == [path.name for path in DECISIONS]


def test_the_answers_to_where_do_i_name_files_that_exist() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text().partition("## Where do I…?")[2].partition("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 12
    for row in rows:
        answer = row.partition(" | ")[2]
        named = [name for name in re.findall(r"`([^`]+)`", answer) if "/" in name or name.endswith((".py", ".md"))]
        assert named, row
        for name in named:
            assert (ROOT / name).exists(), name


def test_the_operators_page_has_every_parameter_with_its_default() -> None:
    page = (DOCS / "operations.md").read_text()
    rows = {
        name: default
        for names, defaults in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \|", page, re.MULTILINE)
        for name, default in zip(re.findall(r"\w+", names), re.findall(r"[\w.-]+", defaults), strict=False)
    }
    expected = {name: str(parameter["Default"]) or "none" for name, parameter in parameters().items()}
    assert {name: rows.get(name) for name in expected} == expected
