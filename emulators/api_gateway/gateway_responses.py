"""What API Gateway answers in place of the service: the gateway responses of the API's definition, rendered."""

from collections.abc import Mapping
from typing import Any

from emulators.http_server import Response


class GatewayResponses:
    """By response type. ``definition`` is the API's, in OpenAPI 2.0 with API Gateway's extensions."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self._responses: dict[str, dict[str, Any]] = definition["x-amazon-apigateway-gateway-responses"]

    def render(self, response_type: str, request_id: str) -> Response:
        response = self._responses[response_type]
        headers = [
            (name.removeprefix("gatewayresponse.header."), value[1:-1])  # a constant stands in single quotes
            for name, value in response["responseParameters"].items()
        ]
        body = response["responseTemplates"]["application/json"].replace("$context.requestId", request_id)
        return Response(int(response["statusCode"]), headers, body.encode())
