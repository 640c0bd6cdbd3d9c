"""The operator's command, with the deployed function's own code behind the invoke."""

import io
import json
from typing import Any

import pytest
from chalice.test import Client

import app
from chalicelib.signing_keys.key_schedule import RotationRefused
from operations.signing_keys import main
from tests.support.api_client import Api
from tests.support.key_schedules import name_a_new_key


class Lambda:
    """Answers an invoke as AWS Lambda does, with the function of the app. moto would need Docker for it."""

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        with Client(app.app) as client:
            try:
                content = client.lambda_.invoke(FunctionName, json.loads(Payload)).payload
            except RotationRefused as refusal:
                error = {"errorType": "RotationRefused", "errorMessage": str(refusal)}
                return {"FunctionError": "Unhandled", "Payload": io.BytesIO(json.dumps(error).encode())}
        return {"Payload": io.BytesIO(json.dumps(content).encode())}


class Recorder:
    """Keeps what it is invoked with, and answers with no keys."""

    def __init__(self) -> None:
        self.invoked: list[tuple[str, Any]] = []

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803
        self.invoked.append((FunctionName, json.loads(Payload)))
        return {"Payload": io.BytesIO(b"[]")}


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    client: Any = Lambda()
    main(["--function", "signing_keys", *arguments], client)
    return capsys.readouterr().out


def test_an_operator_takes_a_rotation_on_and_sees_the_times(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(capsys, "show") == ""
    assert command(capsys, "advance").startswith("current ")
    name_a_new_key()
    lines = command(capsys, "advance").splitlines()
    assert [line.split()[0] for line in lines[::2]] == ["current", "next"]
    assert " until 20" in lines[0]
    assert command(capsys, "show").splitlines() == lines


def test_an_operator_drops_a_key(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    leaked = command(capsys, "advance").split()[1]
    name_a_new_key()
    assert leaked not in command(capsys, "drop", leaked)


def test_a_refusal_is_told_and_the_command_fails(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    kid = command(capsys, "advance").split()[1]
    with pytest.raises(SystemExit, match="RotationRefused: there is no other key"):
        command(capsys, "drop", kid)


@pytest.mark.parametrize("kid", ["-kZ3", "--kZ3", "-h", "-hZ3", "--function=other", "-5"])
def test_a_kid_that_looks_like_an_option_is_a_kid(kid: str) -> None:
    client: Any = Recorder()
    main(["--function", "signing_keys", "drop", kid], client)
    assert client.invoked == [("signing_keys", {"command": "drop", "kid": kid})]
