"""What is made for the console is committed: its types by the service, its built files, small ones, by its source."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from deploy import console_api_types, console_sizes
from deploy.stages import PROJECT
from tests.support.node import NODE

VITE = PROJECT / "console" / "node_modules" / "vite" / "bin" / "vite.js"
MOST_BYTES = 60_000


def content(directory: Path) -> dict[str, str]:
    return {str(path.relative_to(directory)): path.read_text() for path in directory.rglob("*") if path.is_file()}


def test_the_committed_types_are_what_the_service_documents() -> None:
    made = console_api_types.typescript(console_api_types.local_document())
    assert console_api_types.TYPES.read_text() == made, "run `make console` and commit what it writes"


def test_a_schema_that_has_no_type_is_noticed() -> None:
    schemas = {"Odd": {"not": {"type": "string"}}}
    with pytest.raises(ValueError, match="no type for"):
        console_api_types.typescript({"components": {"schemas": schemas}, "paths": {}})


@pytest.mark.slow
def test_the_committed_files_are_what_the_source_builds(tmp_path: Path) -> None:
    built = subprocess.run(
        [NODE, str(VITE), "build", "--outDir", str(tmp_path / "built"), "--logLevel", "error"],
        cwd=PROJECT / "console",
        # Vitest and editors set it, and Vite would build something else.
        env={name: value for name, value in os.environ.items() if name != "NODE_ENV"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert content(console_sizes.BUILT) == content(tmp_path / "built"), "run `make console` and commit what it builds"


def test_the_page_is_under_60_kb_compressed_in_each_language_until_a_panel_is_opened() -> None:
    """A browser loads no more than one language beside English, and what is behind a button after the list is there."""
    sizes = console_sizes.compressed(console_sizes.BUILT)
    assert console_sizes.first_load(sizes) < MOST_BYTES
    assert sizes["console/panels.js"] < MOST_BYTES / 4


def test_the_page_on_the_console_says_how_large_it_is() -> None:
    page = console_sizes.PAGE.read_text()
    as_stated, as_built = (
        [int(size) for size in re.findall(r"(\d+) KB", text)]
        for text in (page, console_sizes.with_sizes(page, console_sizes.compressed(console_sizes.BUILT)))
    )
    # Another zlib compresses a little otherwise.
    assert all(abs(one - other) <= 1 for one, other in zip(as_stated, as_built, strict=True)), "run `make console`"


def test_a_page_without_a_place_for_the_sizes_is_noticed() -> None:
    with pytest.raises(ValueError, match="no place"):
        console_sizes.with_sizes("# Something else", console_sizes.compressed(console_sizes.BUILT))
