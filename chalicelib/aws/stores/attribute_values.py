"""Converts records to DynamoDB's JSON and back: ``{"S": "…"}``, ``{"N": "1"}``, …"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

Value = Any
Record = TypeVar("Record", bound=msgspec.Struct)


def to_item(record: msgspec.Struct) -> dict[str, Value]:
    """The record as a DynamoDB item; fields that have their default are left out where its struct says so."""
    return {name: to_value(value) for name, value in msgspec.to_builtins(record, str_keys=True).items()}


UNREADABLE = (TypeError, ValueError)
"""What reading raises for a row that holds something else than its record."""


def from_item(item: Mapping[str, Value], record_type: type[Record]) -> Record:
    """The record in a DynamoDB item; attributes the type does not know are ignored. Raises UNREADABLE."""
    plain = {name: from_value(value) for name, value in item.items()}
    return msgspec.convert(plain, record_type, str_keys=True)


def to_value(value: object) -> Value:
    """A str, int, bool, None, mapping, sequence or record as an attribute value."""
    match value:
        case None:
            return {"NULL": True}
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case msgspec.Struct():
            return {"M": to_item(value)}
        case Mapping():
            return {"M": {str(name): to_value(member) for name, member in value.items()}}
        case Sequence():
            return {"L": [to_value(member) for member in value]}
        case _:
            raise TypeError(f"no attribute value for {type(value).__name__}")


def from_value(value: Value) -> object:
    """An attribute value as a str, int, bool, None, dict or list. Raises UNREADABLE."""
    ((kind, content),) = value.items()
    match kind:
        case "S" | "BOOL":
            return content
        case "N":
            return int(content)
        case "M":
            return {name: from_value(member) for name, member in content.items()}
        case "L":
            return [from_value(member) for member in content]
        case "NULL":
            return None
        case _:
            raise TypeError(f"no table of ours holds an attribute of type {kind}")
