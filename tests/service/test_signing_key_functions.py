"""The functions that change the signing keys, called as Lambda calls them."""

from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from chalice.test import Client
from msgspec import ValidationError

import app
from chalicelib.signing_keys.key_schedule import RotationRefused
from tests.support.api_client import Api
from tests.support.key_schedules import name_a_new_key


@pytest.fixture
def functions(api: Api) -> Iterator[Client]:
    with Client(app.app) as client:
        yield client


def run(functions: Client, **command: Any) -> dict[str, str]:
    answer = functions.lambda_.invoke("signing_keys", command)
    return {status["kid"]: status["stage"] for status in answer.payload}


def test_the_schedule_begins_a_rotation_and_the_operator_sees_it(functions: Client) -> None:
    event = functions.events.generate_cw_event("aws.events", "Scheduled Event", {}, [])
    functions.lambda_.invoke("rotate_signing_keys", event)
    assert list(run(functions, command="show").values()) == ["current"]
    name_a_new_key()
    functions.lambda_.invoke("rotate_signing_keys", event)
    assert list(run(functions, command="show").values()) == ["current", "next"]


def test_an_operator_drops_a_leaked_key_and_its_tokens_are_worth_nothing(functions: Client, api: Api) -> None:
    (leaked,) = run(functions, command="advance")
    credential = api.create()
    token = api.access_token(credential)
    assert api.whoami(token).status == 200
    name_a_new_key()
    stages = run(functions, command="drop", kid=leaked)
    assert list(stages.values()) == ["current"]
    assert leaked not in stages
    api.restart()
    assert api.whoami(token).status == 403
    assert jwt.get_unverified_header(api.access_token(credential))["kid"] in stages


@pytest.mark.parametrize(
    "command",
    [{}, {"command": "erase"}, {"command": "drop"}, {"command": "show", "kid": "x"}, {"command": "drop", "kid": 1}],
)
def test_what_is_no_command_is_refused(functions: Client, command: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        run(functions, **command)


def test_the_last_key_cannot_be_dropped(functions: Client) -> None:
    (only,) = run(functions, command="advance")
    with pytest.raises(RotationRefused, match="no other key"):
        run(functions, command="drop", kid=only)
