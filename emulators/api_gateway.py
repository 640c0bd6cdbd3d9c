"""API Gateway on one machine: Chalice's local gateway, with the refusals of our API's definition instead of its own."""

import traceback
from typing import Any

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import (
    CustomLocalChalice,
    ForbiddenError,
    InvalidAuthorizerError,
    LocalChalice,
    LocalGateway,
    NotAuthorizedError,
)

from emulators.gateway_responses import GatewayResponses

Response = dict[str, Any]
"""What a Lambda function answers to API Gateway: statusCode, headers, multiValueHeaders, body, isBase64Encoded."""


class Gateway(LocalGateway):
    """Turns requests into events and calls the app. Never raises, and never repeats what a caller sent."""

    def __init__(self, app: Chalice, responses: GatewayResponses) -> None:
        # As chalice.local.create_local_server does: the app's current request becomes one per thread.
        CustomLocalChalice.__bases__ = (LocalChalice, app.__class__)
        app.__class__ = CustomLocalChalice
        super().__init__(app, Config.create())
        self._responses = responses

    def refuse(self, response_type: str, request_id: str | None = None) -> Response:
        """The gateway response of this type."""
        request_id = request_id or self._generate_lambda_context().aws_request_id
        status, headers, body = self._responses.render(response_type, request_id)
        return {"statusCode": status, "headers": headers, "multiValueHeaders": {}, "body": body}

    def handle_request(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Response:
        context = self._generate_lambda_context()
        try:
            event = self._generate_lambda_event(method, path, headers, body)
        except ValueError:
            return self.refuse("MISSING_AUTHENTICATION_TOKEN", context.aws_request_id)
        event["requestContext"]["requestId"] = context.aws_request_id
        if isinstance(event["body"], bytes):
            # In Lambda a body is text, whatever the client sent.
            event["body"] = event["body"].decode("utf-8", "replace")
        if method == "OPTIONS" and self._answers_preflight(event):
            return {
                "statusCode": 200,
                "headers": self._autogen_options_headers(event),
                "multiValueHeaders": {},
                "body": None,
            }
        try:
            event, context = self._authorizer.authorize(path, event, context)
        except Exception as error:  # noqa: BLE001  (whatever an authorizer raises must become an answer)
            return self.refuse(_refusal(error), context.aws_request_id)
        try:
            response: Response = self._app_object(event, context)
        except Exception:  # noqa: BLE001  (as must what the app raises)
            traceback.print_exc()
            return self.refuse("INTEGRATION_FAILURE", context.aws_request_id)
        return response

    def _answers_preflight(self, event: dict[str, Any]) -> bool:
        views = self._app_object.routes[event["requestContext"]["resourcePath"]]
        return "OPTIONS" not in views and any(view.cors for view in views.values())


def _refusal(error: Exception) -> str:
    match error:
        case NotAuthorizedError():
            return "UNAUTHORIZED"
        case ForbiddenError():
            return "ACCESS_DENIED"
        case InvalidAuthorizerError():
            return "AUTHORIZER_CONFIGURATION_ERROR"
        case _:
            traceback.print_exception(error)
            return "AUTHORIZER_FAILURE"
