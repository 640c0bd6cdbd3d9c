"""Ends a secret that somebody presents, and tells them nothing: not by the answer, nor by how long it takes."""

import time

from chalicelib.clock import Clock, Sleep
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.leaked_secrets import Finding, Reporter, ReportOfLeaks
from chalicelib.errors import ReportUnfinished, Unavailable

_STEP = 0.5
"""Seconds: each answer takes this long, or where AWS was slow a multiple of it. To end a secret takes a tenth of it."""


class PresentedSecrets:
    """``report`` is that of LeakedSecrets; ``sleep`` takes seconds, ``elapsed`` is a clock that never goes back."""

    def __init__(self, report: ReportOfLeaks, sleep: Sleep = time.sleep, elapsed: Clock = time.monotonic) -> None:
        self._report = report
        self._sleep = sleep
        self._elapsed = elapsed

    def end(self, text: str, reporter: Reporter) -> None:
        """Returns whatever the text is. Raises ReportUnfinished."""
        started = self._elapsed()
        try:
            secret = ClientSecret.parse(text)
            if secret is not None:
                self._report([Finding(secret=secret, source="presented")], reporter)
        except Unavailable as error:
            raise ReportUnfinished from error  # the same, whether it was looked for in vain or found
        finally:
            self._sleep(_STEP - (self._elapsed() - started) % _STEP)
