"""Threads that move one at a time, each to its next DynamoDB call."""

import threading
from collections.abc import Callable, Iterator, Sequence


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
