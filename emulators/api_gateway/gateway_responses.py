"""What API Gateway answers in place of the service: the gateway responses of the API's definition, rendered."""

from collections.abc import Mapping
from typing import Any

from emulators.api_gateway.mapping import NO_CONTEXT, mapped
from emulators.http_server import Response

_DEFAULT_STATUS = {"DEFAULT_4XX": 400, "DEFAULT_5XX": 500}
"""Of a default gateway response whose definition names no status, where the caller does not say which it was."""


class GatewayResponses:
    """By response type. ``definition`` is the API's, in OpenAPI 2.0 with API Gateway's extensions."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self._responses: dict[str, dict[str, Any]] = definition["x-amazon-apigateway-gateway-responses"]

    def render(self, response_type: str, request_id: str, authorizer: Mapping[str, Any] = NO_CONTEXT) -> Response:
        """``authorizer`` is the context that an authorizer gave with its refusal."""
        response = self._responses[response_type]
        headers = mapped("gatewayresponse.header.", response["responseParameters"], request_id, authorizer)
        body = response["responseTemplates"]["application/json"].replace("$context.requestId", request_id)
        status = response.get("statusCode") or _DEFAULT_STATUS[response_type]
        return Response(int(status), headers, body.encode())
