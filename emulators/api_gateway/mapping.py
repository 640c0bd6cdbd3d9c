"""How API Gateway sets an answer's headers from the parameters of a definition."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_AUTHORIZER = "context.authorizer."
NO_CONTEXT: Mapping[str, Any] = MappingProxyType({})


def mapped(
    prefix: str, parameters: Mapping[str, str], request_id: str, authorizer: Mapping[str, Any] = NO_CONTEXT
) -> list[tuple[str, str]]:
    """The headers of the parameters that begin with ``prefix``. Raises ValueError for an unknown value.

    ``authorizer`` is the context that an authorizer gave; a header of what it does not have is left out.
    """
    return [
        (name.removeprefix(prefix), _value(value, request_id, authorizer))
        for name, value in parameters.items()
        if name.startswith(prefix)
        and (not value.startswith(_AUTHORIZER) or value.removeprefix(_AUTHORIZER) in authorizer)
    ]


def _value(parameter: str, request_id: str, authorizer: Mapping[str, Any]) -> str:
    if parameter.startswith(_AUTHORIZER):
        return str(authorizer[parameter.removeprefix(_AUTHORIZER)])
    if parameter.startswith("'") and parameter.endswith("'"):  # a constant
        return parameter[1:-1]
    if parameter == "context.requestId":
        return request_id
    raise ValueError(f"no such parameter here: {parameter}")
