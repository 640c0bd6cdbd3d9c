"""Calls go over connections that stay open, and are patient with a busy or broken AWS."""

import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.aws.transport.clients import DYNAMODB
from chalicelib.aws.transport.connections import CONNECT_TIMEOUT, ConnectionPool
from chalicelib.aws.transport.json_client import JsonClient
from chalicelib.aws.transport.signature_v4 import Signer
from chalicelib.deadline import Deadline, within
from chalicelib.errors import Unavailable
from tests.support.log_lines import LogLines
from tests.unit.aws.transport.conftest import Script, ScriptedService, answering, sending

OK = answering(200, {"ok": 1})
THROTTLED = answering(400, {"__type": "com.amazon.coral.availability#ThrottlingException", "message": "slow down"})
BROKEN = answering(500, {"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"})
DENIED = answering(400, {"__type": "com.amazon.coral.service#AccessDeniedException", "Message": "no"})
HANGING_UP = sending()
TALKING_NONSENSE = sending(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html", close=False)
NO_OBJECT = sending(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", close=False)
EMPTY = sending(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", close=False)
TRUNCATED = sending(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}")
AMBIGUOUS = sending(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}")
TRANSIENT = {
    "throttled": THROTTLED,
    "broken": BROKEN,
    "hanging up": HANGING_UP,
    "talking nonsense": TALKING_NONSENSE,
    "no object": NO_OBJECT,
    "empty": EMPTY,
    "truncated": TRUNCATED,
    "ambiguous": AMBIGUOUS,
}
each_transient_failure = pytest.mark.parametrize("failure", TRANSIENT.values(), ids=TRANSIENT.keys())


class Called:
    """A service by a script, and a client of it whose time passes only while it waits."""

    def __init__(self, service: ScriptedService) -> None:
        self.service = service
        self.waits: list[float] = []
        credentials = AwsCredentials("AKIDEXAMPLE", "secret", None)
        self.client = JsonClient(
            DYNAMODB,
            service.url,
            Signer("dynamodb", "eu-central-1", lambda: credentials),
            ConnectionPool(service.url, ssl.create_default_context),
            clock=lambda: sum(self.waits),
            sleep=self.waits.append,
        )

    @property
    def requests(self) -> int:
        return len(self.service.bodies)

    def call(self) -> dict[str, Any]:
        return self.client.call("GetItem")

    def call_within(self, deadline: Deadline) -> dict[str, Any]:
        """The call, made while a request with this deadline is answered."""
        with within(deadline):
            return self.call()


@pytest.fixture
def aws_with(scripted_service: Callable[..., ScriptedService]) -> Iterator[Callable[..., Called]]:
    made: list[Called] = []

    def make(*scripts: Script) -> Called:
        made.append(Called(scripted_service(*scripts)))
        return made[-1]

    yield make
    for aws in made:
        aws.client.close()


def test_one_connection_serves_call_after_call(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(OK)
    assert [aws.call() for _ in range(5)] == [{"ok": 1}] * 5
    assert aws.service.connections == 1


def test_a_connection_that_ends_with_its_answer_is_not_used_again(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(answering(200, {}, close=True))
    assert [aws.call() for _ in range(3)] == [{}] * 3
    assert (aws.service.connections, aws.waits) == (3, [])


@each_transient_failure
def test_what_may_pass_is_attempted_again_after_a_random_wait(aws_with: Callable[..., Called], failure: Script) -> None:
    aws = aws_with(failure, failure, OK)
    assert aws.call() == {"ok": 1}
    assert aws.requests == 3
    assert 0 <= aws.waits[0] <= 0.05
    assert 0 <= aws.waits[1] <= 0.1


@each_transient_failure
def test_what_does_not_pass_in_time_is_unavailable(aws_with: Callable[..., Called], failure: Script) -> None:
    aws = aws_with(failure)
    with pytest.raises(Unavailable), translated_errors():
        aws.call()
    assert aws.requests > 3
    assert sum(aws.waits) <= 6


@pytest.mark.parametrize("missing", [{}, {"ok": 1}], ids=["nothing", "something else"])
def test_an_answer_without_what_it_must_have_is_none(aws_with: Callable[..., Called], missing: dict[str, Any]) -> None:
    aws = aws_with(answering(200, missing), answering(200, {"ok": 1, "Item": {}}))
    assert aws.client.call("GetItem", ("Item", "ok")) == {"ok": 1, "Item": {}}
    assert aws.requests == 2


@each_transient_failure
def test_a_request_attempts_a_call_three_times_and_then_tells_its_caller(
    aws_with: Callable[..., Called], failure: Script
) -> None:
    aws = aws_with(failure)
    with pytest.raises(EndpointConnectionError if failure not in (THROTTLED, BROKEN) else ClientError):
        aws.call_within(Deadline(60))
    assert aws.requests == 3
    assert sum(aws.waits) <= 0.15


def test_the_calls_of_a_request_share_its_retries(aws_with: Callable[..., Called]) -> None:
    aws, deadline = aws_with(THROTTLED), Deadline(60)
    for _ in range(4):
        with pytest.raises(ClientError):
            aws.call_within(deadline)
    assert aws.requests == 3 + 3 + 1 + 1


def test_a_request_that_has_no_time_left_sends_nothing_more(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(OK)
    with pytest.raises(Unavailable), translated_errors():
        aws.call_within(Deadline(0))
    assert aws.requests == 0


def test_a_retry_that_would_begin_after_the_deadline_is_not_waited_for(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(THROTTLED)
    with pytest.raises(ClientError):
        aws.call_within(Deadline(CONNECT_TIMEOUT))
    assert (aws.requests, aws.waits) == (1, [])


def test_what_will_not_pass_is_attempted_once(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(DENIED)
    with pytest.raises(Unavailable), translated_errors():
        aws.call()
    assert aws.requests == 1


@pytest.mark.parametrize("failure", [THROTTLED, DENIED, HANGING_UP, NO_OBJECT])
def test_a_failure_is_logged_with_its_operation(
    aws_with: Callable[..., Called], lines: LogLines, failure: Script
) -> None:
    with pytest.raises(Unavailable), translated_errors():
        aws_with(failure).call()
    assert [(line["aws_service"], line["aws_operation"]) for line in lines()] == [("dynamodb", "GetItem")]


def test_an_error_has_its_other_members_where_boto3_has_them(aws_with: Callable[..., Called]) -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "no", "Item": {"n": {"N": "1"}}}]
    cancelled = {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", "Message": "cancelled"}
    aws = aws_with(answering(400, cancelled | {"CancellationReasons": reasons}))
    with pytest.raises(ClientError) as refused:
        aws.call()
    response: Any = refused.value.response
    assert response["Error"] == {"Code": "TransactionCanceledException", "Message": "cancelled"}
    assert response["CancellationReasons"] == reasons
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_nobody_at_the_address_is_unavailable(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(OK)
    aws.service.server.server_close()
    with pytest.raises(EndpointConnectionError):
        aws.call()


def test_threads_share_a_client(aws_with: Callable[..., Called]) -> None:
    aws = aws_with(OK)
    answers: list[dict[str, Any]] = []

    def calls() -> None:
        answers.extend(aws.call() for _ in range(20))

    threads = [threading.Thread(target=calls) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"ok": 1}] * 160
    assert aws.service.connections <= 8
