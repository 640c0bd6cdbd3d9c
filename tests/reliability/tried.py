"""All that is tried, in the order of the page."""

import contextlib
import io
from collections.abc import Iterator

from tests.reliability.operations import OPERATIONS, Operation
from tests.reliability.page import Row
from tests.reliability.trial import attempt, faults_at, usual
from tests.reliability.world import World


def tried() -> list[Row]:
    world = World()
    try:
        # The gateway's emulator prints what an authorizer raises.
        with contextlib.redirect_stderr(io.StringIO()):
            return [row for operation in OPERATIONS for row in _rows(world, operation)]
    finally:
        world.close()


def wrong(rows: list[Row]) -> list[str]:
    """What must not be, a line for each."""
    return [
        f"{row.operation.name}, {row.step.name} ({row.step.nth}), {fault}: {cell.wrong}"
        for row in rows
        for fault, cells in row.seen.items()
        for cell in cells
        if cell.wrong
    ]


def _rows(world: World, operation: Operation) -> Iterator[Row]:
    as_usual = usual(world, operation)
    for step in as_usual.steps:
        seen = {
            fault.name: (
                attempt(world, as_usual, step, fault, lasting=False),
                attempt(world, as_usual, step, fault, lasting=True),
            )
            for fault in faults_at(step)
        }
        yield Row(operation, step, seen)
