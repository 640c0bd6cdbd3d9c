"""The console page's files, built from ``console/``, read once."""

import hashlib
import re
from pathlib import Path

import msgspec

_CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
# As the build names them: name-<8 characters of the content's hash>.ext
_HASHED_NAME = re.compile(r".+-[\w-]{8}\.\w+")


class ConsoleFile(msgspec.Struct, frozen=True, kw_only=True):
    """``etag`` is a strong one (RFC 9110 §8.8.3). ``immutable``: another content would have another name."""

    content: str
    content_type: str
    etag: str
    immutable: bool


class ConsoleFiles:
    """``page`` is the page itself; ``named`` are the files it loads, by name."""

    def __init__(self, directory: Path) -> None:
        self.page = _read(directory / "index.html")
        # A look-up by name among what is there: no path is ever made of what a caller sent.
        self.named = {path.name: _read(path) for path in (directory / "console").iterdir()}


def _read(path: Path) -> ConsoleFile:
    content = path.read_text(encoding="utf-8")
    return ConsoleFile(
        content=content,
        content_type=_CONTENT_TYPES[path.suffix],
        etag=f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"',
        immutable=_HASHED_NAME.fullmatch(path.name) is not None,
    )
