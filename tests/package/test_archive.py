"""The zip that Lambda gets."""

import importlib.metadata
import sys
from pathlib import Path

import pytest

from deploy import archive
from tests.package.conftest import ROOT

pytestmark = pytest.mark.slow


def test_the_same_input_gives_the_same_zip(package: Path, tmp_path: Path) -> None:
    archive.rebuild(package / "deployment.zip", tmp_path / "again.zip", frozenset({"dynamodb", "kms", "lambda"}))
    assert archive.digest(tmp_path / "again.zip") == archive.digest(package / "deployment.zip")


def test_every_module_in_the_zip_is_compiled_and_never_checked(task_root: Path) -> None:
    cache_tag = sys.implementation.cache_tag
    for source in task_root.rglob("*.py"):
        compiled = source.parent / "__pycache__" / f"{source.stem}.{cache_tag}.pyc"
        assert compiled.exists(), source
        flags = int.from_bytes(compiled.read_bytes()[4:8], "little")
        assert flags == 0b01, source  # PEP 552: by hash, unchecked


def test_the_zip_holds_what_ships_and_nothing_of_development(task_root: Path) -> None:
    present = {path.name for path in task_root.iterdir()}
    assert {
        "app.py",
        "chalicelib",
        "chalice",
        "boto3",
        "botocore",
        "msgspec",
        "jwt",
        "argon2",
        "cryptography",
    } <= present
    assert not present & {"local", "tests", "deploy", "bench", "console", "moto", "pip", "setuptools", "node_modules"}


def test_every_requirement_is_in_the_zip_at_its_pinned_version(task_root: Path) -> None:
    shipped = {
        distribution.metadata["Name"].lower(): distribution.version
        for distribution in importlib.metadata.distributions(path=[str(task_root)])
    }
    pinned = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line]
    for line in pinned:
        name, _, version = line.lower().partition("==")
        assert name == "chalice" or shipped[name] == version
