"""AWS Signature Version 4 for what the JSON protocols send: a POST to ``/`` without a query.

``botocore.auth.SigV4Auth`` signs anything, and takes 15 times as long for this; the tests hold this one to it.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.clock import Clock


class Signer(NamedTuple):
    """Signs requests to one service in one region. The provider is asked every time: credentials are short-lived."""

    service: str
    region: str
    credentials_provider: Callable[[], AwsCredentials]
    clock: Clock = time.time

    def signed(self, host: str, headers: dict[str, str], body: bytes) -> dict[str, str]:
        """The headers with Host, the time, the session token and the signature; names must be in lower case."""
        credentials = self.credentials_provider()
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(self.clock()))
        date = moment[:8]
        headers = {**headers, "host": host, "x-amz-date": moment}
        if credentials.session_token is not None:
            headers["x-amz-security-token"] = credentials.session_token
        names = ";".join(sorted(headers))
        canonical = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        request = f"POST\n/\n\n{canonical}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        scope = f"{date}/{self.region}/{self.service}/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.digest(_signing_key(credentials.secret_access_key, scope), text.encode(), "sha256").hex()
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{scope}, "
            f"SignedHeaders={names}, Signature={signature}"
        )
        return headers


@lru_cache(maxsize=4)
def _signing_key(secret: str, scope: str) -> bytes:
    """The key of a day: the same for all requests to a service."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
