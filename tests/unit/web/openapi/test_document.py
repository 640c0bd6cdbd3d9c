"""The OpenAPI document: complete and valid."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.app import Chalice
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

import app
from chalicelib.errors import InvalidToken
from chalicelib.management_scopes import MANAGEMENT_SCOPES
from chalicelib.web.authorizer_responses import CHALLENGE
from chalicelib.web.error_response import challenge
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
    assert OPERATIONS["revoke_all"]["security"] == [{"console_user": []}, {"access_token": ["credentials:write"]}]
    assert {"access_token": ["credentials:rotate"]} in OPERATIONS["add_secret"]["security"]
    assert {"access_token": ["credentials:read"]} in OPERATIONS["list_credentials"]["security"]
    assert OPERATIONS["whoami"]["security"] == [{"access_token": []}]
    assert OPERATIONS["issue_token"]["security"] == [{"client_secret_basic": []}, {}]
    assert OPERATIONS["health"]["security"] == []
    flows = DOCUMENT["components"]["securitySchemes"]["access_token"]["flows"]
    assert flows["clientCredentials"] == {
        "tokenUrl": f"{SETTINGS.issuer}/oauth/token",
        "scopes": SCOPES | dict(MANAGEMENT_SCOPES),
    }


def test_no_schema_is_named_like_the_constructor_of_another() -> None:
    """A generator for Go names the constructor of ``X`` ``NewX``: a schema of that name does not compile beside it."""
    schemas = DOCUMENT["components"]["schemas"]
    assert not {f"New{name}" for name in schemas} & schemas.keys()


def test_no_schema_has_a_default() -> None:
    """openapi-typescript requires a member that has one, openapi-generator sends it."""
    defaults = [
        (name, member)
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for member, described in schema["properties"].items()
        if "default" in described
    ]
    assert not defaults


def test_every_tag_is_described_and_in_use() -> None:
    described = [tag["name"] for tag in DOCUMENT["tags"]]
    assert set(described) == {tag for operation in OPERATIONS.values() for tag in operation["tags"]}


@pytest.mark.parametrize("name", ["issue_token", "whoami"])
def test_the_header_dpop_is_a_parameter_where_a_proof_is_read(name: str) -> None:
    assert [parameter["name"] for parameter in OPERATIONS[name]["parameters"]] == ["DPoP"]


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
    assert {"405", "429", "500", "503"} <= errors.keys()
    for answer in errors.values():
        assert answer["content"]
        assert all(content["examples"] for content in answer["content"].values())


@pytest.mark.parametrize(
    ("response_type", "status", "code"),
    [
        ("UNAUTHORIZED", "401", "token_required"),
        ("ACCESS_DENIED", "401", "invalid_token"),
        ("THROTTLED", "429", "too_many_requests"),
    ],
)
def test_a_refusal_of_the_gateway_is_shown_as_it_words_it(response_type: str, status: str, code: str) -> None:
    responses = GatewayResponses(api_definition("https://credentials.example.com"))
    shown = OPERATIONS["whoami"]["responses"][status]
    ((media_type, content),) = shown["content"].items()
    example = content["examples"][code]["value"]
    answer = responses.render(response_type, example["request_id"], {CHALLENGE: challenge(InvalidToken())})
    assert (str(answer.status), dict(answer.headers)["Content-Type"]) == (status, media_type)
    assert example == json.loads(answer.body)
    assert {name for name, _ in answer.headers} >= shown["headers"].keys()
