"""The console page's built files."""

from pathlib import Path

import pytest

from chalicelib.console.console_files import ConsoleFiles


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<title>é</title>", encoding="utf-8")
    (tmp_path / "console").mkdir()
    for name in ("page-a1B2_c-4.js", "embed.js", "short-a1b2.css"):
        (tmp_path / "console" / name).write_text(name)
    return tmp_path


def test_the_page_and_each_file_are_there_by_name(directory: Path) -> None:
    files = ConsoleFiles(directory)
    assert (files.page.content, files.page.content_type) == ("<title>é</title>", "text/html; charset=utf-8")
    assert files.named.keys() == {"page-a1B2_c-4.js", "embed.js", "short-a1b2.css"}


def test_only_a_name_with_the_hash_of_its_content_is_for_good(directory: Path) -> None:
    files = ConsoleFiles(directory)
    assert {name for name, file in files.named.items() if file.immutable} == {"page-a1B2_c-4.js"}
    assert not files.page.immutable


def test_the_tag_changes_with_the_content(directory: Path) -> None:
    before = ConsoleFiles(directory).named
    (directory / "console" / "embed.js").write_text("other")
    after = ConsoleFiles(directory).named
    assert {name for name in before if before[name].etag != after[name].etag} == {"embed.js"}


def test_a_file_of_a_kind_that_the_page_does_not_load_is_not_served(directory: Path) -> None:
    (directory / "console" / "page.js.map").write_text("{}")
    with pytest.raises(KeyError):
        ConsoleFiles(directory)
