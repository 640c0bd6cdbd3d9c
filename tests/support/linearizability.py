"""Histories of concurrent operations: how they are made, one DynamoDB call at a time, and how they are checked.

A history is linearizable if its operations, each at some instant between its start and its end, could have happened one
after the other with the results they had (Herlihy and Wing 1990; the search is Wing and Gong's).
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

Kind = Literal["create", "exchange", "revoke", "rotate", "revoke_all"]
Result = Literal["done", "live", "dead", "refused", "unknown"]
State = frozenset[tuple[str, str]]
"""The live secrets: (client_id, secret id)."""


@dataclass(frozen=True)
class Operation:
    """``secret`` is the one presented or made, ``start`` and ``end`` are instants of one clock that all threads share.

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
        live = (self.client_id, self.secret) in state
        others = frozenset(entry for entry in state if entry[0] != self.client_id)
        if self.kind == "create":
            return state | {(self.client_id, self.secret)}
        if self.kind == "exchange":
            return state if live == (self.result == "live") else None
        if self.kind == "revoke":
            return others
        if self.kind == "rotate":
            if self.result == "refused":
                return state if others == state else None
            return others | {(self.client_id, self.secret)} if others != state else None
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


class Turns:
    """Lets threads move one at a time, each to its next DynamoDB call; ``choose(n)`` says which of n moves.

    The order of the calls, and so every race, follows from the choices alone.
    """

    def __init__(self, choose: Callable[[int], int]) -> None:
        self._choose = choose
        self._scheduler = threading.Semaphore(0)
        self._go: dict[int, threading.Semaphore] = {}
        self._waiting: list[int] = []
        self._clock = 0
        self.errors: list[BaseException] = []

    def now(self) -> int:
        """An instant; every call is a later one."""
        self._clock += 1
        return self._clock

    def wait(self, _call: str = "") -> None:
        """Called by a thread that wants to go on; returns when it is its turn, at once for a thread without turns."""
        mine = threading.get_ident()
        if mine in self._go:
            self._waiting.append(mine)
            self._scheduler.release()
            self._go[mine].acquire()

    def run(self, programs: Sequence[Callable[[], None]]) -> None:
        """Runs all programs to their end; raises what one of them raised."""
        threads = [threading.Thread(target=self._run_one, args=(program,), daemon=True) for program in programs]
        for thread in threads:
            thread.start()
            self._scheduler.acquire()  # until it waits for its first turn
        while self._waiting:
            mine = self._waiting.pop(self._choose(len(self._waiting)))
            self._go[mine].release()
            self._scheduler.acquire()  # until it waits again, or ends
        for thread in threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def _run_one(self, program: Callable[[], None]) -> None:
        self._go[threading.get_ident()] = threading.Semaphore(0)
        self.wait()
        try:
            program()
        except BaseException as error:  # noqa: BLE001  (it is raised again in the thread that runs the test)
            self.errors.append(error)
        finally:
            self._scheduler.release()


def choices(numbers: Sequence[int]) -> Callable[[int], int]:
    """A ``choose`` that follows the numbers, and takes the first in line when they are used up."""
    left: Iterator[int] = iter(numbers)
    return lambda n: next(left, 0) % n


def describe(history: Sequence[Operation]) -> str:
    """The history, a line each, for a test's message."""

    def line(operation: Any) -> str:
        return (
            f"{operation.start:>4} to {operation.end:>4}  {operation.kind:<10} {operation.client_id[-6:]:<6} "
            f"{operation.secret[:6]:<6} {operation.result}"
        )

    return "\n".join(line(operation) for operation in sorted(history, key=lambda o: o.start))
