"""Preflights: API Gateway answers OPTIONS by itself, as Chalice defines it. Here its answers get the request's id."""

from typing import Any

REQUEST_ID = "X-Request-Id"


def identify(body: dict[str, Any]) -> None:
    """Gives each answer of a mock integration in the API's definition the header that all other answers have."""
    for methods in body["paths"].values():
        for method in methods.values():
            integration = method["x-amazon-apigateway-integration"]
            if integration["type"] != "mock":
                continue
            for status, response in integration["responses"].items():
                response["responseParameters"][f"method.response.header.{REQUEST_ID}"] = "context.requestId"
                answered = method["responses"][response["statusCode"] if status == "default" else status]
                answered["headers"][REQUEST_ID] = {"type": "string"}
