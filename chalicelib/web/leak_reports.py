"""Reads reports of leaked secrets, and answers them."""

from collections.abc import Callable
from typing import TypeVar

from chalice.app import Request

from chalicelib.credentials.leaked_secrets import Reporter
from chalicelib.deadline import Deadline, within
from chalicelib.errors import InvalidRequest, ReportTooLarge
from chalicelib.secret_scanning.signed_report import SignedReport
from chalicelib.settings import Settings
from chalicelib.web.client_address import client_address
from chalicelib.web.form_fields import form_fields
from chalicelib.web.request import request_id

_ANYBODY = "Who presented a leaked secret"
_GITHUB = "GitHub secret scanning"
"""The names of actors."""
LARGEST_REPORT = 5_000_000
"""Bytes. Lambda takes 6 MB with all that API Gateway puts around it; a match has some 300."""
_SECONDS = 25
"""GitHub waits 30 seconds, API Gateway 29."""
_RETRIES = 100
Result = TypeVar("Result")


def read_presented_secret(request: Request, settings: Settings) -> tuple[str, Reporter]:
    """What was presented, which may be anything, and by whom. Raises InvalidRequest."""
    values = [value for name, value in form_fields(request) if name == "secret"]
    if len(values) != 1:
        raise InvalidRequest("Send the form parameter secret, once.")
    return values[0], _reporter(request, settings, _ANYBODY)


def read_github_report(request: Request, settings: Settings) -> SignedReport:
    """A report whose signature nobody has looked at yet. Raises ReportTooLarge."""
    raw = request.raw_body
    body = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(body) > LARGEST_REPORT:
        raise ReportTooLarge
    return SignedReport(
        key_identifier=request.headers.get("github-public-key-identifier", ""),
        signature=request.headers.get("github-public-key-signature", ""),
        body=body,
        reporter=_reporter(request, settings, _GITHUB),
    )


def thoroughly(answer: Callable[[], Result]) -> Result:
    """Answers with more time, and more attempts, than other requests have: a report may have thousands of matches."""
    with within(Deadline(_SECONDS, retries=_RETRIES)):
        return answer()


def _reporter(request: Request, settings: Settings, name: str) -> Reporter:
    address = client_address(request.to_original_event(), settings.trusted_proxies)
    return Reporter(name=name, source_ip=address or "", request_id=request_id(request))
