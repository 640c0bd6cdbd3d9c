"""Has the sweep function go on with a sweep."""

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from chalicelib.aws.sweep_starter import LambdaSweepStarter
from chalicelib.errors import Unavailable


class Lambda:
    def __init__(self, error: Exception | None = None, status: int = 202) -> None:
        self.invoked: list[dict[str, Any]] = []
        self._error = error
        self._status = status

    def invoke(self, **call: Any) -> dict[str, Any]:
        if self._error is not None:
            raise self._error
        self.invoked.append(call)
        return {"StatusCode": self._status}


def starter(client: Any) -> LambdaSweepStarter:
    return LambdaSweepStarter(client, "the-sweep")


def test_the_function_is_invoked_for_the_tenant_and_not_waited_for() -> None:
    client = Lambda()
    starter(client).start("t")
    [call] = client.invoked
    assert (call["FunctionName"], call["InvocationType"]) == ("the-sweep", "Event")
    assert json.loads(call["Payload"]) == {"tenant_id": "t"}


def test_a_lambda_that_is_not_reached_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        starter(Lambda(EndpointConnectionError(endpoint_url="https://lambda.example.com"))).start("t")


def test_an_answer_that_does_not_take_the_event_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        starter(Lambda(status=200)).start("t")
