"""Reads the fields of a form."""

from urllib.parse import parse_qsl

from chalice.app import Request

from chalicelib.errors import InvalidRequest
from chalicelib.web.request import body_of, media_type

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 32


def form_fields(request: Request) -> list[tuple[str, str]]:
    """Names and values in order, those without a value included. Raises InvalidRequest for what is no form."""
    if media_type(request) != FORM:
        raise InvalidRequest(f"Send the parameters as {FORM}.")
    try:
        return parse_qsl(
            body_of(request).decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise InvalidRequest("The body is not a well-formed form.") from error
