"""Whoever presents a secret learns nothing: not by the answer, nor by how long it takes."""

import secrets
from collections.abc import Sequence

import pytest

from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.leaked_secrets import Finding, Reporter
from chalicelib.credentials.presented_secrets import PresentedSecrets
from chalicelib.errors import ReportUnfinished, Unavailable
from tests.support.clocks import Clock

REPORTER = Reporter(name="Anybody", source_ip="", request_id="")
SECRET = ClientSecret.generate(secrets.token_bytes).reveal()


class Leaked:
    """Takes ``seconds`` for a report, and raises ``error``, where there is one. ``reported``: what it was told of."""

    def __init__(self, clock: Clock, seconds: float, error: Exception | None = None) -> None:
        self._clock, self._seconds, self._error = clock, seconds, error
        self.reported: list[str] = []

    def report(self, findings: Sequence[Finding], _reporter: Reporter) -> frozenset[str]:
        self._clock.advance(self._seconds)
        self.reported += [finding.secret.reveal() for finding in findings]
        if self._error is not None:
            raise self._error
        return frozenset()


@pytest.mark.parametrize(
    ("seconds", "text", "answered_after"),
    [(0.01, SECRET, 0.5), (0.125, SECRET, 0.5), (0.75, SECRET, 1.0), (9, SECRET[:-1], 0.5), (9, "", 0.5)],
    ids=["a secret", "a secret, slower", "a secret, slow", "malformed", "nothing"],
)
def test_each_answer_takes_the_same_time_or_a_multiple(seconds: float, text: str, answered_after: float) -> None:
    clock = Clock(0)
    leaked = Leaked(clock, seconds)
    PresentedSecrets(leaked.report, clock.advance, clock).end(text, REPORTER)
    assert clock() == pytest.approx(answered_after)
    assert leaked.reported == ([SECRET] if text == SECRET else [])


@pytest.mark.parametrize("error", [Unavailable(), ReportUnfinished()])
def test_a_failure_is_the_same_whether_it_was_found_or_not(error: Exception) -> None:
    clock = Clock(0)
    with pytest.raises(ReportUnfinished):
        PresentedSecrets(Leaked(clock, 0.25, error).report, clock.advance, clock).end(SECRET, REPORTER)
    assert clock() == pytest.approx(0.5)
