"""How much time a Lambda function has left."""

import pytest

from chalicelib.web.lambda_context import time_remaining


class Context:
    def __init__(self, milliseconds: int) -> None:
        self.milliseconds = milliseconds

    def get_remaining_time_in_millis(self) -> int:
        return self.milliseconds


@pytest.mark.parametrize(("milliseconds", "may_begin"), [(60_000, True), (15_001, True), (15_000, False), (0, False)])
def test_a_function_begins_nothing_in_its_last_fifteen_seconds(milliseconds: int, may_begin: bool) -> None:
    assert time_remaining(Context(milliseconds))() is may_begin


def test_the_time_is_asked_for_anew_each_time() -> None:
    context = Context(60_000)
    has_time = time_remaining(context)
    assert has_time()
    context.milliseconds = 1
    assert not has_time()
