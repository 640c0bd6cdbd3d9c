"""The parts of the pages in docs/ that a benchmark writes."""

import sys
from collections.abc import Callable
from pathlib import Path

from deploy.stages import PROJECT

DOCS = PROJECT / "docs"


def replaced(page: str, command: str, content: str) -> str:
    """The page with this content between the two markers of the command that writes it.

    Raises ValueError for a page without them.
    """
    begin, end = f"<!-- {command}: begin -->", "<!-- end -->"
    before, written = page.split(begin)
    after = written[written.index(end) :]
    return f"{before}{begin}\n{content}{after}"


def check(page: Path, written: Callable[[str], str]) -> None:
    """Exits with a line on stderr unless the page is as it would be written."""
    text = page.read_text()
    if written(text) != text:
        sys.exit(f"{page} is not what its numbers make of it")
