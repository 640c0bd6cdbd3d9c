"""The JSON Schema of what comes on the event bus, made of the types that are published.

As a command: writes it to the file that the documentation has of it.
"""

import json
from typing import Any, get_args

import msgspec

from chalicelib.credentials.published_event import DETAIL_TYPE, SOURCE, PublishedEvent, SchemaVersion
from deploy.stages import PROJECT

(_VERSION,) = get_args(SchemaVersion)
FILE = PROJECT / "docs" / "events" / f"audit-event-{_VERSION}.schema.json"


def schema() -> dict[str, Any]:
    """Of a whole event, as EventBridge hands it to a target. Members that EventBridge adds are not listed."""
    (detail,), definitions = msgspec.json.schema_components([PublishedEvent], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SOURCE}:audit-event:{_VERSION}",
        "title": DETAIL_TYPE,
        "type": "object",
        "required": ["source", "detail-type", "time", "detail"],
        "properties": {
            "source": {"const": SOURCE},
            "detail-type": {"const": DETAIL_TYPE},
            "time": {"type": "string", "format": "date-time", "description": "The detail's at, once more."},
            "detail": detail,
        },
        "$defs": definitions,
    }


def text() -> str:
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
