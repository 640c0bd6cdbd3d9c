"""What AWS says when it is busy or broken, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection

from chalicelib.errors import Unavailable

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


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turns throttling, time-outs, lost connections and failures of AWS into Unavailable; all others rise untouched."""
    try:
        yield
    except ClientError as error:
        code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in _BUSY or status >= 500:
            raise Unavailable from error
        raise
    except (NoConnection, HTTPClientError) as error:
        raise Unavailable from error
