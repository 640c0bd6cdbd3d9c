"""The zip that Lambda gets: nothing it does not need, compiled, and the same bytes for the same input."""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Set
from pathlib import Path, PurePosixPath

_UNUSED_SUFFIXES = frozenset({".pyc", ".pyi", ".c", ".h", ".pxd", ".pyx"})
_UNUSED_PARTS = frozenset({"__pycache__", "bin", "examples"})
_MODELS = ("botocore", "data")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold."""
_TASK_ROOT = "/var/task"


def rebuild(chalice_zip: Path, target: Path, services: Set[str]) -> None:
    """Makes the zip anew from Chalice's, with the service models of botocore for these services alone.

    ``.pyc`` files spare a cold start the compilation. They are of the kind "unchecked hash": Python neither compares
    times, which a zip does not keep, nor reads the source. They fit the Python that packages, which is the runtime.
    """
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        with zipfile.ZipFile(chalice_zip) as made:
            names = [name for name in made.namelist() if not name.endswith("/") and _is_needed(name, services)]
            made.extractall(root, names)
        _compile(root)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path in _files(root):
                entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (0o755 if path.suffix == ".so" else 0o644) << 16
                archive.writestr(entry, path.read_bytes())


def digest(path: Path) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def _is_needed(name: str, services: Set[str]) -> bool:
    path = PurePosixPath(name)
    if path.suffix in _UNUSED_SUFFIXES or _UNUSED_PARTS.intersection(path.parts) or path.name == "RECORD":
        return False
    # Files right in data/ are what all services share: partitions, retries, defaults.
    return path.parts[:2] != _MODELS or len(path.parts) == len(_MODELS) + 1 or path.parts[2] in services


def _compile(root: Path) -> None:
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run(  # noqa: S603  (our own interpreter)
        [*command, "-s", str(root), "-p", _TASK_ROOT, str(root)],
        check=True,
        # The order of a frozen set's members is part of what is written.
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in root.rglob("*") if path.is_file())
