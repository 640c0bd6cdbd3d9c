"""Reads a request to the token endpoint (RFC 6749 §4.4.2, §2.3.1)."""

import base64
import binascii
from urllib.parse import parse_qsl, unquote_plus

from chalice.app import Request

from chalicelib.errors import InvalidClient, InvalidRequest
from chalicelib.tokens.exchange import TokenRequest
from chalicelib.web.exchange_line import note_client
from chalicelib.web.json_body import raw_body

_MOST_FIELDS = 32


def read(request: Request) -> TokenRequest:
    """The request, well-formed. Raises InvalidRequest, InvalidClient."""
    form = read_form(request)
    grant_type = form.get("grant_type")
    if grant_type is None:
        raise InvalidRequest("grant_type is missing.")
    client_id, client_secret = read_client(request, form)
    note_client(client_id)
    scope = form.get("scope")
    return TokenRequest(
        grant_type=grant_type,
        client_id=client_id,
        client_secret=client_secret,
        scopes=None if scope is None else tuple(scope.split(" ")),
    )


def read_form(request: Request) -> dict[str, str]:
    """The form's parameters. One without a value counts as left out, one given twice is refused (RFC 6749 §3.2)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise InvalidRequest("Send the parameters as application/x-www-form-urlencoded.")
    try:
        fields = parse_qsl(
            raw_body(request).decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise InvalidRequest("The body is not a well-formed form.") from error
    form: dict[str, str] = {}
    for name, value in fields:
        if name in form:
            raise InvalidRequest("A parameter is given more than once.")
        form[name] = value
    return {name: value for name, value in form.items() if value}


def read_client(request: Request, form: dict[str, str]) -> tuple[str, str]:
    """The client's id and secret, from the header or from the form, not from both (RFC 6749 §2.3)."""
    header = request.headers.get("authorization")
    if header is None:
        if "client_id" not in form or "client_secret" not in form:
            raise InvalidClient
        return form["client_id"], form["client_secret"]
    client_id, client_secret = _basic(header)
    if "client_secret" in form:
        raise InvalidRequest("Authenticate in the header or in the body, not in both.")
    if form.get("client_id", client_id) != client_id:
        raise InvalidRequest("client_id is not the client that authenticates.")
    return client_id, client_secret


def _basic(header: str) -> tuple[str, str]:
    """RFC 6749 §2.3.1: both halves are form-encoded before they are joined by a colon and put into base64."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise InvalidClient
    try:
        client_id, colon, client_secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        decoded = unquote_plus(client_id, errors="strict"), unquote_plus(client_secret, errors="strict")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidRequest("The Authorization header is not well-formed.") from error
    if not colon:
        raise InvalidRequest("The Authorization header is not well-formed.")
    return decoded
