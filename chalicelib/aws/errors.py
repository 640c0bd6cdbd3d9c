"""What AWS says when it is busy or broken, in our words."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from chalicelib.errors import Unavailable

_log = logging.getLogger(__name__)
BUSY = frozenset(
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


@contextmanager
def translated_errors(service: str = "dynamodb") -> Iterator[None]:
    """Turns throttling, time-outs, lost connections and failures of AWS into Unavailable; all others rise untouched.

    ``service`` is for our log: the metrics and alarms go by it.
    """
    try:
        yield
    except ClientError as error:
        code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in BUSY or status >= 500:
            _log.warning("AWS failed", extra={"aws_service": service, "aws_error": code})
            raise Unavailable from error
        raise
    except (NoConnection, HTTPClientError) as error:
        _log.warning("AWS was not reached", extra={"aws_service": service, "aws_error": type(error).__name__})
        raise Unavailable from error
