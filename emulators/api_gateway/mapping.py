"""How API Gateway sets an answer's headers from the parameters of a definition."""

from collections.abc import Mapping


def mapped(prefix: str, parameters: Mapping[str, str], request_id: str) -> list[tuple[str, str]]:
    """The headers of the parameters that begin with ``prefix``. Raises ValueError for an unknown value."""
    return [
        (name.removeprefix(prefix), _value(value, request_id))
        for name, value in parameters.items()
        if name.startswith(prefix)
    ]


def _value(parameter: str, request_id: str) -> str:
    if parameter.startswith("'") and parameter.endswith("'"):  # a constant
        return parameter[1:-1]
    if parameter == "context.requestId":
        return request_id
    raise ValueError(f"no such parameter here: {parameter}")
