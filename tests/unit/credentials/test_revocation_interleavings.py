"""Revoke-all is linearizable under any interleaving of calls to DynamoDB; these tests notice a design that is not."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deploy.stages import PROJECT
from emulators.dynamodb import DynamoDB, client_error
from tests.support.design_faults import NoFence, create_without_condition, update_without_condition
from tests.support.interleavings import Explorer, Interleavings
from tests.support.linearizability import describe, is_linearizable
from tests.support.tenant_lab import TenantLab
from tests.support.turns import Turns, choices

REVOCATION_PAGE = PROJECT / "docs" / "revocation.md"
Step = tuple[str, int | None]

CREATE: Step = ("create", None)
REVOKE_ALL: Step = ("revoke_all", None)
SWEEP: Step = ("sweep", None)
REVOKE: Step = ("revoke", 0)
ROTATE: Step = ("rotate", 0)
ADD_SECRET: Step = ("add_secret", 0)
END_THE_FIRST: Step = ("end_secret", 0)
END_THE_SECOND: Step = ("end_secret", 2)
SUSPEND: Step = ("suspend", 0)
RESUME: Step = ("resume", 0)
EDIT: Step = ("edit", 0)
EDIT_WHAT_IS_SEEN: Step = ("edit_what_is_seen", 0)
EXCHANGE: Step = ("exchange", 0)
EXCHANGE_THE_NEWEST: Step = ("exchange", -1)

ALL_INTERLEAVINGS = {
    "create ∥ revoke all ∥ exchange, exchange of the new one": [
        [CREATE],
        [REVOKE_ALL],
        [EXCHANGE, EXCHANGE_THE_NEWEST],
    ],
    "rotate ∥ revoke": [[ROTATE], [REVOKE]],
    "rotate ∥ revoke ∥ exchange, exchange of the new one": [[ROTATE], [REVOKE], [EXCHANGE, EXCHANGE_THE_NEWEST]],
    "rotate ∥ revoke all ∥ exchange of the new one": [[ROTATE], [REVOKE_ALL], [EXCHANGE_THE_NEWEST]],
    "revoke ∥ revoke": [[REVOKE], [REVOKE]],
    "revoke ∥ revoke all": [[REVOKE], [REVOKE_ALL]],
    "revoke all ∥ create, revoke all": [[REVOKE_ALL], [CREATE, REVOKE_ALL]],
    "revoke all ∥ revoke all ∥ sweep": [[REVOKE_ALL], [REVOKE_ALL], [SWEEP]],
    "suspend ∥ revoke all ∥ exchange": [[SUSPEND], [REVOKE_ALL], [EXCHANGE]],
    "suspend, resume ∥ revoke all": [[SUSPEND, RESUME], [REVOKE_ALL]],
    "suspend, resume ∥ rotate ∥ exchange of the new one": [[SUSPEND, RESUME], [ROTATE], [EXCHANGE_THE_NEWEST]],
    "edit ∥ revoke all ∥ exchange": [[EDIT], [REVOKE_ALL], [EXCHANGE]],
    "edit ∥ suspend ∥ exchange, exchange": [[EDIT], [SUSPEND], [EXCHANGE, EXCHANGE]],
    "edit what is seen ∥ edit what is seen ∥ exchange": [[EDIT_WHAT_IS_SEEN], [EDIT_WHAT_IS_SEEN], [EXCHANGE]],
    "add a secret ∥ end the first ∥ exchange": [[ADD_SECRET], [END_THE_FIRST], [EXCHANGE]],
    "of two secrets, end one ∥ end the other ∥ exchange": [[END_THE_FIRST], [END_THE_SECOND], [EXCHANGE]],
    "of two secrets, end one ∥ rotate": [[END_THE_FIRST], [ROTATE]],
    "of two secrets, end one ∥ revoke all": [[END_THE_FIRST], [REVOKE_ALL]],
}
OF_TWO_SECRETS = "of two secrets"


def table_row(name: str, checked: Interleavings) -> str:
    """What docs/revocation.md says of one of them."""
    return f"| {name} | {checked.undisturbed:,} | {checked.one_lost:,} | {checked.states:,} |"


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL_INTERLEAVINGS)
def test_all_interleavings_with_and_without_a_lost_answer_have_a_serial_explanation(
    name: str, summary: Callable[[str], None]
) -> None:
    before = [ADD_SECRET] if name.startswith(OF_TWO_SECRETS) else []
    checked = Explorer(ALL_INTERLEAVINGS[name], before=before).check()
    summary(
        f"{name}: {checked.undisturbed:,} interleavings, {checked.one_lost:,} with one lost answer, "
        f"in {checked.states:,} states"
    )
    assert table_row(name, checked) in REVOCATION_PAGE.read_text()


def test_the_interleavings_of_two_independent_exchanges_are_counted_right() -> None:
    checked = Explorer([[("exchange", 0)], [("exchange", 1)]]).check()
    # Of 4 reads, 2 are the first's: 6 orders, and each batch reads its 2 rows in either order.
    # With one batch lost it is one call, before, between or after the reads of the other.
    assert (checked.undisturbed, checked.one_lost) == (6 * 2 * 2, 2 * 3 * 2)


def test_the_interleavings_of_a_create_with_an_exchange_are_counted_right() -> None:
    checked = Explorer([[CREATE], [EXCHANGE]]).check()
    # Undisturbed 2 calls and 2 reads in either order. A lost exchange stands at one of 3 places among 2 calls; a create
    # ends at its first call where that is lost, before it took effect or after, or at its second, likewise.
    assert (checked.undisturbed, checked.one_lost) == (6 * 2, 3 + 2 * 3 * 2 + 2 * 6 * 2)


def test_the_check_notices_a_create_without_its_condition() -> None:
    lab_of = partial(TenantLab, writer=create_without_condition)
    with pytest.raises(AssertionError, match="still stored as active"):
        Explorer([[CREATE], [REVOKE_ALL]], lab_of, may_lose=False).check()


@pytest.mark.parametrize("others", [[CREATE, EXCHANGE], [EXCHANGE, ("exchange", 1)]], ids=str)
def test_the_check_notices_a_revoke_all_without_a_fence(others: list[Step]) -> None:
    lab_of = partial(TenantLab, revocations=NoFence)
    with pytest.raises(AssertionError, match=r"revoke_all .* done\n"):
        Explorer([[REVOKE_ALL], others], lab_of, may_lose=False, swept=False).check()


@pytest.mark.parametrize(
    ("programs", "before"),
    [
        ([[EDIT_WHAT_IS_SEEN], [EDIT_WHAT_IS_SEEN]], []),
        ([[END_THE_FIRST], [END_THE_SECOND]], [ADD_SECRET]),
    ],
    ids=str,
)
def test_the_check_notices_a_change_without_its_condition(programs: list[list[Step]], before: list[Step]) -> None:
    lab_of = partial(TenantLab, writer=update_without_condition)
    with pytest.raises(AssertionError, match=r"done.*\n"):
        Explorer(programs, lab_of, before=before, may_lose=False).check()


# --- programs, orders and failures at random, in real threads ---------------------------------------------------------

CHANGES = ["rotate", "add_secret", "end_secret", "suspend", "resume", "edit", "edit_what_is_seen"]
steps = st.one_of(
    st.sampled_from([CREATE, REVOKE_ALL, SWEEP]),
    st.tuples(st.sampled_from(["exchange", "exchange", "revoke", *CHANGES]), st.integers(0, 5)),
)
programs = st.lists(st.lists(steps, min_size=1, max_size=3), min_size=2, max_size=4)
schedules = st.lists(st.integers(0, 3), min_size=10, max_size=60)
failures = st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=3)


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
    programs: Sequence[Sequence[Step]], schedule: Sequence[int], failures: Sequence[tuple[int, bool]] = ()
) -> TenantLab:
    """The lab after the programs have run, each in a thread, by this schedule; two credentials were there before."""
    turns = Turns(choices(schedule))
    failing = Failing(failures, turns)
    client = DynamoDB(before=failing.before, after=failing.after)
    lab = TenantLab(client, turns.now)
    lab.create()
    lab.create()

    def program(steps: Sequence[Step]) -> Callable[[], None]:
        def run() -> None:
            for name, which in steps:
                getattr(lab, name)(*([] if which is None else [which]))

        return run

    failing.armed = True
    turns.run([program(steps) for steps in programs])
    failing.armed = False
    lab.sweep()
    for which in range(len(lab.known)):
        lab.exchange(which)
    return lab


@pytest.mark.slow
@settings(max_examples=5 * settings().max_examples, suppress_health_check=[HealthCheck.too_slow])
@given(programs, schedules, failures)
@example([[EXCHANGE], [CREATE, ROTATE], [ROTATE], [CREATE]], [0, 1, 1, 2, 3, 3, 3, 1, 0, 1, 2, 3], [(6, True)])
def test_any_interleaving_has_a_serial_explanation_and_leaves_no_row_in_between(
    programs: list[list[Step]], schedule: list[int], failures: list[tuple[int, bool]]
) -> None:
    lab = race(programs, schedule, failures)
    assert is_linearizable(lab.history), describe(lab.history)
    lab.assert_swept()


def test_a_rotate_whose_answer_was_lost_is_no_revoke() -> None:
    the_rotates_second_call = (6, True)  # after the four of the creates before
    lab = race([[ROTATE, EXCHANGE, ROTATE, EXCHANGE_THE_NEWEST]], [], [the_rotates_second_call])
    assert [(operation.kind, operation.result) for operation in lab.history[2:6]] == [
        ("rotate", "unknown"),
        ("exchange", "inactive"),
        ("rotate", "done"),
        ("exchange", "active"),
    ]
    assert is_linearizable(lab.history)
