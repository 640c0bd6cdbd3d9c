"""Faults at AWS's edge: what a call meets instead of its answer, or after it was carried out.

``FaultyConnections`` stands where the sockets are, so that everything above it, retries and time-outs included, is the
service's own. No time passes but the one that ``wait`` is told of.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from chalicelib.tables import CREDENTIALS
from emulators.aws_services import AwsServices

IDENTITY_PROVIDER = "identity provider"
"""A service that is not AWS's: the vendor's, which console users sign in at."""
GITHUB = "GitHub"
"""Another: it publishes the keys by which it signs its reports of leaked secrets."""
Answer = tuple[int, bytes]
"""A status and a body."""


class Call(NamedTuple):
    """A call as it goes over the wire. ``carry_out`` has its effect; ``time_out`` waits as long as the client does."""

    service: str
    operation: str
    arguments: dict[str, Any]
    carry_out: Callable[[], Answer]
    time_out: Callable[[], None]


class Fault(NamedTuple):
    """``strikes`` says whether a call can meet it at all. ``answer`` gives what the client gets, or raises OSError."""

    name: str
    strikes: Callable[[Call], bool]
    answer: Callable[[Call], Answer]


Choose = Callable[[Call], Fault | None]
"""Asked for each attempt of each call: which fault it meets, if any."""


class FaultyConnections:
    """Implements ``aws.transport.json_client.Connections``: leads to the emulators of this process."""

    def __init__(self, service: str, services: AwsServices, choose: Choose, wait: Callable[[float], None]) -> None:
        self._service = service
        self._services = services
        self._choose = choose
        self._wait = wait

    def send(self, request: bytes, timeout: float) -> tuple[int, bytearray]:
        head, _, body = request.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        target = headers["x-amz-target"]
        call = Call(
            self._service,
            target.partition(".")[2],
            json.loads(body),
            lambda: self._services.answer(target, body),
            lambda: self._wait(timeout),
        )
        fault = self._choose(call)
        status, answer = call.carry_out() if fault is None else fault.answer(call)
        return status, bytearray(answer)

    def close(self) -> None:
        """Nothing is open."""


def error(code: str, status: int = 400, **members: Any) -> Answer:
    """AWS's error in its JSON protocols."""
    return status, json.dumps({"__type": f"com.amazonaws#{code}", "message": "injected", **members}).encode()


def cancelled(reason: str) -> Fault:
    """The whole transaction is refused for one of its actions; nothing of it is done."""

    def answer(call: Call) -> Answer:
        if reason == "ConditionalCheckFailed" and _only_stamps(call):
            call.carry_out()  # Another sweep did: nothing else makes these conditions fail.
        reasons = [{"Code": "None"} for _ in call.arguments["TransactItems"][1:]]
        return error("TransactionCanceledException", CancellationReasons=[{"Code": reason}, *reasons])

    return Fault(f"cancelled: {reason}", lambda call: call.operation == "TransactWriteItems", answer)


def _only_stamps(call: Call) -> bool:
    return {body["TableName"] for action in call.arguments["TransactItems"] for body in action.values()} == {
        CREDENTIALS.name
    }


def key_state(code: str) -> Fault:
    """KMS has the key, or had it, and does not let it be used."""
    return Fault(code.removesuffix("Exception"), lambda call: call.service == "kms", lambda _: error(code))


def _always(_call: Call) -> bool:
    return True


def _has_an_effect(call: Call) -> bool:
    """The others are over at once for who sees both: a document that somebody publishes."""
    return call.service not in (IDENTITY_PROVIDER, GITHUB)


def _throttled(call: Call) -> Answer:
    code = {"dynamodb": "ProvisionedThroughputExceededException", "lambda": "TooManyRequestsException"}
    return error(code.get(call.service, "ThrottlingException"), 429 if call.service == "lambda" else 400)


def _timed_out(call: Call) -> Answer:
    call.time_out()
    raise TimeoutError("injected")


def _timed_out_done(call: Call) -> Answer:
    call.carry_out()
    return _timed_out(call)


def _reset(_call: Call) -> Answer:
    raise ConnectionResetError("injected")


def _reset_done(call: Call) -> Answer:
    call.carry_out()
    return _reset(call)


def _garbage(call: Call) -> Answer:
    call.carry_out()
    return 200, b"<html>It works!</html>"


def _truncated(call: Call) -> Answer:
    _, body = call.carry_out()
    return 200, body[: max(1, len(body) // 2)]


def _empty(call: Call) -> Answer:
    call.carry_out()
    return 200, b"{}"


def _partial(call: Call) -> Answer:
    if call.operation == "PutEvents":
        refused = [{"ErrorCode": "ThrottlingException", "ErrorMessage": "injected"} for _ in call.arguments["Entries"]]
        return 200, json.dumps({"FailedEntryCount": len(refused), "Entries": refused}).encode()
    return 200, json.dumps({"Responses": {}, "UnprocessedKeys": call.arguments["RequestItems"]}).encode()


THROTTLED = Fault("throttled", _always, _throttled)
INTERNAL_ERROR = Fault("500", _always, lambda _: error("InternalServerError", 500))
TIME_OUT_BEFORE = Fault("time-out before the effect", _always, _timed_out)
TIME_OUT_AFTER = Fault("time-out after the effect", _has_an_effect, _timed_out_done)
RESET_BEFORE = Fault("reset before the effect", _always, _reset)
RESET_AFTER = Fault("reset after the effect", _has_an_effect, _reset_done)
GARBAGE = Fault("garbage", _always, _garbage)
TRUNCATED = Fault("truncated", lambda call: call.service != "lambda", _truncated)
EMPTY = Fault("empty", _always, _empty)
ACCESS_DENIED = Fault("access denied", _always, lambda _: error("AccessDeniedException"))
PARTIAL_BATCH = Fault("partial batch", lambda call: call.operation in ("BatchGetItem", "PutEvents"), _partial)
CONFLICT = Fault(
    "conflict",
    lambda call: call.operation in ("PutItem", "UpdateItem"),
    lambda _: error("TransactionConflictException"),
)
CANCELLED = tuple(
    map(
        cancelled,
        (
            "ConditionalCheckFailed",
            "TransactionConflict",
            "ThrottlingError",
            "ProvisionedThroughputExceeded",
            "ItemCollectionSizeLimitExceeded",
            "ValidationError",
        ),
    )
)
KEY_STATES = tuple(
    map(key_state, ("DisabledException", "KMSInvalidStateException", "NotFoundException", "KeyUnavailableException"))
)
FAULTS = (
    THROTTLED,
    INTERNAL_ERROR,
    TIME_OUT_BEFORE,
    TIME_OUT_AFTER,
    RESET_BEFORE,
    RESET_AFTER,
    GARBAGE,
    TRUNCATED,
    EMPTY,
    ACCESS_DENIED,
    PARTIAL_BATCH,
    CONFLICT,
    *CANCELLED,
    *KEY_STATES,
)
"""Every fault, in the order of the pages that tell of them."""
