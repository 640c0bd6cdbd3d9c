"""Every refusal this service gives."""

import pytest

from chalicelib import errors
from chalicelib.errors import (
    Fault,
    InvalidRequest,
    InvalidToken,
    OutcomeUnknown,
    Refusal,
    ReportUnfinished,
    Throttled,
    Unavailable,
)

REFUSALS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)]


@pytest.mark.parametrize("kind", [kind for kind in REFUSALS if kind is not Refusal])
def test_every_refusal_has_a_code_a_title_and_the_status_of_an_error(kind: type[Refusal]) -> None:
    assert kind.code.replace("_", "").islower()
    assert kind.title
    assert 400 <= kind.status < 600


def test_no_two_refusals_share_a_code() -> None:
    codes = [kind.code for kind in REFUSALS if kind is not Refusal]
    assert len(set(codes)) == len(codes)


def test_a_detail_may_be_said_where_it_is_raised_and_else_is_the_class_s_own() -> None:
    assert InvalidToken("expired").detail == str(InvalidToken("expired")) == "expired"
    assert InvalidToken().detail == InvalidToken.detail


def test_a_refusal_without_a_detail_cannot_be_made() -> None:
    with pytest.raises(AttributeError):
        InvalidRequest()


def test_a_refusal_keeps_its_faults() -> None:
    fault = Fault("/name", "is required")
    assert InvalidRequest("The body is not valid.", (fault,)).faults == (fault,)


def test_only_what_passes_is_worth_trying_again() -> None:
    assert [kind for kind in REFUSALS if kind.retry_after is not None] == [
        Unavailable,
        OutcomeUnknown,
        ReportUnfinished,
        Throttled,
    ]
