"""Shows and changes the signing keys: invokes the deployed function ``signing_keys``, which alone may write them.

Needs ``lambda:InvokeFunction`` on that one function, and no right on KMS or the tables.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class CommandFailed(Exception):
    """The function refused or failed; the text is its own."""


def run(client: "LambdaClient", function: str, command: dict[str, str]) -> list[dict[str, Any]]:
    """The keys after the command, oldest to newest. Raises CommandFailed."""
    answer = client.invoke(FunctionName=function, Payload=json.dumps(command).encode())
    content = json.load(answer["Payload"])
    if "FunctionError" in answer:
        raise CommandFailed(f"{content.get('errorType', 'Error')}: {content.get('errorMessage', '')}")
    keys: list[dict[str, Any]] = content
    return keys


def main(arguments: Sequence[str] | None = None, client: "LambdaClient | None" = None) -> None:
    parser = argparse.ArgumentParser(prog="make signing-keys", description=__doc__)
    parser.add_argument("--function", required=True, help="name or ARN of the deployed function signing_keys")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("show", help="which keys there are, and what each does")
    commands.add_parser("advance", help="do now what the schedule does every 15 minutes")
    # One key in 64 has a kid that begins with a hyphen: no option may be seen in it.
    drop = commands.add_parser(
        "drop", help="an emergency: take a key out at once; its tokens are refused", prefix_chars="\0", add_help=False
    )
    drop.add_argument("kid")
    asked = vars(parser.parse_args(arguments))
    function = asked.pop("function")
    try:
        keys = run(client or boto3.client("lambda"), function, asked)
    except CommandFailed as failure:
        sys.exit(str(failure))
    for key in keys:
        until = f" until {_time(key['signs_until'])}" if key.get("signs_until") is not None else ""
        print(f"{key['stage']:<9} {key['kid']}  {key['algorithm']}  signs from {_time(key['signs_from'])}{until}")
        print(f"          {key['key_id']}")


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    main()
