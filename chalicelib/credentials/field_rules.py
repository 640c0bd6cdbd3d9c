"""The rules of what an admin may choose of a credential, for a new one and for a change alike."""

from collections.abc import Collection, Container, Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.clock import LAST_SECOND, rfc3339
from chalicelib.credentials import displayable_text
from chalicelib.errors import Fault
from chalicelib.settings import LONGEST_SCOPE, MOST_SCOPES

_NO_CONTROLS = r"[^\x00-\x1f\x7f-\x9f]*"
_SHOWN = "In Unicode's form NFC. What people cannot see, or what turns the text around it, is refused"
Name = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=100,
        description=_SHOWN,
        # What a schema can say of the rules: no control characters, and something else than spaces.
        extra_json_schema={"pattern": rf"^{_NO_CONTROLS}[^\x00-\x20\x7f-\xa0]{_NO_CONTROLS}$"},
    ),
]
Description = Annotated[
    str, msgspec.Meta(max_length=500, description=_SHOWN, extra_json_schema={"pattern": f"^{_NO_CONTROLS}$"})
]
Scopes = Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_SCOPES)]
Expiry = Annotated[datetime, msgspec.Meta(tz=True)]


def name_faults(name: str) -> Iterator[Fault]:
    if fault := displayable_text.fault_of(name):
        yield Fault("/name", fault)
    elif displayable_text.is_blank(name):
        yield Fault("/name", "must not be blank")


def description_faults(description: str) -> Iterator[Fault]:
    if fault := displayable_text.fault_of(description):
        yield Fault("/description", fault)


def scope_faults(scopes: Collection[str], known: Container[str]) -> Iterator[Fault]:
    for index, scope in enumerate(scopes):
        if scope not in known:
            yield Fault(f"/scopes/{index}", "is not a scope of this service")
    if len(" ".join(scopes)) > LONGEST_SCOPE:
        yield Fault("/scopes", f"must have at most {LONGEST_SCOPE} characters together, with a space between two")


def latest_end(created_at: float, longest_life: int | None) -> int:
    """The last second at which a credential may end. ``longest_life``: in seconds from its creation; None: any."""
    return LAST_SECOND if longest_life is None else min(LAST_SECOND, int(created_at) + longest_life)


def expiry_faults(expires_at: datetime, now: float, latest: int) -> Iterator[Fault]:
    # As whole seconds, which is what is kept: the last moment of a year rounds up into the next.
    if int(expires_at.timestamp()) <= now:
        yield Fault("/expires_at", "must be in the future")
    if int(expires_at.timestamp()) > LAST_SECOND:
        yield Fault("/expires_at", "must be before the year 10000, in UTC")
    elif int(expires_at.timestamp()) > latest:
        yield Fault("/expires_at", f"must be at the latest {rfc3339(latest)}: a credential may live no longer")
