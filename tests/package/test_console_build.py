"""What is made for the console is committed: its types by the service, its built files, small ones, by its source."""

import gzip
import os
import re
import subprocess
from pathlib import Path

import pytest

from deploy import console_api_types
from deploy.stages import PROJECT
from tests.support.node import NODE

BUILT = PROJECT / "chalicelib" / "console_assets"
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
    assert content(BUILT) == content(tmp_path / "built"), "run `make console` and commit what it builds"


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), mtime=0))


def sizes() -> dict[str, int]:
    """By the name of the file without its hash."""
    return {re.sub(r"-.{8}(?=\.\w+$)", "", path): compressed(text) for path, text in content(BUILT).items()}


def test_the_console_is_under_60_kb_compressed_in_each_language_until_a_panel_is_opened() -> None:
    """A browser loads no more than one language beside English, and what is behind a button after the list is there."""
    whole = sizes()
    panels = whole.pop("console/panels.js")
    languages = [whole.pop(f"console/{language}.js") for language in ("ar", "de")]
    assert sum(whole.values()) + max(languages) < MOST_BYTES
    assert panels < MOST_BYTES / 4
