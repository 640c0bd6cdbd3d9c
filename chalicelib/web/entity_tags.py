"""A credential's version as an entity tag (RFC 9110 §8.8.3)."""

import re

from chalicelib.credentials.credential_changes import Versions

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"{_TAG}(?:\s*,\s*{_TAG})*")
_VERSION = re.compile(r'(?<!W/)"([1-9][0-9]{0,14})"')


def entity_tag(version: int) -> str:
    return f'"{version}"'


def versions(if_match: str) -> Versions | None:
    """The versions that an If-Match names; None for ``*``, any. Raises ValueError for what is no If-Match.

    A weak tag names none, by the strong comparison of §13.1.1.
    """
    if if_match.strip() == "*":
        return None
    if not _TAGS.fullmatch(if_match.strip()):
        raise ValueError("not a list of entity tags")
    return frozenset(int(version) for version in _VERSION.findall(if_match))
