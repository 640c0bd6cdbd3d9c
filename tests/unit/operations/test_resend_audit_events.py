"""The operator's command, with the deployed function's own code behind the invoke."""

import io
import json
from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError
from msgspec import convert, to_builtins

from chalicelib.credentials.event_resending import ResendCommand
from emulators.dynamodb import client_error
from operations.resend_audit_events import HeldUp, Refused, main, resend
from tests.support.event_lab import EventLab

SPAN = ResendCommand(since=1_800_000_000, until=1_800_000_060)


class Lambda:
    """Answers an invoke as AWS Lambda does, with the use case of the app. moto would need Docker for it."""

    def __init__(self, lab: EventLab, *failures: Any) -> None:
        self.invoked: list[Any] = []
        self._lab = lab
        self._failures = list(failures)

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        self.invoked.append(json.loads(Payload))
        failure = self._failures.pop(0) if self._failures else None
        if isinstance(failure, Exception):
            raise failure
        if failure is not None:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(json.dumps(failure).encode())}
        resent = self._lab.resending.resend(convert(json.loads(Payload), ResendCommand), lambda: False)
        return {"Payload": io.BytesIO(json.dumps(to_builtins(resent)).encode())}


def lab_with(count: int) -> EventLab:
    lab = EventLab()
    for number in range(count):
        lab.write(f"tenant {number % 3}")
    return lab


def run(client: Lambda, command: ResendCommand = SPAN) -> tuple[int, list[str], list[float]]:
    """How many were published, what was told, and the waits."""
    told: list[str] = []
    waits: list[float] = []
    anything: Any = client
    return resend(anything, "resend", command, told.append, waits.append), told, waits


def test_a_span_of_many_invocations_is_sent_to_its_end_and_progress_is_told() -> None:
    lab = lab_with(1_200)
    published, told, waits = run(Lambda(lab))
    assert (published, waits) == (1_200, [])
    assert told == [f"{count} events so far" for count in range(50, 1_200, 50)]
    assert sorted(lab.arrived()) == sorted(row["event_id"]["S"] for row in lab.dynamodb.items("audit_events"))


def test_what_was_sent_before_has_the_same_id_and_content() -> None:
    lab = lab_with(3)
    lab.mapping.hand_out(lab.records())
    run(Lambda(lab))
    assert lab.bus.arrived[:3] == sorted(lab.bus.arrived[3:], key=lambda detail: detail["event_id"])


@pytest.mark.parametrize(
    "failure",
    [
        {"errorType": "Unavailable", "errorMessage": ""},
        {"errorType": "Sandbox.Timedout", "errorMessage": "Task timed out after 60.00 seconds"},
        ReadTimeoutError(endpoint_url="https://lambda.example.com"),
    ],
)
def test_an_attempt_that_fails_is_made_again_from_where_it_began(failure: Any) -> None:
    lab = lab_with(120)
    client = Lambda(lab, None, failure, failure)
    published, _, waits = run(client)
    assert (published, waits) == (120, [1, 2])
    first, *same, last = [invoked["cursor"] for invoked in client.invoked]
    assert first is None
    assert same[0] is not None
    assert same == [same[0]] * 3
    assert last != same[0]


def test_a_throttled_bus_is_waited_for_and_nothing_is_left_out() -> None:
    lab = lab_with(30)
    refusals = iter(range(40))
    lab.bus.refuse = lambda _: "ThrottlingException" if next(refusals, None) is not None else None
    published, told, waits = run(Lambda(lab))
    assert published == 30
    assert waits
    assert "the bus does not take the events" in told[0]
    assert len(set(lab.arrived())) == 30


def test_a_bus_that_stays_throttled_ends_the_command_which_says_where_to_go_on() -> None:
    lab = lab_with(60)
    client = Lambda(lab)
    last = [row["event_id"]["S"] for row in lab.dynamodb.items("audit_events")][-1]
    lab.bus.refuse = lambda entry: "ThrottlingException" if last in entry["Detail"] else None
    with pytest.raises(HeldUp) as held_up:
        run(client)
    assert held_up.value.cursor is not None
    lab.bus.refuse = lambda _: None
    again = ResendCommand(since=SPAN.since, until=SPAN.until, cursor=held_up.value.cursor)
    assert run(Lambda(lab), again)[0] == 1
    assert len(set(lab.arrived())) == 60


@pytest.mark.parametrize(
    "failure",
    [
        {"errorType": "ValueError", "errorMessage": "until must be after since"},
        {"errorType": "SettingsError", "errorMessage": "AUDIT_EVENT_BUS is not set"},
        client_error("AccessDeniedException"),
    ],
)
def test_a_wrong_command_is_refused_at_once(failure: Any) -> None:
    client = Lambda(lab_with(0), failure)
    with pytest.raises(Refused):
        run(client)
    assert len(client.invoked) == 1


ARGUMENTS = ["--function", "resend", "--since", "2027-01-15T08:00:00Z", "--until", "2027-01-15T10:01:00+02:00"]


def test_an_operator_names_the_span_in_any_zone(capsys: pytest.CaptureFixture[str]) -> None:
    client: Any = Lambda(lab_with(2))
    main(ARGUMENTS, client)
    [invoked] = client.invoked
    assert invoked["since"] == datetime(2027, 1, 15, 8, tzinfo=timezone.utc).timestamp()
    assert invoked["until"] - invoked["since"] == 60
    assert capsys.readouterr().out == "2 events: done\n"


@pytest.mark.parametrize("since", ["yesterday", "2027-01-15T08:00:00", "2027-01-15"])
def test_a_time_that_is_none_is_refused(since: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*ARGUMENTS[:3], since, *ARGUMENTS[4:]])
    assert "is no time with a zone" in capsys.readouterr().err


def test_a_refusal_is_told_and_the_command_fails() -> None:
    client: Any = Lambda(lab_with(0), {"errorType": "ValueError", "errorMessage": "until must be after since"})
    with pytest.raises(SystemExit, match="ValueError: until must be after since"):
        main(ARGUMENTS, client)


def test_who_is_held_up_is_told_how_to_go_on() -> None:
    client: Any = Lambda(lab_with(60), None, *[{"errorType": "Unavailable", "errorMessage": ""}] * 9)
    with pytest.raises(SystemExit, match=r"--cursor '\[") as ended:
        main(ARGUMENTS, client, lambda _seconds: None)
    assert str(ended.value).startswith("held up: Unavailable")
