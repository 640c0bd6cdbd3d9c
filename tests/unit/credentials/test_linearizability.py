"""The checker of histories: what it must accept, and what it must refuse."""

from tests.support.linearizability import NOBODYS, Kind, Operation, Result, is_linearizable

FOREVER = float("inf")


def operation(kind: Kind, result: Result, start: float, end: float, *of: str) -> Operation:
    """Of the secret s of the client c, unless another is named."""
    secret, client = (*of, *("s", "c")[len(of) :])
    return Operation(kind, result, start, end, client, secret)


def lost_rotate(start: float) -> Operation:
    return operation("rotate", "unknown", start, FOREVER, NOBODYS)


def test_a_history_that_a_serial_order_explains() -> None:
    assert is_linearizable(
        [
            operation("create", "done", 1, 2),
            operation("revoke_all", "done", 3, 6),
            operation("exchange", "active", 4, 5),
            operation("exchange", "inactive", 7, 8),
        ]
    )


def test_not_an_exchange_that_succeeds_after_the_fence_was_acknowledged() -> None:
    assert not is_linearizable(
        [
            operation("create", "done", 1, 2),
            operation("revoke_all", "done", 3, 4),
            operation("exchange", "active", 5, 6),
        ]
    )


def test_not_a_credential_that_dies_without_a_cause() -> None:
    assert not is_linearizable([operation("create", "done", 1, 2), operation("exchange", "inactive", 3, 4)])


def test_a_rotate_after_one_whose_answer_was_lost() -> None:
    """As hypothesis found it: c's secret was replaced by one that nobody knows, c itself stayed active."""
    history = [
        operation("create", "done", 1, 2),
        operation("create", "done", 3, 4, "s2", "c2"),
        operation("exchange", "inactive", 5, 9),
        lost_rotate(6),
        operation("create", "done", 7, 10, "s3", "c3"),
        operation("create", "done", 8, 12, "s4", "c4"),
        operation("rotate", "done", 11, 13, "new"),
        operation("exchange", "inactive", 14, 15),
        operation("exchange", "active", 16, 17, "s2", "c2"),
        operation("exchange", "active", 18, 19, "s3", "c3"),
        operation("exchange", "active", 20, 21, "s4", "c4"),
        operation("exchange", "active", 22, 23, "new"),
    ]
    assert is_linearizable(history)
    assert not is_linearizable([done for done in history if done.result != "unknown"])


def test_a_lost_rotate_that_never_took_effect() -> None:
    assert is_linearizable([operation("create", "done", 1, 2), lost_rotate(3), operation("exchange", "active", 4, 5)])


def test_not_a_lost_rotate_that_revokes() -> None:
    assert not is_linearizable(
        [operation("create", "done", 1, 2), lost_rotate(3), operation("rotate", "refused", 4, 5)]
    )


def test_not_a_secret_that_comes_back_after_a_lost_rotate() -> None:
    assert not is_linearizable(
        [
            operation("create", "done", 1, 2),
            lost_rotate(3),
            operation("exchange", "inactive", 4, 5),
            operation("exchange", "active", 6, 7),
        ]
    )


def test_not_an_old_secret_that_outlives_the_rotate_after_a_lost_one() -> None:
    assert not is_linearizable(
        [
            operation("create", "done", 1, 2),
            lost_rotate(3),
            operation("rotate", "done", 4, 5, "new"),
            operation("exchange", "active", 6, 7),
        ]
    )


def test_not_a_rotate_of_what_is_revoked() -> None:
    assert not is_linearizable(
        [
            operation("create", "done", 1, 2),
            operation("revoke", "done", 3, 4),
            lost_rotate(5),
            operation("rotate", "done", 6, 7, "new"),
        ]
    )


# --- suspend, resume, edit, two secrets -------------------------------------------------------------------------------

CREATED = operation("create", "done", 1, 2)


def edit(result: Result, start: float, end: float, scope: str, expected: int = 0) -> Operation:
    return Operation("edit", result, start, end, "c", scope=scope, expected=expected)


def exchange(start: float, scope: str) -> Operation:
    return Operation("exchange", "active", start, start, "c", "s", scope)


def test_a_credential_is_good_for_nothing_while_it_is_suspended() -> None:
    history = [CREATED, operation("suspend", "done", 3, 4), operation("exchange", "inactive", 5, 6)]
    resumed = [operation("resume", "done", 7, 8), operation("exchange", "active", 9, 10)]
    assert is_linearizable([*history, *resumed])
    assert not is_linearizable([*history, operation("exchange", "active", 9, 10)])
    assert not is_linearizable([CREATED, operation("suspend", "done", 3, 4), operation("exchange", "active", 5, 6)])


def test_not_a_suspended_credential_that_a_revoke_all_forgot() -> None:
    fenced = [CREATED, operation("suspend", "done", 3, 4), operation("revoke_all", "done", 5, 6)]
    assert is_linearizable([*fenced, operation("resume", "refused", 7, 8)])
    assert not is_linearizable([*fenced, operation("resume", "done", 7, 8)])


def test_a_lost_suspend_took_effect_or_did_not() -> None:
    lost = operation("suspend", "unknown", 3, FOREVER)
    assert is_linearizable([CREATED, lost, operation("exchange", "active", 4, 5)])
    assert is_linearizable([CREATED, lost, operation("exchange", "inactive", 4, 5)])


def test_a_token_has_the_scope_of_the_last_edit() -> None:
    history = [CREATED, edit("done", 3, 4, "a"), edit("done", 5, 6, "b")]
    assert is_linearizable([*history, exchange(7, "b")])
    assert not is_linearizable([*history, exchange(7, "a")])


def test_not_two_edits_of_the_same_version() -> None:
    first = edit("done", 3, 6, "a", 1)
    assert is_linearizable([CREATED, first, edit("stale", 4, 5, "b", 1)])
    assert is_linearizable([CREATED, first, edit("done", 7, 8, "b", 2)])
    assert not is_linearizable([CREATED, first, edit("done", 4, 5, "b", 1)])


def test_an_edit_that_is_made_already_is_of_any_version_and_makes_none() -> None:
    history = [CREATED, edit("done", 3, 4, "a", 1), edit("done", 5, 6, "a", 1)]
    assert is_linearizable([*history, edit("done", 7, 8, "b", 2)])


def test_not_the_end_of_both_secrets() -> None:
    both = [CREATED, operation("add_secret", "done", 3, 4, "t"), operation("end_secret", "done", 5, 8)]
    assert is_linearizable([*both, operation("end_secret", "last", 6, 7, "t")])
    assert is_linearizable([*both, operation("end_secret", "missing", 9, 10)])
    assert not is_linearizable([*both, operation("end_secret", "done", 6, 7, "t")])


def test_two_secrets_are_as_many_as_there_may_be() -> None:
    added = operation("add_secret", "done", 3, 4, "t")
    assert is_linearizable([CREATED, added, operation("add_secret", "full", 5, 6, "u")])
    assert not is_linearizable([CREATED, added, operation("add_secret", "done", 5, 6, "u")])


def test_secrets_whose_answers_were_lost_are_different_ones() -> None:
    lost = [
        operation("rotate", "unknown", 3, FOREVER, NOBODYS),
        operation("add_secret", "unknown", 4, FOREVER, NOBODYS),
    ]
    assert is_linearizable([CREATED, *lost, operation("add_secret", "full", 5, 6, "t")])
    assert not is_linearizable([CREATED, operation("add_secret", "full", 5, 6, "t")])
