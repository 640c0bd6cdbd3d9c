"""Invokes the sweep function, which continues a sweep."""

from typing import TYPE_CHECKING

import msgspec

from chalicelib.aws.errors import log_failure, translated_errors
from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_ACCEPTED = 202
"""What an asynchronous invoke is answered; any other 2xx comes from somebody else than Lambda."""


class LambdaSweepStarter:
    """Implements ``credentials.ports.SweepStarter`` by an asynchronous invoke.

    Lambda keeps the event and tries it twice more; a queue of our own would be polled, and paid for, all the time.
    """

    def __init__(self, client: "LambdaClient", function_name: str) -> None:
        self._client = client
        self._function_name = function_name

    def start(self, tenant_id: str) -> None:
        payload = msgspec.json.encode({"tenant_id": tenant_id})
        with translated_errors("lambda", "Invoke"):
            answer = self._client.invoke(FunctionName=self._function_name, InvocationType="Event", Payload=payload)
        if answer["StatusCode"] != _ACCEPTED:
            log_failure("Lambda did not take the event", "lambda", "Invoke", str(answer["StatusCode"]))
            raise Unavailable
