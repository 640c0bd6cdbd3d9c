"""The OpenAPI 3.1 document: routes and authorizers from the app, shapes from the types, errors from the refusals."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import msgspec
from chalice.app import Chalice

from chalicelib import management_scopes, paths
from chalicelib.credentials.client_secrets import SECRET_ID
from chalicelib.credentials.identifiers import CLIENT_ID, TENANT_KEY, TIME_ORDERED_ID
from chalicelib.errors import (
    InsufficientScope,
    InternalError,
    InvalidToken,
    MethodNotAllowed,
    OutcomeUnknown,
    Refusal,
    Throttled,
    TokenRequired,
    Unavailable,
)
from chalicelib.settings import Settings
from chalicelib.web.error_response import PROBLEM, ErrorFormat, format_of
from chalicelib.web.form_fields import FORM
from chalicelib.web.openapi.descriptions import (
    DESCRIPTIONS,
    DPOP,
    IF_MATCH,
    IF_NONE_MATCH,
    PAGE,
    TAGS,
    Description,
    RequestHeader,
)
from chalicelib.web.openapi.response_headers import EVERY_ANSWER, component_headers, declared
from chalicelib.web.openapi.schemas import Json, Schemas, query_parameters

_PATTERNS = {
    "client_id": f"^{CLIENT_ID}$",
    "secret_id": f"^{SECRET_ID}$",
    "kid": r"^[\s\S]{1,256}$",
    "revocation_id": f"^{TIME_ORDERED_ID}$",
    "tenant_id": f"^{TENANT_KEY}$",
    "number": "^(0|[1-9][0-9]{0,6})$",
}
"""Of the path's parameters."""
_EXAMPLE_ID = "3f0c2b1e-6f5a-4a52-9a53-5a4e1a0f7d11"
_ABOUT = f"""\
Credentials that a tenant's programs exchange for short-lived access tokens.

A console user, or a page on their behalf, manages credentials at `{paths.CREDENTIALS}`; so does a program whose
credential has the scope `{management_scopes.READ}` or `{management_scopes.WRITE}`. A program sends its credential
to `{paths.TOKEN}` and gets an access token for the APIs that this service issues tokens for.

Every answer has an `X-Request-Id`. An answer of `503`, or of `429`, has a `Retry-After`: to send the same request again
is safe.
"""


def document(app: Chalice, settings: Settings, version: str = "1") -> Json:
    """The document of this deployment. Raises KeyError for a route that has no description."""
    schemas = Schemas()
    operations: Json = {}
    names: set[str] = set()
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            # Each GET has its HEAD, with the same headers.
            if entry.view_name not in PAGE and path != paths.EARLIER_REVOCATION and method != "HEAD":
                route = _Route(
                    path=path,
                    changes=entry.authorizer is not None and method != "GET",
                    name=_new_name(entry.view_name, path, names),
                    description=DESCRIPTIONS[entry.view_name],
                    authorizer=entry.authorizer.name if entry.authorizer else None,
                    managed=bool(DESCRIPTIONS[entry.view_name].scopes),
                    error_format=format_of(app, path),
                    media_types=_media_types(DESCRIPTIONS[entry.view_name], settings),
                )
                operations.setdefault(path, {})[method.lower()] = _operation(route, schemas)
    made = {
        "openapi": "3.1.0",
        "info": _info(settings, version),
        "servers": [{"url": settings.issuer}],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": operations,
        "components": {
            "schemas": schemas.components(),
            "headers": _referenced_headers(operations),
            "securitySchemes": _security_schemes(settings),
        },
    }
    # As JSON has it: msgspec puts tuples where a default is one.
    return msgspec.json.decode(msgspec.json.encode(made))  # type: ignore[no-any-return]


def _referenced_headers(operations: Json) -> Json:
    """A header that no success always has stands where it is declared; linters find it unused here."""
    referenced = re.findall(r'"#/components/headers/([^"]+)"', msgspec.json.encode(operations).decode())
    return {name: header for name, header in component_headers().items() if name in referenced}


def _new_name(view: str, path: str, taken: set[str]) -> str:
    """The name of an operation, which is its alone: a view may answer at several paths."""
    name = view if view not in taken else view + re.sub(r"\W+", "_", path)
    taken.add(name)
    return name


def _media_types(described: Description, settings: Settings) -> tuple[str, ...]:
    if described.anonymous_form:
        return (FORM,)
    if not described.form:
        return ("application/json",)
    return (FORM, "application/json") if described.or_json and settings.token_request_json else (FORM,)


def _info(settings: Settings, version: str) -> Json:
    return {
        "title": "API client credentials",
        "summary": "Manage API client credentials, and exchange them for access tokens.",
        "description": _ABOUT,
        "version": version,
        "contact": {"name": "Who runs this service", "url": settings.issuer},
        "license": {"name": "MIT", "identifier": "MIT"},
    }


class _Route(NamedTuple):
    path: str
    name: str
    description: Description
    changes: bool
    """A managed endpoint that writes."""
    authorizer: str | None
    managed: bool
    """For console users, and for credentials with a management scope."""
    error_format: ErrorFormat
    media_types: tuple[str, ...]
    """Of the body."""


class _Error(NamedTuple):
    """A refusal, in the format that it is answered in."""

    refusal: Refusal
    format: ErrorFormat

    @property
    def headers(self) -> tuple[str, ...]:
        return EVERY_ANSWER + tuple(self.format.render(self.refusal, _EXAMPLE_ID).headers)


def _operation(route: _Route, schemas: Schemas) -> Json:
    described = route.description
    operation: Json = {
        "operationId": route.name,
        "tags": [described.tag],
        "summary": described.summary,
        "description": described.description,
        "parameters": [*_path_parameters(route.path), *_query_parameters(described), *_header_parameters(route)],
        "responses": _responses(route, schemas),
        "security": _security(route),
    }
    if described.body is not None:
        examples = {example: {"value": value} for example, value in described.examples.items()}
        content = {"schema": schemas.taken(described.body)} | ({"examples": examples} if examples else {})
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(route.media_types, content)}
    return operation


def _security(route: _Route) -> list[Json]:
    if route.managed:
        return [{"console_user": []}, *({"access_token": [scope]} for scope in route.description.scopes)]
    if route.authorizer is not None:
        return [{route.authorizer: []}]
    # A client may authenticate in the form instead.
    return [{"client_secret_basic": []}, {}] if route.description.form else []


def _path_parameters(path: str) -> Iterable[Json]:
    for name in re.findall(r"{(\w+)}", path):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": _PATTERNS[name]},
        }


def _query_parameters(described: Description) -> Iterable[Json]:
    if described.query is not None:
        for name, schema in query_parameters(described.query):
            yield {"name": name, "in": "query", "schema": schema}


def _header_parameters(route: _Route) -> Iterable[Json]:
    described = route.description
    if described.cacheable:
        yield _header_parameter(IF_NONE_MATCH)
    if described.conditional:
        yield _header_parameter(IF_MATCH)
    if route.managed:
        yield _header_parameter(DPOP)
    yield from map(_header_parameter, described.request_headers)


def _header_parameter(header: RequestHeader) -> Json:
    pattern = {} if header.pattern is None else {"pattern": header.pattern}
    return {
        "name": header.name,
        "in": "header",
        "description": header.description,
        "schema": {"type": "string", **pattern},
    }


def _responses(route: _Route, schemas: Schemas) -> Json:
    described = route.description
    tagged = ("ETag",) if described.cacheable or described.versioned else ()
    always = EVERY_ANSWER + tagged + described.answer_headers
    headers = declared([always, always + described.optional_answer_headers])
    success: Json = {"description": described.summary, "headers": headers}
    if described.answer is not None:
        success["content"] = {described.media_type: {"schema": schemas.answered(described.answer)}}
        if described.text_media_type is not None:
            success["content"][described.text_media_type] = {"schema": {"type": "string"}}
    responses = {str(described.status): success}
    if described.cacheable:
        responses["304"] = {"description": "What the caller has is still the same", "headers": headers}
    errors = sorted(_errors(route), key=lambda error: error.refusal.status)
    for status, of_status in groupby(errors, lambda error: error.refusal.status):
        responses[str(status)] = _error_response(list(of_status), schemas)
    return responses


def _errors(route: _Route) -> Iterator[_Error]:
    """Yields what the view refuses, what the service may answer on every route, and what API Gateway answers itself."""
    for refusal in (*route.description.refusals, MethodNotAllowed("GET"), InternalError(), Unavailable()):
        yield _Error(refusal, route.error_format)
    if route.managed:
        yield _Error(InsufficientScope(*route.description.scopes[:1]), route.error_format)
    if route.changes:
        yield _Error(OutcomeUnknown(), route.error_format)
    if route.authorizer is not None:
        yield _Error(TokenRequired(), PROBLEM)
        yield _Error(InvalidToken(), PROBLEM)
    yield _Error(Throttled(), PROBLEM)


def _error_response(errors: list[_Error], schemas: Schemas) -> Json:
    content: Json = {}
    for error in errors:
        shown = content.setdefault(
            error.format.media_type, {"schema": schemas.answered(error.format.body_type), "examples": {}}
        )
        shown["examples"][error.refusal.code] = {"value": error.format.body(error.refusal, _EXAMPLE_ID)}
    return {
        "description": " · ".join(dict.fromkeys(error.refusal.title for error in errors)),
        "headers": declared([error.headers for error in errors]),
        "content": content,
    }


def _security_schemes(settings: Settings) -> Json:
    return {
        "console_user": {
            # Not of type openIdConnect: the clients that generators make would send no token.
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": f"A console user's ID token, of the OpenID provider {settings.oidc.issuer}.",
        },
        "access_token": {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {"tokenUrl": settings.issuer + paths.TOKEN, "scopes": settings.grantable_scopes}
            },
            "description": "An access token of this service. For the managed endpoints, request it with the "
            f"`resource` {settings.issuer} (RFC 8707).",
        },
        "client_secret_basic": {
            "type": "http",
            "scheme": "basic",
            "description": "RFC 6749 §2.3.1: client_id and client_secret, each form-encoded first.",
        },
    }
