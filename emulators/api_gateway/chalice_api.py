"""The app in this process as an API's functions, as it is behind API Gateway."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from chalice.app import Chalice
from chalice.local import CustomLocalChalice, LambdaContext, LocalChalice

from deploy.gateway_responses import point_to_metadata
from deploy.names import API
from deploy.resources import template
from emulators.api_gateway.events import Event
from emulators.api_gateway.gateway import ApiGateway, Authorizer, Function, Route
from emulators.api_gateway.gateway_responses import GatewayResponses
from emulators.http_server import HttpServer

_LONGEST_MS = 29_000
"""API Gateway waits no longer."""


def api_definition(issuer: str) -> dict[str, Any]:
    """What the template adds to the API's definition: its gateway responses, and the type of an authorizer."""
    definition: dict[str, Any] = template()["Resources"][API]["Properties"]["DefinitionBody"]
    point_to_metadata(definition, issuer)
    return definition


def app_server(app: Chalice, issuer: str, port: int = 0, log: TextIO | None = None) -> HttpServer:
    """The app on a socket, behind API Gateway. Raises OSError."""
    definition = api_definition(issuer)
    gateway = ApiGateway(ChaliceApi(app, definition), GatewayResponses(definition))
    return HttpServer(gateway.answer, port, refuse=gateway.refuse, log=log)


class ChaliceApi:
    """Implements ``api_gateway.Api``. ``definition``: what the template adds to Chalice's own."""

    def __init__(self, app: Chalice, definition: Mapping[str, Any]) -> None:
        # As chalice.local.create_local_server does: the app's current request becomes one per thread.
        if not isinstance(app, CustomLocalChalice):
            CustomLocalChalice.__bases__ = (LocalChalice, app.__class__)
            app.__class__ = CustomLocalChalice
        self._app = app
        self._authorizers = definition["securityDefinitions"]

    def paths(self) -> Iterable[str]:
        return self._app.routes

    def route(self, method: str, path: str) -> Route:
        """Never None: the app itself answers a method that it does not have."""
        views = self._app.routes[path]
        cors = next(filter(None, (view.cors for view in views.values())), None)
        if method == "OPTIONS" and method not in views and cors is not None:
            headers = {**cors.get_access_control_headers(), "Access-Control-Allow-Methods": ",".join([*views, method])}
            return Route(_preflight(headers))
        authorizer = views[method].authorizer if method in views else None
        if authorizer is None:
            return Route(_function(self._app))
        added = self._authorizers.get(authorizer.name, {}).get("x-amazon-apigateway-authorizer", {})
        return Route(_function(self._app), Authorizer(_function(authorizer), added.get("type", "token").upper()))


def _preflight(headers: Mapping[str, str]) -> Function:
    """As ``deploy.preflight`` completes API Gateway's own answer to a preflight."""
    return lambda event: {
        "statusCode": 200,
        "headers": {**headers, "X-Request-Id": event["requestContext"]["requestId"]},
    }


def _function(handler: Any) -> Function:
    def call(event: Event) -> Any:
        context = LambdaContext("local", 1769, _LONGEST_MS)
        # An authorizer of type TOKEN gets no id.
        context.aws_request_id = event.get("requestContext", {}).get("requestId", context.aws_request_id)
        return handler(event, context)

    return call
