"""What API Gateway answers in place of the service, in the service's own words: as ``error_response`` renders them."""

from typing import Any

from chalicelib.errors import (
    InternalError,
    InvalidRequest,
    InvalidToken,
    Refusal,
    Throttled,
    TokenRequired,
    Unavailable,
)
from chalicelib.web.error_response import PROBLEM

_REQUEST_ID = "$context.requestId"
"""API Gateway puts the request's id here."""


class NoSuchEndpoint(Refusal):
    status, code, title = 404, "not_found", "No such endpoint"
    detail = "There is no endpoint with this method and path."


class RequestTooLarge(Refusal):
    status, code, title = 413, "request_too_large", "The request is too large"
    detail = "The body of the request is over 10 MB."


class QuotaExceeded(Refusal):
    status, code, title = 429, Throttled.code, Throttled.title
    detail = "The quota of this period is used up."
    retry_after = 3600


class NoUsableAnswer(Refusal):
    status, code, title = 502, Unavailable.code, "No usable answer"
    detail = "The service gave no usable answer. Try again in a moment."


class NoAnswerInTime(Refusal):
    status, code, title = 504, Unavailable.code, "No answer in time"
    detail = "The service did not answer in time. Whether a change took effect is unknown."


def gateway_responses() -> dict[str, dict[str, Any]]:
    """By API Gateway's response type, as the extension ``x-amazon-apigateway-gateway-responses`` has them."""
    refusals = {
        "ACCESS_DENIED": InvalidToken(),
        "API_CONFIGURATION_ERROR": InternalError(),
        # An authorizer that fails says nothing of the token: the caller keeps it, and tries again.
        "AUTHORIZER_CONFIGURATION_ERROR": Unavailable(),
        "AUTHORIZER_FAILURE": Unavailable(),
        "BAD_REQUEST_BODY": InvalidRequest("The body of the request could not be read."),
        "BAD_REQUEST_PARAMETERS": InvalidRequest("A parameter of the request could not be read."),
        "DEFAULT_4XX": InvalidRequest(
            "The request could not be read, or there is no endpoint with this method and path."
        ),
        "DEFAULT_5XX": InternalError(),
        "INTEGRATION_FAILURE": NoUsableAnswer(),
        "INTEGRATION_TIMEOUT": NoAnswerInTime(),
        "MISSING_AUTHENTICATION_TOKEN": NoSuchEndpoint(),  # what API Gateway calls a path that it does not know
        "QUOTA_EXCEEDED": QuotaExceeded(),
        "REQUEST_TOO_LARGE": RequestTooLarge(),
        "RESOURCE_NOT_FOUND": NoSuchEndpoint(),
        "THROTTLED": Throttled(),
        "UNAUTHORIZED": TokenRequired(),
    }
    return {response_type: _definition(refusal) for response_type, refusal in refusals.items()}


def _definition(refusal: Refusal) -> dict[str, Any]:
    answer = PROBLEM.render(refusal, _REQUEST_ID)
    headers = {**answer.headers, "Access-Control-Allow-Origin": "*"}
    return {
        "statusCode": str(refusal.status),
        # A constant stands in single quotes.
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()},
        "responseTemplates": {"application/json": answer.body},
    }
