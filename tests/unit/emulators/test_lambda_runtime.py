"""A function runs as in AWS: what is not packaged is not there, and what goes wrong is told with what it said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulators.lambda_runtime import FunctionFailed, LambdaFunction

HANDLER = """
import importlib.util, os

def handle(event, context):
    print("asked for", event)
    if event == "fail":
        raise ValueError("no such thing")
    if event == "exit":
        os._exit(3)
    return {
        "variable": os.environ["SETTING"],
        "has_time": context.get_remaining_time_in_millis() > 1_000,
        "moto": importlib.util.find_spec("moto") is not None,
    }
"""


@pytest.fixture
def function(tmp_path: Path) -> Iterator[LambdaFunction]:
    (tmp_path / "app.py").write_text(HANDLER)
    made = LambdaFunction("small", "app.handle", tmp_path, {"SETTING": "set"}, seconds=2, log_file=tmp_path / "log")
    yield made
    made.stop()


def test_it_sees_its_variables_its_time_and_nothing_that_is_not_packaged(function: LambdaFunction) -> None:
    assert function.invoke({}) == {"variable": "set", "has_time": True, "moto": False}
    function.runtime_api.seconds = 0.5
    assert function.invoke({})["has_time"] is False
    assert function.answered == 2


def test_what_it_raises_comes_with_its_log_and_the_next_event_is_answered(function: LambdaFunction) -> None:
    with pytest.raises(FunctionFailed, match=r"(?s)small: .*no such thing.*asked for fail"):
        function.invoke("fail")
    assert function.invoke({})["variable"] == "set"


def test_an_environment_that_ends_is_noticed(function: LambdaFunction) -> None:
    with pytest.raises(FunctionFailed, match=r"(?s)small did not answer \[3\].*asked for exit"):
        function.invoke("exit")


def test_a_function_that_does_not_come_up_says_why(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import not_packaged\n")
    function = LambdaFunction("small", "app.handle", tmp_path, {}, log_file=tmp_path / "log")
    with pytest.raises(FunctionFailed, match=r"(?s)small did not answer.*not_packaged"):
        function.start()
    function.stop()


def test_environments_share_the_events(function: LambdaFunction) -> None:
    function.start(environments=2)
    answers = [function.submit(b"{}").result(20) for _ in range(10)]
    assert all(answer.content["variable"] == "set" and answer.seconds > 0 for answer in answers)
    assert function.cpu() > 0
    assert function.peak_memory() > 1_000_000
