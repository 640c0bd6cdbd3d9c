"""A write of one row outlasts a transaction that holds the row, and tells a failed condition from other failures."""

import pytest
from botocore.exceptions import ClientError

from chalicelib.aws.stores.contention import write_row
from chalicelib.conditional_writes import Superseded
from chalicelib.errors import Unavailable
from emulators.dynamodb import client_error
from tests.support.log_lines import LogLines


class Write:
    """Refuses one call after the other with these codes, and answers those that come after."""

    def __init__(self, *codes: str) -> None:
        self._codes = list(codes)

    def __call__(self) -> dict[str, str]:
        if self._codes:
            raise client_error(self._codes.pop(0))
        return {"written": "yes"}


def test_a_transaction_on_the_row_is_waited_out() -> None:
    waits = list[float]()
    assert write_row(Write(*["TransactionConflictException"] * 9), waits.append) == {"written": "yes"}
    assert len(waits) == 9
    assert max(waits) <= 1


def test_a_transaction_without_end_is_unavailable_and_a_failure_of_the_table(lines: LogLines) -> None:
    with pytest.raises(Unavailable):
        write_row(Write(*["TransactionConflictException"] * 10), lambda _: None)
    assert [(line["aws_service"], line["level"]) for line in lines()] == [("dynamodb", "WARNING")]


def test_a_failed_condition_is_told_from_other_failures() -> None:
    with pytest.raises(Superseded):
        write_row(Write("ConditionalCheckFailedException"))
    with pytest.raises(Unavailable):
        write_row(Write("ThrottlingException"))
    with pytest.raises(ClientError):
        write_row(Write("ValidationException"))
