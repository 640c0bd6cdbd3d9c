"""Where a request comes from: the address that counts, which nobody but its sender and our own proxies can choose."""

from collections.abc import Mapping
from typing import Any

from chalicelib.credentials.allowed_addresses import read_address
from chalicelib.web.request import header_values


def client_address(event: Mapping[str, Any], trusted_proxies: int) -> str | None:
    """The client's address in an event of API Gateway, in canonical form; None where it cannot be told.

    ``trusted_proxies``: how many of the operator's own stand before API Gateway. Each of them, and API Gateway, appends
    to X-Forwarded-For the address that it was called from. What stands before those entries is the client's own word.
    """
    if trusted_proxies == 0:
        source = event.get("requestContext", {}).get("identity", {}).get("sourceIp", "")
    else:
        entries = ",".join(header_values(event, "x-forwarded-for")).split(",")
        source = entries[-1 - trusted_proxies].strip() if len(entries) > trusted_proxies else ""
    address = read_address(str(source))
    return None if address is None else str(address)
