"""What AWS says when it is busy or broken, in our words."""

import logging
from collections.abc import Iterator
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


def is_busy(error: ClientError) -> bool:
    """Whether AWS is busy or broken, so that the same call may succeed later."""
    response = error.response
    return response["Error"]["Code"] in _BUSY or response["ResponseMetadata"]["HTTPStatusCode"] >= 500


@contextmanager
def translated_errors(service: str = "dynamodb") -> Iterator[None]:
    """Turns throttling, time-outs, lost connections and failures of AWS into Unavailable; all others rise untouched.

    ``service`` is for our log: the metrics and alarms go by it.
    """
    try:
        yield
    except ClientError as error:
        if is_busy(error):
            _log.warning("AWS failed", extra={"aws_service": service, "aws_error": error.response["Error"]["Code"]})
            raise Unavailable from error
        raise
    except (NoConnection, HTTPClientError) as error:
        _log.warning("AWS was not reached", extra={"aws_service": service, "aws_error": type(error).__name__})
        raise Unavailable from error
