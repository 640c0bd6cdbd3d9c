"""The locked requirements that ``make lock`` writes."""

import re
from pathlib import Path

from packaging.requirements import Requirement

from deploy.stages import PROJECT

SHIPS = PROJECT / "requirements.txt"
LOCKED = re.compile(r"(?P<requirement>[^\s#=]+==[^\\\n]+?)(?: \\\n +--hash=sha256:[0-9a-f]{64})+\n")
"""A version with the hashes of its files."""


def lock_of(group: str) -> Path:
    return PROJECT / "requirements" / f"{group}.txt"


def locked(lock: Path) -> list[Requirement]:
    """What a lock names, for every Python and platform."""
    return [Requirement(found["requirement"]) for found in LOCKED.finditer(lock.read_text())]


def locked_here(lock: Path) -> list[Requirement]:
    """What a lock names for this Python on this platform."""
    return [one for one in locked(lock) if one.marker is None or one.marker.evaluate()]
