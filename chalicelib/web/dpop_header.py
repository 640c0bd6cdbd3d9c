"""The DPoP header of a request (RFC 9449 §4.1)."""

from collections.abc import Mapping
from typing import Any


def dpop_proofs(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Every value of it in an API Gateway event: more than one is a fault (§4.3), which ``headers`` would hide."""
    many = event.get("multiValueHeaders") or {}
    values = [str(value) for name, values in many.items() if name.lower() == "dpop" for value in values]
    if values:
        return tuple(values)
    headers = event.get("headers") or {}
    return tuple(str(value) for name, value in headers.items() if name.lower() == "dpop")
