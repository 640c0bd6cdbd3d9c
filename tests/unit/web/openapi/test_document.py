"""The OpenAPI document: complete and valid."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.app import Chalice
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

import app
from chalicelib.web.openapi.descriptions import DESCRIPTIONS, PAGE
from chalicelib.web.openapi.document import document
from emulators.api_gateway.chalice_api import api_definition
from emulators.api_gateway.gateway_responses import GatewayResponses
from tests.support.environ import SCOPES
from tests.support.openapi_document import DOCUMENT, OPERATIONS, SETTINGS


def test_the_document_is_valid_openapi_3_1() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_every_route_is_described_and_nothing_else() -> None:
    views = {entry.view_name for methods in app.app.routes.values() for entry in methods.values()}
    assert views - PAGE == set(DESCRIPTIONS) == set(OPERATIONS)


def test_a_route_without_a_description_is_noticed() -> None:
    other = Chalice(app_name="other")
    other.route("/new")(lambda: None)
    with pytest.raises(KeyError):
        document(other, SETTINGS)


def test_the_document_says_who_may_call_what() -> None:
    assert OPERATIONS["revoke_all"]["security"] == [{"console_user": []}]
    assert OPERATIONS["whoami"]["security"] == [{"access_token": []}]
    assert "security" not in OPERATIONS["health"]
    flows = DOCUMENT["components"]["securitySchemes"]["access_token"]["flows"]
    assert flows["clientCredentials"] == {"tokenUrl": f"{SETTINGS.issuer}/oauth/token", "scopes": SCOPES}


def test_no_schema_is_named_like_the_constructor_of_another() -> None:
    """A generator for Go names the constructor of ``X`` ``NewX``: a schema of that name does not compile beside it."""
    schemas = DOCUMENT["components"]["schemas"]
    assert not {f"New{name}" for name in schemas} & schemas.keys()


def examples() -> Iterator[Any]:
    """(where, schema, example) of each example in the document."""

    def walk(node: Any, where: str) -> Iterator[Any]:
        if isinstance(node, dict):
            for name, example in node.get("examples", {}).items():
                yield pytest.param(node["schema"], example["value"], id=f"{where} {name}")
            for name, child in node.items():
                yield from walk(child, f"{where}/{name}")

    return walk(DOCUMENT["paths"], "")


@pytest.mark.parametrize(("schema", "example"), list(examples()))
def test_every_example_is_of_its_schema(schema: Any, example: Any) -> None:
    root = {"components": DOCUMENT["components"], **schema}
    Draft202012Validator(root).validate(example)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_shows_an_example_of_each_error(name: str) -> None:
    errors = {status: answer for status, answer in OPERATIONS[name]["responses"].items() if status >= "400"}
    assert {"500", "503"} <= errors.keys()
    for answer in errors.values():
        (content,) = answer["content"].values()
        assert content["examples"]


def test_the_refusal_of_an_authorizer_is_shown_as_the_gateway_words_it() -> None:
    responses = GatewayResponses(api_definition())
    ((media_type, content),) = OPERATIONS["whoami"]["responses"]["401"]["content"].items()
    example = content["examples"]["invalid_token"]["value"]
    answer = responses.render("ACCESS_DENIED", example["request_id"])
    assert (answer.status, dict(answer.headers)["Content-Type"]) == (401, media_type)
    assert example == json.loads(answer.body)
