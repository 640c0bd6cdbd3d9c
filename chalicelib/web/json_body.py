"""Reads a JSON body into a typed value, and says all that is wrong with it at once."""

from collections.abc import Container
from typing import TypeVar, get_type_hints

import msgspec
from chalice.app import Request

from chalicelib.errors import Fault, InvalidRequest, UnsupportedMediaType
from chalicelib.json_objects import pointer, repeated_names
from chalicelib.web.request import body_of, media_type

Body = TypeVar("Body", bound=msgspec.Struct)


JSON = ("application/json",)
MERGE_PATCH = (*JSON, "application/merge-patch+json")
"""RFC 7396 §4."""


def read_body(request: Request, body_type: type[Body], media_types: Container[str] = JSON) -> Body:
    """The body as a ``body_type``. Raises UnsupportedMediaType, or InvalidRequest with a fault for each field."""
    if media_type(request) not in media_types:
        raise UnsupportedMediaType
    body = body_of(request)
    try:
        content = msgspec.json.decode(body)
        repeated = [Fault(place, "is given twice") for place in repeated_names(body)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise _faulty(Fault("", "is not well-formed JSON")) from error
    if not isinstance(content, dict):
        raise _faulty(Fault("", "must be a JSON object"))
    faults = repeated or _faults(content, body_type)
    if faults:
        raise _faulty(*faults)
    return msgspec.convert(content, body_type)


def _faults(content: dict[str, object], body_type: type[msgspec.Struct]) -> list[Fault]:
    """Field by field, since msgspec stops at the first fault."""
    types = get_type_hints(body_type, include_extras=True)
    faults = [Fault(pointer(name), "is not a field here") for name in content if name not in types]
    for field in msgspec.structs.fields(body_type):
        if field.encode_name not in content:
            if field.required:
                faults.append(Fault(pointer(field.encode_name), "is required"))
            continue
        try:
            msgspec.convert(content[field.encode_name], types[field.name])
        except msgspec.ValidationError as error:
            faults.append(_fault(field.encode_name, str(error)))
    return faults


def _fault(name: str, message: str) -> Fault:
    """msgspec says "Expected `str`, got `int` - at `$[2]`": the place becomes a JSON Pointer, the text a demand."""
    text, _, place = message.partition(" - at `$")
    within = place.rstrip("`").replace("][", "/").replace("[", "/").replace("]", "").replace(".", "/")
    demand = text.replace("`", "").replace("Expected ", "must be ").replace(", got ", ", not ")
    return Fault(pointer(name) + within, demand.replace("Invalid RFC3339 encoded datetime", "must be an RFC 3339 time"))


def _faulty(*faults: Fault) -> InvalidRequest:
    return InvalidRequest("The body is not valid.", faults)
