"""Puts the audit events of a span of time on the bus again: invokes the deployed function ``resend_audit_events``.

The events have the ids that they had the first time. Needs ``lambda:InvokeFunction`` on that one function.
"""

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from msgspec.structs import replace

from chalicelib.credentials.event_resending import ResendCommand, Resent

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_READ_TIMEOUT = 90
"""Seconds; the function takes up to a minute."""
_WAITS = (1, 2, 5, 10, 30, 60)
"""Seconds before another attempt, where one got nowhere: the bus may be throttled."""
_WRONG_COMMANDS = frozenset({"ValueError", "ValidationError", "SettingsError"})


class Refused(Exception):
    """The command is wrong, or may not be given; the text is the function's, or AWS's."""


class HeldUp(Exception):
    """The last of the attempts got nowhere, too. ``cursor``: where to go on; None: at the beginning."""

    def __init__(self, reason: str, cursor: str | None) -> None:
        super().__init__(reason)
        self.cursor = cursor


def run(client: "LambdaClient", function: str, command: ResendCommand) -> Resent | str:
    """How far one invocation got, or why it failed. Raises Refused."""
    try:
        answer = client.invoke(FunctionName=function, Payload=msgspec.json.encode(command))
    except ClientError as error:
        raise Refused(str(error)) from error
    except BotoCoreError as error:
        return str(error)
    content = answer["Payload"].read()
    if "FunctionError" not in answer:
        return msgspec.json.decode(content, type=Resent)
    failure: dict[str, Any] = msgspec.json.decode(content)
    text = f"{failure.get('errorType', 'Error')}: {failure.get('errorMessage', '')}"
    if failure.get("errorType") in _WRONG_COMMANDS:
        raise Refused(text)
    return text


def resend(
    client: "LambdaClient",
    function: str,
    command: ResendCommand,
    tell: Callable[[str], None],
    sleep: Callable[[float], None],
) -> int:
    """Invokes the function until all is published; returns how many events were. Raises Refused, HeldUp."""
    published, waits = 0, iter(_WAITS)
    while True:
        got = run(client, function, command)
        if isinstance(got, Resent):
            published += got.published
            if got.done:
                return published
            if got.cursor != command.cursor:
                tell(f"{published} events so far")
                command, waits = replace(command, cursor=got.cursor), iter(_WAITS)
                continue
        reason = got if isinstance(got, str) else "the bus does not take the events"
        wait = next(waits, None)
        if wait is None:
            raise HeldUp(reason, command.cursor)
        tell(f"{published} events so far; {reason}; again in {wait} s")
        sleep(wait)


def main(
    arguments: Sequence[str] | None = None,
    client: "LambdaClient | None" = None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    parser = argparse.ArgumentParser(prog="make resend-audit-events", description=__doc__)
    parser.add_argument("--function", required=True, help="name or ARN of the deployed function resend_audit_events")
    parser.add_argument("--since", required=True, type=_epoch_seconds, help="RFC 3339: 2026-11-25T08:00:00Z")
    parser.add_argument("--until", required=True, type=_epoch_seconds, help="the first moment that is left out")
    parser.add_argument("--tenant", help="a tenant's key; without it, the events of all tenants")
    parser.add_argument("--cursor", help="where an earlier run was held up, in its own words")
    asked = parser.parse_args(arguments)
    command = ResendCommand(since=asked.since, until=asked.until, tenant_id=asked.tenant, cursor=asked.cursor)
    lambda_ = client or boto3.client(
        "lambda", config=Config(read_timeout=_READ_TIMEOUT, retries={"mode": "standard", "total_max_attempts": 3})
    )
    try:
        published = resend(lambda_, asked.function, command, lambda line: print(line, flush=True), sleep)
    except Refused as refusal:
        sys.exit(str(refusal))
    except HeldUp as held_up:
        go_on = "" if held_up.cursor is None else f" --cursor {shlex.quote(held_up.cursor)}"
        sys.exit(f"held up: {held_up}\nThe same command{go_on} goes on.")
    print(f"{published} events: done")


def _epoch_seconds(text: str) -> int:
    """Raises ArgumentTypeError."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if moment.tzinfo is not None:
            return int(moment.timestamp())
    raise argparse.ArgumentTypeError(f"{text!r} is no time with a zone, such as 2026-11-25T08:00:00Z")


if __name__ == "__main__":
    main()
