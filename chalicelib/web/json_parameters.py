"""Reads OAuth parameters from a JSON object: no standard has them there, clients of older endpoints do."""

import msgspec
from chalice.app import Request

from chalicelib.errors import InvalidRequest
from chalicelib.json_objects import repeated_names
from chalicelib.web.request import body_of


def read_parameters(request: Request, most: int) -> list[tuple[str, str]]:
    """The members, in their order. Raises InvalidRequest for a name that comes twice, or more than ``most`` members."""
    body = body_of(request)
    try:
        members = msgspec.json.decode(body, type=dict[str, str])
        repeated = any(repeated_names(body))
    except msgspec.ValidationError as error:
        raise InvalidRequest("The body must be a JSON object, and each of its members a string.") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise InvalidRequest("The body is not well-formed JSON.") from error
    if repeated:
        raise InvalidRequest("A parameter is given more than once.")
    if len(members) > most:
        raise InvalidRequest("The body has too many members.")
    return list(members.items())
