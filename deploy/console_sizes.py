"""How much a browser loads of the console, compressed, from its built files.

As a command: writes it into docs/console.md.
"""

import gzip
import re
from pathlib import Path

from deploy.stages import PROJECT

BUILT = PROJECT / "chalicelib" / "console_assets"
PAGE = PROJECT / "docs" / "console.md"
LANGUAGES = ("ar", "de")

_STATED = re.compile(r"(?<=<!-- by make console: -->\n).*?(?=\n\n)", re.DOTALL)


def compressed(directory: Path = BUILT) -> dict[str, int]:
    """The bytes of each file after gzip, by its path without the hash in its name."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {
        re.sub(r"-.{8}(?=\.\w+$)", "", str(path.relative_to(directory))): len(gzip.compress(path.read_bytes(), mtime=0))
        for path in files
    }


def first_load(sizes: dict[str, int]) -> int:
    """The bytes until the page at the root shows a list: all but the panels, and of the languages the largest."""
    languages = [sizes[f"console/{language}.js"] for language in LANGUAGES]
    return sum(sizes.values()) - sizes["console/panels.js"] - sum(languages) + max(languages)


def stated(sizes: dict[str, int]) -> str:
    element = sizes["console/element.js"] + sizes["console/api-client-credentials.js"]
    languages = [sizes[f"console/{language}.js"] for language in LANGUAGES]
    first, panels = _kb(first_load(sizes)), _kb(sizes["console/panels.js"])
    return (
        f"Compressed, the page at the root is {first} until it shows a list, in the largest language; a test holds\n"
        f"it under 60 KB. The element alone, in English, is {_kb(element)}. The panels at its side, {panels}, come\n"
        f"after the list; a further language is up to {_kb(max(languages))}."
    )


def with_sizes(page: str, sizes: dict[str, int]) -> str:
    """The page on the console with these sizes in it. Raises ValueError where it has no place for them."""
    replaced, count = _STATED.subn(lambda _: stated(sizes), page)
    if count != 1:
        raise ValueError("the page has no place for the sizes")
    return replaced


def _kb(size: int) -> str:
    return f"{size / 1000:.0f} KB"


if __name__ == "__main__":
    PAGE.write_text(with_sizes(PAGE.read_text(), compressed()))
