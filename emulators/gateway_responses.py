"""What API Gateway answers in place of the service: the gateway responses of the API's definition, rendered."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class GatewayResponse(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


class GatewayResponses:
    """The ``x-amazon-apigateway-gateway-responses`` of an API's definition, by response type."""

    def __init__(self, definitions: Mapping[str, Mapping[str, Any]]) -> None:
        self._definitions = definitions

    def render(self, response_type: str, request_id: str) -> GatewayResponse:
        definition = self._definitions[response_type]
        headers = {
            name.removeprefix("gatewayresponse.header."): value[1:-1]  # a constant stands in single quotes
            for name, value in definition["responseParameters"].items()
        }
        body = definition["responseTemplates"]["application/json"].replace("$context.requestId", request_id)
        return GatewayResponse(int(definition["statusCode"]), headers, body)
