"""Writes that meet a transaction on their rows: DynamoDB refuses one of the two, and the other is over in moments."""

import time
from collections.abc import Callable
from itertools import islice
from typing import TypeVar

from botocore.exceptions import ClientError

from chalicelib.aws.backoff import jittered_waits
from chalicelib.aws.errors import log_failure, translated_errors
from chalicelib.aws.transport.protocols import Answer
from chalicelib.clock import Sleep
from chalicelib.conditional_writes import Superseded
from chalicelib.deadline import current
from chalicelib.errors import Unavailable

_ATTEMPTS = 10
_FIRST_WAIT = 0.02
_LONGEST_WAIT = 1.0
"""Seconds."""
Result = TypeVar("Result")


class Contended(Unavailable):
    """Others held the rows. Nothing was written; the same write may succeed in a moment."""

    detail = "Others are changing the same, and nothing was written. Try again in a moment."


class ShortOfCapacity(Contended):
    """DynamoDB throttled the write. Every further attempt adds to the load, so a request makes few."""

    detail = Unavailable.detail


def outlasting_contention(attempt: Callable[[], Result], sleep: Sleep) -> Result:
    """Returns what ``attempt`` does; calls it again, with jitter, when it raises Contended, which it may do at last."""
    waits = islice(jittered_waits(_FIRST_WAIT, _LONGEST_WAIT), _ATTEMPTS - 1)
    retry = 0
    while True:
        try:
            return attempt()
        except Contended as error:
            retry += 1
            wait = next(waits, None)
            if wait is None or not _may_try_again(error, retry, wait):
                cause = error.__cause__
                operation = cause.operation_name if isinstance(cause, ClientError) else None
                log_failure("contention outlasted the attempts", "dynamodb", operation, type(error).__name__)
                raise
        sleep(wait)


def _may_try_again(error: Contended, retry: int, wait: float) -> bool:
    request = current()
    return request is None or not isinstance(error, ShortOfCapacity) or request.take_retry(retry, wait)


def write_row(write: Callable[[], Answer], sleep: Sleep = time.sleep) -> Answer:
    """Sends a PutItem, UpdateItem or DeleteItem, and again while a transaction holds the row; returns the answer.

    Raises Superseded where its condition failed, Contended where transactions outlasted it, Unavailable.
    """
    return outlasting_contention(lambda: write_free_row(write), sleep)


def write_free_row(write: Callable[[], Answer]) -> Answer:
    """The same in one attempt. Raises Contended while a transaction holds the row, Superseded, Unavailable."""
    try:
        with translated_errors():
            return write()
    except ClientError as error:
        match error.response["Error"]["Code"]:
            case "ConditionalCheckFailedException":
                raise Superseded from error
            case "TransactionConflictException":
                raise Contended from error
        raise
