"""Reads reports of leaked secrets, and answers them."""

from chalice.app import Request

from chalicelib.credentials.leaked_secrets import Reporter
from chalicelib.errors import InvalidRequest
from chalicelib.settings import Settings
from chalicelib.web.client_address import client_address
from chalicelib.web.form_fields import form_fields
from chalicelib.web.request import request_id

_ANYBODY = "Who presented a leaked secret"
"""The name of an actor of whom nothing is known."""


def read_presented_secret(request: Request, settings: Settings) -> tuple[str, Reporter]:
    """What was presented, which may be anything, and by whom. Raises InvalidRequest."""
    values = [value for name, value in form_fields(request) if name == "secret"]
    if len(values) != 1:
        raise InvalidRequest("Send the form parameter secret, once.")
    return values[0], _reporter(request, settings, _ANYBODY)


def _reporter(request: Request, settings: Settings, name: str) -> Reporter:
    address = client_address(request.to_original_event(), settings.trusted_proxies)
    return Reporter(name=name, source_ip=address or "", request_id=request_id(request))
