"""Revoke-all is linearizable under any interleaving of calls to DynamoDB; a design that is not, these tests notice."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from emulators.dynamodb import DynamoDB, client_error
from tests.support.design_faults import CreateWithoutCondition, NoFence
from tests.support.linearizability import Operation, Turns, choices, describe, is_linearizable
from tests.support.tenant_lab import TenantLab

Step = tuple[str, int]

steps = st.tuples(
    st.sampled_from(["create", "exchange", "exchange", "revoke", "rotate", "revoke_all", "sweep"]), st.integers(0, 5)
)
programs = st.lists(st.lists(steps, min_size=1, max_size=3), min_size=2, max_size=4)
schedules = st.lists(st.integers(0, 3), min_size=10, max_size=60)
failures = st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=3)
CHECK = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEARCH = settings(
    CHECK, max_examples=1000, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False
)


class Failing:
    """Has chosen calls fail as they do when a connection breaks: before the call took effect, or after."""

    def __init__(self, failures: Sequence[tuple[int, bool]], turns: Turns) -> None:
        self._before = {number for number, took_effect in failures if not took_effect}
        self._after = {number for number, took_effect in failures if took_effect}
        self._turns = turns
        self._calls = 0
        self.armed = False

    def before(self, call: str) -> None:
        self._turns.wait(call)
        self._calls += 1
        self._fail_if(self._calls in self._before)

    def after(self, _call: str) -> None:
        self._fail_if(self._calls in self._after)

    def _fail_if(self, chosen: bool) -> None:
        if chosen and self.armed:
            raise client_error("InternalServerError", status=500)


def race(
    programs: Sequence[Sequence[Step]],
    schedule: Sequence[int],
    failures: Sequence[tuple[int, bool]] = (),
    **parts: Any,
) -> TenantLab:
    """The lab after the programs have run, each in a thread, by this schedule; two credentials were there before."""
    turns = Turns(choices(schedule))
    failing = Failing(failures, turns)
    client = DynamoDB(before=failing.before, after=failing.after)
    lab = TenantLab(client, turns.now, **parts)
    lab.create()
    lab.create()

    def program(steps: Sequence[Step]) -> Callable[[], None]:
        def run() -> None:
            for name, argument in steps:
                getattr(lab, name)(*([] if name in ("create", "revoke_all", "sweep") else [argument]))

        return run

    failing.armed = True
    turns.run([program(steps) for steps in programs])
    failing.armed = False
    lab.sweep()
    for which in range(len(lab.known)):
        lab.exchange(which)
    return lab


@CHECK
@given(programs, schedules, failures)
def test_every_interleaving_has_a_serial_explanation_and_leaves_no_row_in_between(
    programs: list[list[Step]], schedule: list[int], failures: list[tuple[int, bool]]
) -> None:
    lab = race(programs, schedule, failures)
    assert is_linearizable(lab.history), describe(lab.history)
    lab.assert_swept()


def _finds_a_fault(programs: list[list[Step]], **parts: Any) -> bool:
    """Whether the test above, with these programs, fails for this design."""

    @SEARCH
    @given(schedules)
    def holds(schedule: list[int]) -> None:
        lab = race(programs, schedule, **parts)
        assert is_linearizable(lab.history)
        if "revocations" not in parts:  # without a fence there is no sweep to look at
            lab.assert_swept()

    try:
        holds()
    except AssertionError:
        return True
    return False


def test_the_check_finds_no_fault_in_the_real_design() -> None:
    assert not _finds_a_fault([[("create", 0)], [("revoke_all", 0)]])


def test_the_check_notices_a_create_without_its_condition() -> None:
    assert _finds_a_fault([[("create", 0)], [("revoke_all", 0)]], credential_store=CreateWithoutCondition)


def test_the_check_notices_a_revoke_all_without_a_fence() -> None:
    assert _finds_a_fault([[("revoke_all", 0)], [("create", 0), ("exchange", 0)]], revocations=NoFence)


def _operation(kind: Any, result: Any, start: int, end: int) -> Operation:
    return Operation(kind, result, start, end, "c", "s")


def test_the_checker_accepts_a_history_that_a_serial_order_explains() -> None:
    history = [
        _operation("create", "done", 1, 2),
        _operation("revoke_all", "done", 3, 6),
        _operation("exchange", "live", 4, 5),
        _operation("exchange", "dead", 7, 8),
    ]
    assert is_linearizable(history)


def test_the_checker_refuses_an_exchange_that_succeeds_after_the_fence_was_acknowledged() -> None:
    history = [
        _operation("create", "done", 1, 2),
        _operation("revoke_all", "done", 3, 4),
        _operation("exchange", "live", 5, 6),
    ]
    assert not is_linearizable(history)


def test_the_checker_refuses_a_credential_that_dies_without_a_cause() -> None:
    assert not is_linearizable([_operation("create", "done", 1, 2), _operation("exchange", "dead", 3, 4)])
