"""What API Gateway asks the access token authorizer, by either type of event."""

from typing import Any

from chalice.app import AuthRequest

from chalicelib.oauth.protected_resource import ProtectedResourceRequest
from chalicelib.web.authorizer_requests import AuthorizerRequest, resource_request
from tests.support.authorizer_events import ARN, request_event
from tests.support.client_key import WHOAMI

ISSUER = "https://credentials.example.com"


def use_of(event: dict[str, Any], trusted_proxies: int = 0) -> ProtectedResourceRequest:
    return resource_request(AuthorizerRequest(event), ISSUER, trusted_proxies)


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


def test_a_token_event_shows_no_proof() -> None:
    use = resource_request(AuthRequest("TOKEN", "DPoP abc", ARN), ISSUER, 0)
    assert (use.scheme, use.token, use.proofs, use.address) == ("dpop", "abc", (), None)


def test_the_address_is_the_one_that_counts_here() -> None:
    event = request_event("Bearer abc")
    event["requestContext"]["identity"] = {"sourceIp": "192.0.2.1"}
    event["multiValueHeaders"]["X-Forwarded-For"] = ["203.0.113.9, 192.0.2.1"]
    assert (use_of(event).address, use_of(event, trusted_proxies=1).address) == ("192.0.2.1", "203.0.113.9")


def test_a_token_is_not_in_what_a_use_shows_of_itself() -> None:
    assert "abc" not in repr(use_of(request_event("DPoP abc")))
