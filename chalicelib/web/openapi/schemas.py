"""The schemas of what the API takes and answers, from the code's own types, as makers of clients read them."""

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any

import msgspec
from msgspec import inspect

Json = dict[str, Any]
_REF = "#/components/schemas/{name}"
_NULL = {"type": "null"}


class Schemas:
    """Collects the types that the document names.

    msgspec gives a member that may be left out a default. In a document it makes the member of a request required for
    some makers of clients, and says nothing of an answer: it has none here.
    """

    def __init__(self) -> None:
        self._taken: list[Any] = []
        self._answered: list[Any] = []

    def taken(self, named: Any) -> Json:
        """The schema of a body that a caller sends."""
        self._taken.append(named)
        return _schema(named)

    def answered(self, named: Any) -> Json:
        """The schema of a body that the service answers."""
        self._answered.append(named)
        return _schema(named)

    def components(self) -> Json:
        """All the collected types by name. Raises ValueError for one that is both taken and answered."""
        omitting = {struct.__name__ for struct in _structs(self._answered) if struct.__struct_config__.omit_defaults}
        taken = {name: _as_taken(schema) for name, schema in _components(self._taken)}
        answered = {name: _as_answered(schema, name in omitting) for name, schema in _components(self._answered)}
        if taken.keys() & answered.keys():
            raise ValueError(f"taken and answered: {taken.keys() & answered.keys()}")
        return dict(sorted((taken | answered).items()))


def query_parameters(query: type[msgspec.Struct]) -> Iterator[tuple[str, Json]]:
    """Yields the name and the schema of each member of a query."""
    _, components = msgspec.json.schema_components([query])
    yield from components[query.__name__]["properties"].items()


def _schema(named: Any) -> Json:
    (schema,), _ = msgspec.json.schema_components([named], ref_template=_REF)
    return schema


def _components(types: list[Any]) -> Iterable[tuple[str, Json]]:
    _, components = msgspec.json.schema_components(types, ref_template=_REF)
    return ((name, _polished(schema)) for name, schema in components.items())


def _structs(types: Iterable[Any]) -> Iterator[type[msgspec.Struct]]:
    """Yields the structs among the types and, at any depth, among those of their members."""

    def walk(info: Any) -> Iterator[type[msgspec.Struct]]:
        match info:
            case inspect.StructType(cls=cls, fields=fields):
                yield cls
                for field in fields:
                    yield from walk(field.type)
            case inspect.UnionType(types=choices):
                for choice in choices:
                    yield from walk(choice)
            case inspect.VarTupleType(item_type=item):
                yield from walk(item)

    for named in types:
        yield from walk(inspect.type_info(named))


def _as_taken(schema: Json) -> Json:
    """A member that may be left out is not required; what stands for it then is said in words."""
    properties = {}
    for name, described in schema["properties"].items():
        default = described.pop("default", None)
        words = {} if default is None else {"description": f"Without it: {default}."}
        properties[name] = described | words
    return schema | {"properties": properties}


def _as_answered(schema: Json, omits_defaults: bool) -> Json:
    """A member with a default is always there, or it is left out where it would have its default."""
    properties, always = {}, set(schema.get("required", ()))
    for name, described in schema["properties"].items():
        properties[name] = described
        if "default" not in described:
            continue
        if described.pop("default") is None and omits_defaults:
            properties[name] = _without_null(described)
        if not omits_defaults:
            always.add(name)
    return schema | {"properties": properties, "required": [name for name in properties if name in always]}


def _without_null(schema: Json) -> Json:
    choices = [choice for choice in schema["anyOf"] if choice != _NULL]
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return rest | (choices[0] if len(choices) == 1 else {"anyOf": choices})


def _polished(node: Any) -> Any:
    """Names the type of an enumeration, which msgspec leaves out; docstrings become CommonMark."""
    match node:
        case {"enum": [str(), *_]}:
            return node | {"type": "string"}
        case {"description": str(words)} if "type" in node:
            rest = {name: _polished(child) for name, child in node.items() if name != "description"}
            return rest | {"description": cleandoc(words).replace("``", "`")}
        case dict():
            return {name: _polished(child) for name, child in node.items()}
        case list():
            return [_polished(child) for child in node]
    return node
