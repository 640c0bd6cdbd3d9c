"""An integration of type mock: API Gateway itself answers, as the definition says."""

from collections.abc import Mapping
from typing import Any

from emulators.api_gateway.events import Event
from emulators.api_gateway.mapping import mapped


class MockIntegration:
    """Implements ``api_gateway.Function``. ``integration`` must have one response."""

    def __init__(self, integration: Mapping[str, Any]) -> None:
        [self._response] = integration["responses"].values()

    def __call__(self, event: Event) -> Any:
        request_id = event["requestContext"]["requestId"]
        headers = mapped("method.response.header.", self._response["responseParameters"], request_id)
        return {"statusCode": int(self._response["statusCode"]), "headers": dict(headers)}
