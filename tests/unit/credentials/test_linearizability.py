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
