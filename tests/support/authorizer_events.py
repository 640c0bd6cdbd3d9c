"""What API Gateway sends to the access token authorizer."""

from typing import Any

ARN = "arn:aws:execute-api:eu-central-1:123456789012:abcdef/prod/GET/v1/whoami"
DEFAULT_DOMAIN = "abcdef.execute-api.eu-central-1.amazonaws.com"


def request_event(token: str, domain: str = DEFAULT_DOMAIN, **more: Any) -> dict[str, Any]:
    """As API Gateway sends it to an authorizer of type REQUEST; the client called through the stage ``prod``."""
    return {
        "type": "REQUEST",
        "methodArn": ARN,
        "resource": "/v1/whoami",
        "path": "/v1/whoami",
        "httpMethod": "GET",
        "headers": {"Authorization": token},
        "multiValueHeaders": {"Authorization": [token]},
        "requestContext": {
            "path": "/prod/v1/whoami",
            "stage": "prod",
            "domainName": domain,
            "httpMethod": "GET",
            "apiId": "abcdef",
        },
    } | more
