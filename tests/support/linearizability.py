"""Histories of concurrent operations, and how they are checked.

A history is linearizable if its operations, each at some instant between its start and its end, could have happened one
after the other with the results they had (Herlihy and Wing 1990; the search is Wing and Gong's).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

Kind = Literal[
    "create", "exchange", "revoke", "rotate", "add_secret", "end_secret", "suspend", "resume", "edit", "revoke_all"
]
Result = Literal["done", "active", "inactive", "refused", "full", "last", "missing", "stale", "unknown"]
NOBODYS = ""
"""The id of a secret that nobody knows: its answer was lost."""
MOST_SECRETS = 2


class Alive(msgspec.Struct, frozen=True):
    """A credential that is not revoked, with its valid secrets. One whose secrets are nobody's is alive, too."""

    client_id: str
    secrets: frozenset[str]
    scope: str = ""
    suspended: bool = False
    version: int = 1


State = frozenset[Alive]


class Operation(msgspec.Struct, frozen=True):
    """``secret`` is the one presented, made or ended: NOBODYS where it was made and not shown.

    ``scope`` is the one of the token that an exchange gave, or the one that an edit asked for; ``expected`` is the
    version that it asked for, 0 for any. ``start`` and ``end`` are instants of one clock that all threads share.

    An operation whose outcome is ``unknown`` (its caller got an error) may have happened at any time after its start,
    or never.
    """

    kind: Kind
    result: Result
    start: float
    end: float
    client_id: str = ""
    secret: str = ""
    scope: str = ""
    expected: int = 0

    def apply(self, state: State) -> State | None:
        """The state after it, or None where it could not have had this result then."""
        mine = next((credential for credential in state if credential.client_id == self.client_id), None)
        others = state if mine is None else state - {mine}
        if self.kind == "create":
            return state | {Alive(self.client_id, frozenset({self.secret}))}
        if self.kind == "revoke":
            return others
        if self.kind == "revoke_all":
            return frozenset()
        if self.kind == "exchange":
            works = mine is not None and not mine.suspended and self.secret in mine.secrets
            shown = mine.scope if mine is not None and works else ""
            return state if (works, shown) == (self.result == "active", self.scope) else None
        if mine is None:
            return state if self.result == "refused" else None
        after = self._changed(mine)
        if isinstance(after, str):
            return state if self.result == after else None
        if self.result not in ("done", "unknown"):
            return None
        return others | {after if after == mine else replace(after, version=mine.version + 1)}

    def _changed(self, mine: Alive) -> "Alive | Result":
        """The credential after a change that is no refusal, or what it is refused with."""
        if self.kind == "rotate":
            return replace(mine, secrets=frozenset({self.secret}))
        if self.kind == "add_secret":
            return (
                "full"
                if len(mine.secrets) == MOST_SECRETS
                else replace(mine, secrets=mine.secrets | {self._made(mine)})
            )
        if self.kind == "end_secret":
            if self.secret not in mine.secrets:
                return "missing"
            return "last" if len(mine.secrets) == 1 else replace(mine, secrets=mine.secrets - {self.secret})
        if self.kind == "edit":
            edited = replace(mine, scope=self.scope)
            return edited if edited == mine or self.expected in (0, mine.version) else "stale"
        return replace(mine, suspended=self.kind == "suspend")

    def _made(self, mine: Alive) -> str:
        """The secret that was added; a second one of nobody's is another one."""
        return f"{self.secret}'" if self.secret in mine.secrets else self.secret


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
            f"{operation.secret[:6]:<6} {operation.result:<8} {operation.scope} {operation.expected or ''}".rstrip()
        )

    return "\n".join(line(operation) for operation in sorted(history, key=lambda o: o.start))
