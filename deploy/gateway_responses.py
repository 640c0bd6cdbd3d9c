"""What API Gateway answers in place of the service, in the service's own words: as ``error_response`` renders them."""

from typing import Any

from chalicelib.errors import InternalError, InvalidRequest, InvalidToken, Refusal, Unavailable
from chalicelib.web.error_response import problem

_REQUEST_ID = "$context.requestId"
"""API Gateway puts the request's id here."""


class TokenRequired(Refusal):
    """RFC 6750 §3."""

    status = 401
    code = "token_required"
    title = "A token is required"


class NoSuchEndpoint(Refusal):
    status = 404
    code = "not_found"
    title = "No such endpoint"


class RequestTooLarge(Refusal):
    status = 413
    code = "request_too_large"
    title = "The request is too large"


class Throttled(Refusal):
    status = 429
    code = "too_many_requests"
    title = "Too many requests"
    retry_after = 1


class QuotaExceeded(Refusal):
    status = 429
    code = Throttled.code
    title = Throttled.title
    retry_after = 3600


class NoUsableAnswer(Refusal):
    status = 502
    code = Unavailable.code
    title = "No usable answer"


class NoAnswerInTime(Refusal):
    status = 504
    code = Unavailable.code
    title = "No answer in time"


def gateway_responses() -> dict[str, dict[str, Any]]:
    """By API Gateway's response type, as the extension ``x-amazon-apigateway-gateway-responses`` has them."""
    # A text that one refusal alone has becomes its class's ``detail`` as soon as refusals have theirs there.
    not_let_in = InvalidToken("The bearer token is malformed, expired or revoked, or was not issued for this service.")
    no_such_endpoint = NoSuchEndpoint("There is no endpoint with this method and path.")
    refusals = {
        "ACCESS_DENIED": not_let_in,
        "API_CONFIGURATION_ERROR": InternalError(),
        "AUTHORIZER_CONFIGURATION_ERROR": InternalError(),
        "AUTHORIZER_FAILURE": InternalError(),
        "BAD_REQUEST_BODY": InvalidRequest("The body of the request could not be read."),
        "BAD_REQUEST_PARAMETERS": InvalidRequest("A parameter of the request could not be read."),
        "DEFAULT_4XX": InvalidRequest(
            "The request could not be read, or there is no endpoint with this method and path."
        ),
        "DEFAULT_5XX": InternalError(),
        "INTEGRATION_FAILURE": NoUsableAnswer("The service gave no usable answer. Try again in a moment."),
        "INTEGRATION_TIMEOUT": NoAnswerInTime(
            "The service did not answer in time. Whether a change took effect is unknown."
        ),
        "MISSING_AUTHENTICATION_TOKEN": no_such_endpoint,  # what API Gateway calls a path that it does not know
        "QUOTA_EXCEEDED": QuotaExceeded("The quota of this period is used up."),
        "REQUEST_TOO_LARGE": RequestTooLarge("The body of the request is over 10 MB."),
        "RESOURCE_NOT_FOUND": no_such_endpoint,
        "THROTTLED": Throttled("Requests come too fast. Try again in a moment."),
        "UNAUTHORIZED": TokenRequired("Send a token in the header Authorization: Bearer."),
    }
    return {response_type: _definition(refusal) for response_type, refusal in refusals.items()}


def _definition(refusal: Refusal) -> dict[str, Any]:
    answer = problem(refusal, _REQUEST_ID)
    headers = {**answer.headers, "Access-Control-Allow-Origin": "*"}
    if isinstance(refusal, TokenRequired):
        headers["WWW-Authenticate"] = "Bearer"
    return {
        "statusCode": str(refusal.status),
        # A constant stands in single quotes.
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()},
        "responseTemplates": {"application/json": answer.body},
    }
