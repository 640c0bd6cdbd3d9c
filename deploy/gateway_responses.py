"""What API Gateway answers in place of the service, in the service's own words: as ``error_response`` renders them."""

import json
from typing import Any

from chalicelib.errors import (
    InternalError,
    InvalidRequest,
    InvalidToken,
    Refusal,
    Throttled,
    TokenRequired,
    Unavailable,
    UnsupportedMediaType,
)
from chalicelib.web.authorizer_responses import CHALLENGE
from chalicelib.web.cors import ANY_ORIGIN
from chalicelib.web.error_response import PROBLEM, challenge

_REQUEST_ID = "$context.requestId"
"""API Gateway puts the request's id here."""


class NoSuchEndpoint(Refusal):
    status, code, title = 404, "not_found", "No such endpoint"
    detail = "There is no endpoint with this method and path."


class NotLetThrough(Refusal):
    """By a web ACL, or by an API key, that an operator put in front."""

    status, code, title = 403, "request_blocked", "The request was not let through"
    detail = "A rule in front of this service refuses the request."


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


def point_to_metadata(definition: dict[str, Any], issuer: str) -> None:
    """Has the challenge to a request without a token name the metadata of ``issuer``, in an API's definition.

    Here, since no authorizer is asked then. It is one answer for all routes, also for those of console users.
    """
    headers = definition["x-amazon-apigateway-gateway-responses"]["UNAUTHORIZED"]["responseParameters"]
    headers["gatewayresponse.header.WWW-Authenticate"] = f"'{challenge(TokenRequired(), issuer)}'"


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
        # No method here is authorized by IAM: API Gateway looks for a signature only where it knows no such path.
        "EXPIRED_TOKEN": NoSuchEndpoint(),
        "INTEGRATION_FAILURE": NoUsableAnswer(),
        "INTEGRATION_TIMEOUT": NoAnswerInTime(),
        "INVALID_API_KEY": NotLetThrough(),
        "INVALID_SIGNATURE": NoSuchEndpoint(),
        "MISSING_AUTHENTICATION_TOKEN": NoSuchEndpoint(),
        "QUOTA_EXCEEDED": QuotaExceeded(),
        "REQUEST_TOO_LARGE": RequestTooLarge(),
        "RESOURCE_NOT_FOUND": NoSuchEndpoint(),
        "THROTTLED": Throttled(),
        "UNAUTHORIZED": TokenRequired(),
        "UNSUPPORTED_MEDIA_TYPE": UnsupportedMediaType(),
        "WAF_FILTERED": NotLetThrough(),
    }
    definitions = {
        response_type: _default(refusal) if response_type.startswith("DEFAULT_") else _definition(refusal)
        for response_type, refusal in refusals.items()
    }
    # The authorizer alone knows whether there was a token to call bad (RFC 6750 §3.1).
    definitions["ACCESS_DENIED"]["responseParameters"] |= {
        "gatewayresponse.header.WWW-Authenticate": f"context.authorizer.{CHALLENGE}"
    }
    return definitions


def _default(refusal: Refusal) -> dict[str, Any]:
    """Without a status, here and in the body (RFC 9457 §3.1.2): API Gateway would give it to every other type."""
    definition = _definition(refusal)
    del definition["statusCode"]
    body = json.loads(definition["responseTemplates"]["application/json"])
    del body["status"]
    definition["responseTemplates"] = {"application/json": json.dumps(body)}
    return definition


def _definition(refusal: Refusal) -> dict[str, Any]:
    answer = PROBLEM.render(refusal, _REQUEST_ID)
    headers = {
        **answer.headers,
        "Access-Control-Allow-Origin": ANY_ORIGIN.allow_origin,
        "Access-Control-Expose-Headers": ANY_ORIGIN.get_access_control_headers()["Access-Control-Expose-Headers"],
    }
    # A constant stands in single quotes.
    constants = {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()}
    return {
        "statusCode": str(refusal.status),
        "responseParameters": {**constants, "gatewayresponse.header.X-Request-Id": "context.requestId"},
        "responseTemplates": {"application/json": answer.body},
    }
