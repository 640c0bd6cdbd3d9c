"""The headers of the answers, as the document declares them."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

EVERY_ANSWER = ("X-Request-Id", "Cache-Control")
"""What each answer has, a refusal too."""


class _Header(NamedTuple):
    description: str
    type: str = "string"

    def described(self, required: bool) -> dict[str, Any]:
        return {"description": self.description, "required": required, "schema": {"type": self.type}}


_HEADERS: Mapping[str, _Header] = MappingProxyType(
    {
        "Allow": _Header("The methods that this path has (RFC 9110 §10.2.1)."),
        "Cache-Control": _Header("Whether a cache may keep the answer, and for how long (RFC 9111 §5.2)."),
        "ETag": _Header("Stands for this content: send it as `If-None-Match` to ask whether it changed."),
        "Link": _Header('Where the next piece is, with `rel="next"`, while there may be one (RFC 8288).'),
        "Location": _Header("The path of what was made (RFC 9110 §10.2.2)."),
        "Pragma": _Header("`no-cache`, as RFC 6749 §5.1 asks for it."),
        "Retry-After": _Header("Seconds to wait before the same request is sent again.", "integer"),
        "WWW-Authenticate": _Header("How to authenticate, and what was wrong (RFC 9110 §11.6.1)."),
        "X-Request-Id": _Header("The id of this request: quote it when you report a fault."),
    }
)


def component_headers() -> dict[str, Any]:
    """All headers by name, for the document's components."""
    return {name: header.described(required=True) for name, header in _HEADERS.items()}


def declared(answers: Iterable[Collection[str]]) -> dict[str, Any]:
    """The headers of answers that have one status: those that all of them have are required."""
    sets = [set(names) & _HEADERS.keys() for names in answers]
    always = set.intersection(*sets)
    return {
        name: {"$ref": f"#/components/headers/{name}"} if name in always else _HEADERS[name].described(required=False)
        for name in sorted(set.union(*sets))
    }
