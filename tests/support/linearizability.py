"""Histories of concurrent operations, and how they are checked.

A history is linearizable if its operations, each at some instant between its start and its end, could have happened one
after the other with the results they had (Herlihy and Wing 1990; the search is Wing and Gong's).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import msgspec

Kind = Literal["create", "exchange", "revoke", "rotate", "revoke_all"]
Result = Literal["done", "active", "inactive", "refused", "unknown"]
NOBODYS = ""
"""The id of a secret that nobody knows: its answer was lost."""
State = frozenset[tuple[str, str]]
"""The active credentials, each with its secret: (client_id, secret id). What a rotate can be refused for, and what an
exchange can be refused for, are two things: a credential stays active when its secret is nobody's."""


class Operation(msgspec.Struct, frozen=True):
    """``secret`` is the one presented or made: NOBODYS where it was made and not shown.

    ``start`` and ``end`` are instants of one clock that all threads share.

    An operation whose outcome is ``unknown`` (its caller got an error) may have happened at any time after its start,
    or never.
    """

    kind: Kind
    result: Result
    start: float
    end: float
    client_id: str = ""
    secret: str = ""

    def apply(self, state: State) -> State | None:
        """The state after it, or None where it could not have had this result then."""
        entry = (self.client_id, self.secret)
        others = frozenset(other for other in state if other[0] != self.client_id)
        is_active = others != state
        if self.kind == "create":
            return state | {entry}
        if self.kind == "exchange":
            return state if (entry in state) == (self.result == "active") else None
        if self.kind == "revoke":
            return others
        if self.kind == "rotate":
            if self.result == "refused":
                return None if is_active else state
            return others | {entry} if is_active else None
        return frozenset()


def is_linearizable(history: Sequence[Operation], before: State = frozenset()) -> bool:
    """Whether some order of the operations explains their results, from the state ``before`` on."""

    @cache
    def explains(left: frozenset[int], state: State) -> bool:
        certain = [i for i in left if history[i].result != "unknown"]
        if not certain:
            return True
        first_end = min(history[i].end for i in certain)
        for i in left:
            if history[i].start <= first_end:
                after = history[i].apply(state)
                if after is not None and explains(left - {i}, after):
                    return True
        return False

    return explains(frozenset(range(len(history))), before)


def describe(history: Sequence[Operation]) -> str:
    """The history, a line each, for a test's message."""

    def line(operation: Any) -> str:
        return (
            f"{operation.start:>4} to {operation.end:>4}  {operation.kind:<10} {operation.client_id[-6:]:<6} "
            f"{operation.secret[:6]:<6} {operation.result}"
        )

    return "\n".join(line(operation) for operation in sorted(history, key=lambda o: o.start))
