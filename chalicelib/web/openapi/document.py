"""The OpenAPI 3.1 document: routes and authorizers from the app, shapes from the types, errors from the refusals."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import msgspec
from chalice.app import Chalice

from chalicelib.credentials.identifiers import CLIENT_ID, TIME_ORDERED_ID
from chalicelib.errors import InternalError, InvalidToken, Refusal, Unavailable
from chalicelib.settings import Settings
from chalicelib.web.error_response import OAuthError, Problem, oauth_error, problem
from chalicelib.web.openapi.descriptions import DESCRIPTIONS, PAGE, Description

Json = dict[str, Any]
_REF = "#/components/schemas/{name}"
_PATTERNS = {
    "client_id": f"^{CLIENT_ID}$",
    "revocation_id": f"^{TIME_ORDERED_ID}$",
    "tenant_id": f"^{TIME_ORDERED_ID}$",
    "number": "^(0|[1-9][0-9]{0,6})$",
}
"""Of the path's parameters."""
_FORM = "application/x-www-form-urlencoded"
_NOT_LET_IN = InvalidToken("The bearer token is malformed, expired or revoked, or was not issued for this service.")
"""In the words of the API's gateway response: the authorizer's reasons are not for the caller."""
_EXAMPLE_ID = "3f0c2b1e-6f5a-4a52-9a53-5a4e1a0f7d11"


def document(app: Chalice, settings: Settings, version: str = "1") -> Json:
    """The document of this deployment. Raises KeyError for a route that has no description."""
    schemas = _Schemas()
    paths: Json = {}
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            if entry.view_name in PAGE:
                continue
            described = DESCRIPTIONS[entry.view_name]
            authorizer = entry.authorizer.name if entry.authorizer else None
            paths.setdefault(path, {})[method.lower()] = _operation(
                path, entry.view_name, described, authorizer, schemas
            )
    made = {
        "openapi": "3.1.0",
        "info": {"title": "API client credentials", "version": version},
        "servers": [{"url": settings.issuer}],
        "paths": paths,
        "components": {"schemas": schemas.components(), "securitySchemes": _security_schemes(settings)},
    }
    # As JSON has it: msgspec puts tuples where a default is one.
    return msgspec.json.decode(msgspec.json.encode(made))  # type: ignore[no-any-return]


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


def _operation(path: str, name: str, described: Description, authorizer: str | None, schemas: _Schemas) -> Json:
    operation: Json = {
        "operationId": name,
        "summary": described.summary,
        "parameters": [*_path_parameters(path), *_query_parameters(described)],
        "responses": _responses(described, authorizer, schemas),
    }
    if described.body is not None:
        media_type = _FORM if described.form else "application/json"
        examples = {example: {"value": value} for example, value in described.examples.items()}
        content = {"schema": schemas.ref(described.body)} | ({"examples": examples} if examples else {})
        operation["requestBody"] = {"required": True, "content": {media_type: content}}
    if authorizer is not None:
        operation["security"] = [{authorizer: []}]
    elif described.form and described.body is not None:
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


def _responses(described: Description, authorizer: str | None, schemas: _Schemas) -> Json:
    success: Json = {"description": described.summary}
    if described.answer is not None:
        success["content"] = {described.media_type: {"schema": schemas.ref(described.answer)}}
    responses = {str(described.status): success}
    if described.cacheable:
        success["headers"] = {
            name: {"required": True, "schema": {"type": "string"}} for name in ("ETag", "Cache-Control")
        }
        responses["304"] = {"description": "What the client has is still the same (If-None-Match)"}
    refusals = [*described.refusals, InternalError(), Unavailable()]
    if authorizer is not None:
        refusals.append(_NOT_LET_IN)
    for status, of_status in groupby(sorted(refusals, key=lambda refusal: refusal.status), lambda r: r.status):
        responses[str(status)] = _errors(list(of_status), described, schemas)
    return responses


def _errors(refusals: list[Refusal], described: Description, schemas: _Schemas) -> Json:
    render, media_type, shape = problem, "application/problem+json", Problem
    if described.form:
        render, media_type, shape = oauth_error, "application/json", OAuthError  # type: ignore[assignment]
    examples = {refusal.code: {"value": msgspec.json.decode(render(refusal, _EXAMPLE_ID).body)} for refusal in refusals}
    content: Mapping[str, Any] = {media_type: {"schema": schemas.ref(shape), "examples": examples}}
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
            "flows": {"clientCredentials": {"tokenUrl": f"{settings.issuer}/oauth/token", "scopes": settings.scopes}},
        },
        "client_secret_basic": {
            "type": "http",
            "scheme": "basic",
            "description": "RFC 6749 §2.3.1: client_id and client_secret, each form-encoded first.",
        },
    }
