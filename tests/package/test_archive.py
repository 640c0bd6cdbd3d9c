"""The zip that Lambda gets."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from deploy import archive
from deploy.policies import policies, services_of
from deploy.stages import PROJECT
from tests.package.conftest import MACHINE
from tests.support.locks import SHIPS, locked_here

pytestmark = pytest.mark.slow


def test_the_same_input_gives_the_same_zip(package: Path, tmp_path: Path) -> None:
    archive.rebuild(package / "deployment.zip", tmp_path / "again.zip", services_of(policies()))
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
    wanted = {one.name: str(one.specifier) for one in locked_here(SHIPS)}
    assert {canonicalize_name(name): f"=={version}" for name, version in shipped.items()} == wanted


def test_a_package_whose_hash_is_another_does_not_ship(tmp_path: Path) -> None:
    for name in ("chalicelib", "deploy", ".chalice"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    shutil.copy(PROJECT / "app.py", tmp_path)
    (tmp_path / "requirements.txt").write_text(re.sub(r"sha256:\w+", f"sha256:{'0' * 64}", SHIPS.read_text()))
    command = [sys.executable, "-m", "deploy", "--stage", "prod", "--architecture", MACHINE]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode != 0
    assert "DO NOT MATCH THE HASHES" in made.stdout + made.stderr
    assert not (tmp_path / "build").exists()
