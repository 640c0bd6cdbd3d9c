"""The id that a request has in API Gateway's logs, in ours, and in what we answer."""

from chalice.app import Request


def request_id(request: Request) -> str:
    """API Gateway's id; the function's own where a request did not come through one."""
    return str(request.context.get("requestId") or getattr(request.lambda_context, "aws_request_id", ""))
