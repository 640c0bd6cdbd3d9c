"""Reads API Gateway's requests to the authorizers."""

from collections.abc import Mapping
from typing import Any

from chalice.app import AuthRequest, ChaliceAuthorizer

from chalicelib.oauth.protected_resource import ProtectedResourceRequest
from chalicelib.web.client_address import client_address
from chalicelib.web.request import dpop_proofs

_DEFAULT_DOMAIN = ".amazonaws.com"


class AuthorizerRequest(AuthRequest):
    """An authorizer's request, with the event it came in."""

    def __init__(self, event: Mapping[str, Any]) -> None:
        super().__init__(event["type"], _authorization(event), event["methodArn"])
        self.event = event


class RequestAuthorizer(ChaliceAuthorizer):
    """An authorizer of type REQUEST, which sees every header. Chalice's own reads nothing but Authorization.

    It answers events of type TOKEN as well: they have no DPoP proof, so it refuses bound tokens there.
    """

    def _transform_event(self, event: dict[str, Any]) -> AuthorizerRequest:
        return AuthorizerRequest(event)


def as_request_authorizer(authorizer: ChaliceAuthorizer) -> RequestAuthorizer:
    """The same authorizer, as one of type REQUEST. ``deploy.resources`` tells API Gateway its type."""
    as_request = RequestAuthorizer(authorizer.name, authorizer.func, authorizer.scopes)
    as_request.config = authorizer.config
    return as_request


def resource_request(request: AuthRequest, issuer: str, trusted_proxies: int) -> ProtectedResourceRequest:
    """How the request presents its access token, and where it comes from: ``client_address``.

    ``issuer``: this service's URL, as its clients know it.
    """
    scheme, _, token = request.token.partition(" ")
    event = request.event if isinstance(request, AuthorizerRequest) else {}
    return ProtectedResourceRequest(
        scheme=scheme.lower(),
        token=token.strip(),
        method=_method(event),
        url=_called_url(event, issuer),
        proofs=dpop_proofs(event),
        address=client_address(event, trusted_proxies),
    )


def _authorization(event: Mapping[str, Any]) -> str:
    if "authorizationToken" in event:
        return str(event["authorizationToken"])
    headers = event.get("headers") or {}
    return next((str(value) for name, value in headers.items() if name.lower() == "authorization"), "")


def _method(event: Mapping[str, Any]) -> str:
    return str(event.get("requestContext", {}).get("httpMethod", ""))


def _called_url(event: Mapping[str, Any], issuer: str) -> str:
    """The event has the URL of a custom domain. On API Gateway's default domain, clients know the service by ISSUER."""
    context = event.get("requestContext", {})
    domain = str(context.get("domainName", ""))
    if domain and not domain.endswith(_DEFAULT_DOMAIN):
        return f"https://{domain}{context.get('path', '')}"
    return f"{issuer}{event.get('path', context.get('path', ''))}"
