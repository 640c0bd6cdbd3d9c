"""API Gateway's REST API: finds a method, asks its authorizer, and calls the function behind it, or refuses."""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

from emulators.api_gateway.events import API_ID, STAGE, Event, proxy_event, response_of
from emulators.api_gateway.gateway_responses import GatewayResponses
from emulators.api_gateway.mapping import NO_CONTEXT
from emulators.cloudformation import ACCOUNT, REGION
from emulators.http_server import Request, Response

Function = Callable[[Event], Any]
"""Takes an event, gives its answer; whatever it raises is a failure of the function."""


class Authorizer(NamedTuple):
    """``type``: TOKEN sees the Authorization header alone, REQUEST the whole event."""

    function: Function
    type: str


class Route(NamedTuple):
    function: Function
    authorizer: Authorizer | None = None


class Api(Protocol):
    def paths(self) -> Iterable[str]:
        """``{name}`` in a path is a parameter."""
        ...

    def route(self, method: str, path: str) -> Route | None:
        """What is behind a method of one of the paths; None where the API has no such method."""
        ...


class Match(NamedTuple):
    path: str
    parameters: dict[str, str]


def match(paths: Iterable[str], path: str) -> Match | None:
    """The path of the API that a request's path fits, best one without parameters; their values as they were sent."""
    stripped = path.rstrip("/") or "/"
    for template in sorted(paths, key=lambda template: template.count("{")):
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), stripped)
        if found:
            return Match(template, found.groupdict())
    return None


class ApiGateway:
    def __init__(self, api: Api, responses: GatewayResponses, source_ip: str = "127.0.0.1") -> None:
        self._api = api
        self._responses = responses
        self._source_ip = source_ip

    def answer(self, request: Request) -> Response:
        """Never raises, and never repeats what a caller sent."""
        found = match(self._api.paths(), request.path)
        route = None if found is None else self._api.route(request.method, found.path)
        if found is None or route is None:
            return self._responses.render("MISSING_AUTHENTICATION_TOKEN", str(uuid4()))
        event = proxy_event(
            request.method,
            request.target,
            request.headers,
            request.body.decode("utf-8", "replace") or None,  # a body is text, whatever the client sent
            resource=found.path,
            path_parameters=found.parameters,
            source_ip=self._source_ip,
        )
        context = NO_CONTEXT
        try:
            refusal = "AUTHORIZER_FAILURE"
            if route.authorizer is not None:
                event["requestContext"]["authorizer"] = _authorize(route.authorizer, event, request)
            refusal = "INTEGRATION_FAILURE"
            return response_of(route.function(event))
        except _Refused as refused:
            refusal, context = refused.response_type, refused.context
        except Exception:  # noqa: BLE001  (whatever a function raises must become an answer)
            traceback.print_exc()
        return self._responses.render(refusal, event["requestContext"]["requestId"], context)

    def refuse(self, status: int) -> Response:
        """What never becomes an event: no HTTP (400), or a body over the quota (413)."""
        return self._responses.render("REQUEST_TOO_LARGE" if status == 413 else "DEFAULT_4XX", str(uuid4()))


class _Refused(Exception):
    def __init__(self, response_type: str, context: Mapping[str, Any] = NO_CONTEXT) -> None:
        super().__init__(response_type)
        self.response_type = response_type
        self.context = context


def _authorize(authorizer: Authorizer, event: Event, request: Request) -> dict[str, Any]:
    """The context that the authorizer gives to the function. Raises _Refused."""
    token = request.header("authorization")
    if not token:
        raise _Refused("UNAUTHORIZED")
    arn = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{API_ID}/{STAGE}/{request.method}{request.path}"
    asked = event if authorizer.type == "REQUEST" else {"authorizationToken": token}
    answer = authorizer.function(asked | {"type": authorizer.type, "methodArn": arn})
    if answer is None:
        raise _Refused("AUTHORIZER_CONFIGURATION_ERROR")
    if not any(_allows(statement, arn) for statement in answer["policyDocument"]["Statement"]):
        raise _Refused("ACCESS_DENIED", answer.get("context", {}))
    return {"principalId": answer["principalId"], **answer.get("context", {})}


def _allows(statement: dict[str, Any], arn: str) -> bool:
    resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
    patterns = [re.escape(resource).replace(r"\*", ".*") for resource in resources]
    return statement["Effect"] == "Allow" and any(re.fullmatch(pattern, arn) for pattern in patterns)
