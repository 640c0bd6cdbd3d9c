"""The rules of what an admin may choose of a credential, for a new one and for a change alike."""

import unicodedata
from collections.abc import Collection, Container, Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.errors import Fault
from chalicelib.settings import LONGEST_SCOPE, MOST_SCOPES

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Description = Annotated[str, msgspec.Meta(max_length=500)]
Scopes = Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_SCOPES)]
Expiry = Annotated[datetime, msgspec.Meta(tz=True)]

# Controls, surrogates, line breaks, and what turns the direction of text: a name made of them deceives its reader.
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def name_faults(name: str) -> Iterator[Fault]:
    if not name.strip():
        yield Fault("/name", "must not be blank")
    if _deceives(name):
        yield Fault("/name", "must not contain control characters")


def description_faults(description: str) -> Iterator[Fault]:
    if _deceives(description):
        yield Fault("/description", "must not contain control characters")


def scope_faults(scopes: Collection[str], known: Container[str]) -> Iterator[Fault]:
    for index, scope in enumerate(scopes):
        if scope not in known:
            yield Fault(f"/scopes/{index}", "is not a scope of this service")
    if len(" ".join(scopes)) > LONGEST_SCOPE:
        yield Fault("/scopes", f"must have at most {LONGEST_SCOPE} characters together, with a space between two")


def expiry_faults(expires_at: datetime, now: float) -> Iterator[Fault]:
    if expires_at.timestamp() <= now:
        yield Fault("/expires_at", "must be in the future")


def _deceives(text: str) -> bool:
    return any(unicodedata.category(c) in _FORBIDDEN_CATEGORIES or c in _DIRECTION_CONTROLS for c in text)
