"""What API Gateway asks the access token authorizer, by either type of event."""

from collections import defaultdict
from typing import Any

import pytest
from chalice.app import AuthRequest
from chalice.deploy.swagger import SwaggerGenerator
from chalice.package import TemplateDeepMerger

import app
from chalicelib.errors import InvalidToken
from chalicelib.oauth.protected_resource import ProtectedResourceRequest
from chalicelib.web.authorizer_requests import SeenRequest, resource_request
from chalicelib.web.request import dpop_proofs
from deploy.resources import template
from tests.support.api_client import Api, basic
from tests.support.client_key import WHOAMI, ClientKey

ISSUER = "https://credentials.example.com"
ARN = "arn:aws:execute-api:eu-central-1:123456789012:abcdef/prod/GET/v1/whoami"
DEFAULT_DOMAIN = "abcdef.execute-api.eu-central-1.amazonaws.com"


def request_event(
    token: str, domain: str = "abcdef.execute-api.eu-central-1.amazonaws.com", **more: Any
) -> dict[str, Any]:
    """As API Gateway sends it to an authorizer of type REQUEST; the client called through the stage ``prod``."""
    return {
        "type": "REQUEST",
        "methodArn": ARN,
        "resource": "/v1/whoami",
        "path": "/v1/whoami",
        "httpMethod": "GET",
        "headers": {"Authorization": token},
        "multiValueHeaders": {"Authorization": [token]},
        "requestContext": {
            "path": "/prod/v1/whoami",
            "stage": "prod",
            "domainName": domain,
            "httpMethod": "GET",
            "apiId": "abcdef",
        },
    } | more


def use_of(event: dict[str, Any]) -> ProtectedResourceRequest:
    return resource_request(SeenRequest(event), ISSUER)


def test_the_url_behind_a_default_domain_is_the_issuers() -> None:
    assert use_of(request_event("DPoP x")).url == WHOAMI


def test_a_custom_domain_names_the_api_that_was_called() -> None:
    event = request_event("DPoP x", "api.example.com")
    event["requestContext"]["path"] = "/base/v1/whoami"
    assert use_of(event).url == "https://api.example.com/base/v1/whoami"


def test_a_domain_that_only_looks_like_a_default_one_names_itself() -> None:
    assert use_of(request_event("DPoP x", "amazonaws.com.evil.example")).url.startswith("https://amazonaws.com.evil")


def test_the_scheme_and_the_token_are_told_apart() -> None:
    use = use_of(request_event("dPoP  abc "))
    assert (use.scheme, use.token, use.method) == ("dpop", "abc", "GET")


def test_every_dpop_header_is_seen() -> None:
    assert dpop_proofs({"headers": {"DPoP": "b"}, "multiValueHeaders": {"dpop": ["a", "b"]}}) == ("a", "b")
    assert dpop_proofs({"headers": {"dpop": "a"}, "multiValueHeaders": None}) == ("a",)
    assert dpop_proofs({"headers": None}) == ()


def test_a_token_event_shows_no_proof() -> None:
    use = resource_request(AuthRequest("TOKEN", "DPoP abc", ARN), ISSUER)
    assert (use.scheme, use.token, use.proofs) == ("dpop", "abc", ())


def test_a_token_is_not_in_what_a_use_shows_of_itself() -> None:
    assert "abc" not in repr(use_of(request_event("DPoP abc")))


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
    assert api.zones.oauth.protected_resource.authorize(use)
    caching = api.restart(ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS="1").oauth.protected_resource
    with pytest.raises(InvalidToken):
        caching.authorize(use)


@pytest.mark.parametrize("headers", [None, {}, {"Authorization": ""}, {"Authorization": "Bearer"}])
def test_an_event_without_a_token_is_denied(api: Api, headers: dict[str, str] | None) -> None:
    assert not allowed(request_event("", headers=headers))


def test_the_packaged_authorizer_is_of_type_request() -> None:
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
    assert merged["console_user"]["x-amazon-apigateway-authorizer"]["type"] == "token"
