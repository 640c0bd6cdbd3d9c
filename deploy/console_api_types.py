"""The service's types for the console's source, in TypeScript, made from its OpenAPI document.

As a command: writes them to the file that the console's source has for them.

openapi-typescript does this for any document, but through a compiler API that TypeScript 7 does not have.
"""

import json
from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any

import app
from chalicelib.settings import Settings
from chalicelib.web.openapi.document import document
from deploy.stages import PROJECT, stage_variables

TYPES = PROJECT / "console" / "src" / "api" / "openapi.ts"

_HEADING = "/** What the service takes and answers. `make console` makes it from the service's /openapi.json. */\n"
_SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

Json = Mapping[str, Any]


def local_document() -> Json:
    """What ``GET /openapi.json`` answers in the local stage; the types are the same in every stage."""
    return document(app.app, Settings.from_env(stage_variables("local")))


def typescript(described: Json) -> str:
    """A module with an interface for each schema, and ``Paths``: what is asked and answered, by path and method.

    Raises ValueError for a schema that has no type here.
    """
    paths = {
        path: _object({method.upper(): _operation(operation) for method, operation in operations.items()})
        for path, operations in described["paths"].items()
    }
    interfaces = {**described["components"]["schemas"], "Paths": _object(paths)}
    return "\n".join(
        [
            _HEADING,
            *(f"{_comment(schema)}export interface {name} {_type(schema)}\n" for name, schema in interfaces.items()),
        ]
    )


def _operation(operation: Json) -> Json:
    """What is asked and answered, as a schema. There is no ``answer`` where the answer has no body."""
    members = {}
    for where in ("path", "query"):
        parameters = [parameter for parameter in operation["parameters"] if parameter["in"] == where]
        if parameters:
            required = [parameter["name"] for parameter in parameters if parameter.get("required")]
            members[where] = _object({parameter["name"]: parameter["schema"] for parameter in parameters}, required)
    if "requestBody" in operation:
        members["body"] = _content(operation["requestBody"])
    success = next(answer for status, answer in operation["responses"].items() if status < "300")
    if "content" in success:
        members["answer"] = _content(success)
    return {**_object(members), "description": operation["summary"]}


def _content(described: Json) -> Json:
    content, *_others = described["content"].values()  # the console asks for the first
    schema: Json = content["schema"]
    return schema


def _object(properties: Json, required: Iterable[str] | None = None) -> Json:
    """An object's schema; all properties are required unless ``required`` says which."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
    }


def _type(schema: Json) -> str:
    match schema:
        case {"$ref": str(reference)}:
            return reference.rpartition("/")[2]
        case {"enum": [*values]}:
            return " | ".join(json.dumps(value) for value in values)
        case {"anyOf": [*choices]}:
            return " | ".join(_type(choice) for choice in choices)
        case {"type": "array", "items": items}:
            return f"ReadonlyArray<{_type(items)}>"
        case {"type": "object", "properties": properties}:
            return _members(properties, schema["required"])
        case {"type": "object", "additionalProperties": values}:
            return f"Readonly<Record<string, {_type(values)}>>"
        case {"type": "object"}:
            return "Readonly<Record<string, unknown>>"
        case {"type": str(scalar)} if scalar in _SCALARS:
            return _SCALARS[scalar]
    raise ValueError(f"no type for {schema}")


def _members(properties: Json, required: Iterable[str]) -> str:
    lines = [
        f"{_comment(schema)}readonly {name if name.isidentifier() else json.dumps(name)}"
        f"{'' if name in required else '?'}: {_type(schema)};\n"
        for name, schema in properties.items()
    ]
    return f"{{\n{indent(''.join(lines), '  ')}}}"


def _comment(schema: Json) -> str:
    words = " ".join(schema.get("description", "").split()).replace("*/", "* /")
    return f"/** {words} */\n" if words else ""


if __name__ == "__main__":
    TYPES.write_text(typescript(local_document()))
