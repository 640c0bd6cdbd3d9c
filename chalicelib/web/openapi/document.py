"""The OpenAPI 3.1 document: routes and authorizers from the app, shapes from the types, errors from the refusals."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from chalice.app import Chalice

from chalicelib import paths
from chalicelib.credentials.client_secrets import SECRET_ID
from chalicelib.credentials.identifiers import CLIENT_ID, TENANT_KEY, TIME_ORDERED_ID
from chalicelib.errors import InternalError, InvalidToken, Refusal, Unavailable
from chalicelib.settings import Settings
from chalicelib.web.error_response import ErrorFormat, format_of
from chalicelib.web.openapi.descriptions import DESCRIPTIONS, PAGE, Description

Json = dict[str, Any]
_REF = "#/components/schemas/{name}"
_PATTERNS = {
    "client_id": f"^{CLIENT_ID}$",
    "secret_id": f"^{SECRET_ID}$",
    "kid": r"^[\s\S]{1,256}$",
    "revocation_id": f"^{TIME_ORDERED_ID}$",
    "tenant_id": f"^{TENANT_KEY}$",
    "number": "^(0|[1-9][0-9]{0,6})$",
}
"""Of the path's parameters."""
_FORM = "application/x-www-form-urlencoded"
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of an answer: the change is made if this version is still there, and refused (412) if not "
    "(RFC 9110 §13.1.1). Without it, whichever version is there is changed",
    "schema": {"type": "string", "pattern": r'^(\*|"[1-9][0-9]{0,14}")$'},
}
_EXAMPLE_ID = "3f0c2b1e-6f5a-4a52-9a53-5a4e1a0f7d11"


def document(app: Chalice, settings: Settings, version: str = "1") -> Json:
    """The document of this deployment. Raises KeyError for a route that has no description."""
    schemas = _Schemas()
    operations: Json = {}
    names: set[str] = set()
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            if entry.view_name not in PAGE:
                route = _Route(
                    path=path,
                    name=_new_name(entry.view_name, path, names),
                    description=DESCRIPTIONS[entry.view_name],
                    authorizer=entry.authorizer.name if entry.authorizer else None,
                    error_format=format_of(app, path),
                    media_types=_media_types(DESCRIPTIONS[entry.view_name], settings),
                )
                operations.setdefault(path, {})[method.lower()] = _operation(route, schemas)
    made = {
        "openapi": "3.1.0",
        "info": {"title": "API client credentials", "version": version},
        "servers": [{"url": settings.issuer}],
        "paths": operations,
        "components": {"schemas": schemas.components(), "securitySchemes": _security_schemes(settings)},
    }
    # As JSON has it: msgspec puts tuples where a default is one.
    return msgspec.json.decode(msgspec.json.encode(made))  # type: ignore[no-any-return]


def _new_name(view: str, path: str, taken: set[str]) -> str:
    """The name of an operation, which is its alone: a view may answer at several paths."""
    name = view if view not in taken else view + re.sub(r"\W+", "_", path)
    taken.add(name)
    return name


def _media_types(described: Description, settings: Settings) -> tuple[str, ...]:
    if not described.form:
        return ("application/json",)
    return (_FORM, "application/json") if described.or_json and settings.token_request_json else (_FORM,)


class _Route(NamedTuple):
    path: str
    name: str
    description: Description
    authorizer: str | None
    error_format: ErrorFormat
    media_types: tuple[str, ...]
    """Of the body."""


class _Schemas:
    """Collects the types that the document names."""

    def __init__(self) -> None:
        self._types: list[Any] = []

    def ref(self, named: Any) -> Json:
        self._types.append(named)
        (schema,), _ = msgspec.json.schema_components([named], ref_template=_REF)
        return schema

    def components(self) -> Json:
        _, components = msgspec.json.schema_components(self._types, ref_template=_REF)
        return dict(sorted(components.items()))


def _operation(route: _Route, schemas: _Schemas) -> Json:
    described = route.description
    operation: Json = {
        "operationId": route.name,
        "summary": described.summary,
        "parameters": [
            *_path_parameters(route.path),
            *_query_parameters(described),
            *([_IF_MATCH] if described.conditional else []),
        ],
        "responses": _responses(route, schemas),
    }
    if described.body is not None:
        examples = {example: {"value": value} for example, value in described.examples.items()}
        content = {"schema": schemas.ref(described.body)} | ({"examples": examples} if examples else {})
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(route.media_types, content)}
    if route.authorizer is not None:
        operation["security"] = [{route.authorizer: []}]
    elif described.form:
        operation["security"] = [{"client_secret_basic": []}, {}]
    return operation


def _path_parameters(path: str) -> Iterable[Json]:
    for name in re.findall(r"{(\w+)}", path):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": _PATTERNS[name]},
        }


def _query_parameters(described: Description) -> Iterable[Json]:
    if described.query is None:
        return
    _, components = msgspec.json.schema_components([described.query])
    for name, schema in components[described.query.__name__]["properties"].items():
        # A query has no null: what may be left out is left out.
        choices = [choice for choice in schema.pop("anyOf", []) if choice != {"type": "null"}]
        present = {key: value for key, value in schema.items() if (key, value) != ("default", None)}
        yield {"name": name, "in": "query", "schema": (choices[0] if choices else {}) | present}


def _responses(route: _Route, schemas: _Schemas) -> Json:
    described = route.description
    success: Json = {"description": described.summary}
    if described.answer is not None:
        success["content"] = {described.media_type: {"schema": schemas.ref(described.answer)}}
    responses = {str(described.status): success}
    if described.versioned:
        success["headers"] = _headers("ETag")
    if described.cacheable:
        success["headers"] = _headers("ETag", "Cache-Control")
        responses["304"] = {"description": "What the client has is still the same (If-None-Match)"}
    refusals = [*described.refusals, InternalError(), Unavailable()]
    if route.authorizer is not None:
        refusals.append(InvalidToken())
    for status, of_status in groupby(sorted(refusals, key=lambda refusal: refusal.status), lambda r: r.status):
        responses[str(status)] = _errors(list(of_status), route.error_format, schemas)
    return responses


def _headers(*names: str) -> Json:
    return {name: {"required": True, "schema": {"type": "string"}} for name in names}


def _errors(refusals: list[Refusal], error_format: ErrorFormat, schemas: _Schemas) -> Json:
    examples = {refusal.code: {"value": error_format.body(refusal, _EXAMPLE_ID)} for refusal in refusals}
    content = {error_format.media_type: {"schema": schemas.ref(error_format.body_type), "examples": examples}}
    return {"description": " · ".join(dict.fromkeys(refusal.title for refusal in refusals)), "content": content}


def _security_schemes(settings: Settings) -> Json:
    return {
        "console_user": {
            "type": "openIdConnect",
            "description": "A console user's ID token, as bearer token.",
            "openIdConnectUrl": f"{settings.oidc.issuer}/.well-known/openid-configuration",
        },
        "access_token": {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": settings.issuer + paths.TOKEN, "scopes": settings.scopes}},
        },
        "client_secret_basic": {
            "type": "http",
            "scheme": "basic",
            "description": "RFC 6749 §2.3.1: client_id and client_secret, each form-encoded first.",
        },
    }
