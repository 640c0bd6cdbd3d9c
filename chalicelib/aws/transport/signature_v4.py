"""AWS Signature Version 4 for what the JSON protocols send: a POST to ``/`` without a query.

``botocore.auth.SigV4Auth`` signs anything, and takes 15 times as long for this; the tests hold this one to it.
"""

import hashlib
import hmac
import time
from collections.abc import Callable

from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.clock import Clock


class Signer:
    """Signs requests to one service in one region. The provider is asked every time: credentials are short-lived."""

    def __init__(
        self,
        service: str,
        region: str,
        credentials: Callable[[], AwsCredentials],
        clock: Clock = time.time,
    ) -> None:
        self._scope = f"{region}/{service}/aws4_request"
        self._credentials = credentials
        self._clock = clock
        self._derived: tuple[tuple[str, str], bytes] = ("", ""), b""

    def signed(self, host: str, headers: dict[str, str], body: bytes) -> dict[str, str]:
        """The headers with Host, the time, the session token and the signature; names must be in lower case."""
        credentials = self._credentials()
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(self._clock()))
        date = moment[:8]
        headers = {**headers, "host": host, "x-amz-date": moment}
        if credentials.session_token is not None:
            headers["x-amz-security-token"] = credentials.session_token
        names = ";".join(sorted(headers))
        canonical = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        request = f"POST\n/\n\n{canonical}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        scope = f"{date}/{self._scope}"
        text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.digest(self._key(credentials.secret_access_key, date), text.encode(), "sha256").hex()
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{scope}, "
            f"SignedHeaders={names}, Signature={signature}"
        )
        return headers

    def _key(self, secret: str, date: str) -> bytes:
        """The signing key of a day: the same for all its requests."""
        made_for, key = self._derived
        if made_for != (secret, date):
            key = f"AWS4{secret}".encode()
            for part in (date, *self._scope.split("/")):
                key = hmac.digest(key, part.encode(), "sha256")
            self._derived = (secret, date), key
        return key
