"""What API Gateway asks the access token authorizer, by either type of event."""

from collections import defaultdict
from typing import Any

import pytest
from chalice.deploy.swagger import SwaggerGenerator
from chalice.package import TemplateDeepMerger

import app
from chalicelib.errors import InvalidToken
from chalicelib.oauth.protected_resource import ProtectedResourceRequest
from deploy.resources import template
from tests.support.api_client import Api, basic
from tests.support.authorizer_events import ARN, request_event
from tests.support.client_key import WHOAMI, ClientKey


def allowed(event: dict[str, Any]) -> list[str]:
    answer: Any = app.access_token(event, {})
    resources: list[str] = answer["policyDocument"]["Statement"][0]["Resource"]
    return resources


@pytest.fixture
def bound(api: Api) -> tuple[ClientKey, str]:
    """A key, and a token that is bound to it."""
    created, key = api.create(), ClientKey()
    headers = basic(created["client_id"], created["client_secret"]) | {"DPoP": key.proof()}
    return key, str(api.form("/oauth/token", {"grant_type": "client_credentials"}, headers).json["access_token"])


def test_an_event_of_type_request_lets_a_bound_token_through_with_its_proof(bound: tuple[ClientKey, str]) -> None:
    key, token = bound
    proof = key.proof(method="GET", url=WHOAMI, access_token=token)
    event = request_event(f"DPoP {token}")
    event["headers"]["DPoP"] = proof
    event["multiValueHeaders"]["DPoP"] = [proof]
    assert allowed(event) == ["arn:aws:execute-api:eu-central-1:123456789012:abcdef/prod/*/*"]


def test_an_event_of_type_token_lets_bearer_tokens_through_and_no_bound_ones(
    api: Api, bound: tuple[ClientKey, str]
) -> None:
    bearer = api.access_token(api.create())
    assert allowed({"type": "TOKEN", "methodArn": ARN, "authorizationToken": f"Bearer {bearer}"})
    for scheme in ("Bearer", "DPoP"):
        assert not allowed({"type": "TOKEN", "methodArn": ARN, "authorizationToken": f"{scheme} {bound[1]}"})


def test_where_answers_are_cached_no_bound_token_is_let_through(api: Api, bound: tuple[ClientKey, str]) -> None:
    key, token = bound
    proof = key.proof(method="GET", url=WHOAMI, access_token=token)
    use = ProtectedResourceRequest(scheme="dpop", token=token, method="GET", url=WHOAMI, proofs=(proof,))
    assert api.zones.oauth.protected_resource.authorize(use).claims.token_type == "DPoP"
    caching = api.restart(ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS="1").oauth.protected_resource
    with pytest.raises(InvalidToken):
        caching.authorize(use)


@pytest.mark.parametrize("headers", [None, {}, {"Authorization": ""}, {"Authorization": "Bearer"}])
def test_an_event_without_a_token_is_denied(api: Api, headers: dict[str, str] | None) -> None:
    assert not allowed(request_event("", headers=headers))


def test_the_packaged_authorizers_are_of_type_request() -> None:
    functions: Any = defaultdict(lambda: {"arn": "arn:aws:lambda:eu-central-1:123456789012:function:f"})
    deployed = {
        "api_handler_arn": "arn:aws:lambda:eu-central-1:123456789012:function:f",
        "api_handler_name": "f",
        "lambda_functions": functions,
    }
    definition = SwaggerGenerator("eu-central-1", deployed).generate_swagger(app.app)
    ours = template()["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    merged = TemplateDeepMerger().merge(ours, definition)["securityDefinitions"]
    access_token = merged["access_token"]["x-amazon-apigateway-authorizer"]
    assert access_token["type"] == "request"
    assert access_token["identitySource"] == "method.request.header.Authorization"
    assert access_token["authorizerResultTtlInSeconds"] == 0
    assert merged["manager"]["x-amazon-apigateway-authorizer"]["type"] == "request"
