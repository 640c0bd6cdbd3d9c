"""What AWS says when it is busy, broken or does not serve us, in our words."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from chalicelib.errors import Unavailable

_log = logging.getLogger(__name__)
_BUSY = frozenset(
    {
        "DependencyTimeoutException",
        "KMSInternalException",
        "KeyUnavailableException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
_OUTCOMES = frozenset(
    {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionConflictException"}
)
"""What the stores decide by."""
_OUR_MISTAKES = frozenset({"IdempotentParameterMismatchException", "SerializationException", "ValidationException"})
"""Requests that are wrong, whoever asks and whenever."""


def is_busy(error: ClientError) -> bool:
    """Whether AWS is busy or broken, so that the same call may succeed later."""
    response = error.response
    return response["Error"]["Code"] in _BUSY or response["ResponseMetadata"]["HTTPStatusCode"] >= 500


@contextmanager
def translated_errors(
    service: str = "dynamodb", operation: str | None = None, expected: Collection[str] = ()
) -> Iterator[None]:
    """Turns every failure of AWS into Unavailable, and logs it with its service and operation.

    A throttled call, a time-out, a lost connection, a right that is missing, a key that is disabled, a table that is
    gone: AWS does not serve us, and the caller is not to blame. ClientError rises untouched for the outcomes that the
    stores decide by, for the codes that are ``expected``, and for mistakes of ours. ``operation`` is for clients whose
    errors do not name it. The metrics and alarms go by ``service``.
    """
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in _OUTCOMES or code in _OUR_MISTAKES or code in expected:
            raise
        log_failure("AWS failed", service, error.operation_name, code)
        raise Unavailable from error
    except (NoConnection, HTTPClientError) as error:
        log_failure("AWS was not reached", service, operation or error.kwargs.get("operation"), type(error).__name__)
        raise Unavailable from error


def log_failure(message: str, service: str, operation: object, error: str) -> None:
    """A line that the metric of the service's failures counts."""
    _log.warning(message, extra={"aws_service": service, "aws_operation": operation, "aws_error": error})
