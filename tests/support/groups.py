"""Which tests run in one process, where ``make test`` has several: those that share what is dear to make."""

from pathlib import Path

import pytest

TOGETHER = ("package", "browser")
"""Folders whose tests share a package of the service, or a browser and the service that it shows."""


def group(path: Path, tests: Path) -> str:
    """The tests of a file stay together, and so do those of a folder in ``TOGETHER``."""
    inside = path.relative_to(tests)
    return inside.parts[0] if inside.parts[0] in TOGETHER else inside.as_posix()


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.xdist_group(group(item.path, item.config.rootpath / "tests")))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the largest groups first, or the end of a run would wait for one process."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: group(item.path, config.rootpath / "tests") not in TOGETHER)
