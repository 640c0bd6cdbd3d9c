"""Invokes the sweep function, which continues a sweep."""

import logging
from typing import TYPE_CHECKING

import msgspec

from chalicelib.aws.errors import translated_errors
from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_ACCEPTED = 202
"""What an asynchronous invoke is answered; any other 2xx comes from somebody else than Lambda."""
_log = logging.getLogger(__name__)


class LambdaSweepStarter:
    """Implements ``credentials.ports.SweepStarter`` by an asynchronous invoke.

    Lambda keeps the event and tries it twice more; a queue of our own would be polled, and paid for, all the time.
    """

    def __init__(self, client: "LambdaClient", function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def start(self, tenant_id: str) -> None:
        payload = msgspec.json.encode({"tenant_id": tenant_id})
        with translated_errors("lambda"):
            answer = self._client.invoke(FunctionName=self._function_name, InvocationType="Event", Payload=payload)
        if answer["StatusCode"] != _ACCEPTED:
            _log.warning("Lambda did not take the event", extra={"aws_service": "lambda"})
            raise Unavailable
