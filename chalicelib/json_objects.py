"""Finds what JSON parsers hide: names that an object has twice, of which each parser believes another (RFC 8259 §4)."""

import json
from collections.abc import Iterator


def repeated_names(content: bytes) -> Iterator[str]:
    """Yields the JSON Pointer (RFC 6901) of each name that comes a second time in its object.

    ``content`` is JSON that a parser has accepted. Raises RecursionError where it is nested too deeply.
    """
    # Pairs of an object are tuples here, and the values of an array never are.
    yield from _repeated(json.loads(content, object_pairs_hook=list), "")


def pointer(name: str) -> str:
    """A name as a step of a JSON Pointer (RFC 6901 §3)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _repeated(value: object, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        return
    seen: set[str] = set()
    for index, member in enumerate(value):
        if not isinstance(member, tuple):
            yield from _repeated(member, f"{at}/{index}")
            continue
        name, inner = member
        if name in seen:
            yield at + pointer(name)
        seen.add(name)
        yield from _repeated(inner, at + pointer(name))
