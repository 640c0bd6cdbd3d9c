"""AWS Signature Version 4 for what the JSON protocols send: a POST to ``/`` without a query.

``botocore.auth.SigV4Auth`` signs anything, and takes 15 times as long for this; the tests hold this one to it.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import NamedTuple

from chalicelib.clock import Clock


class AwsKeys(NamedTuple):
    """AWS credentials as they are at this moment. ``session_token`` is None for those of a user."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None

    def __repr__(self) -> str:
        return f"AwsKeys({self.access_key_id!r})"


class Signer:
    """Signs requests to one service in one region. ``keys`` is asked every time: AWS credentials are short-lived."""

    def __init__(self, service: str, region: str, keys: Callable[[], AwsKeys], clock: Clock = time.time) -> None:
        self._service = service
        self._region = region
        self._keys = keys
        self._clock = clock
        self._derived: tuple[tuple[str, str], bytes] = ("", ""), b""

    def signed(self, host: str, headers: dict[str, str], body: bytes) -> dict[str, str]:
        """The headers with Host, the time, the session token and the signature; names must be in lower case."""
        keys = self._keys()
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(self._clock()))
        date = moment[:8]
        headers = {**headers, "host": host, "x-amz-date": moment}
        if keys.session_token is not None:
            headers["x-amz-security-token"] = keys.session_token
        names = ";".join(sorted(headers))
        canonical = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        request = f"POST\n/\n\n{canonical}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        scope = f"{date}/{self._region}/{self._service}/aws4_request"
        digest = hashlib.sha256(request.encode()).hexdigest()
        signature = hmac.digest(
            self._key(keys.secret_access_key, date), f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{digest}".encode(), "sha256"
        ).hex()
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={keys.access_key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
        return headers

    def _key(self, secret: str, date: str) -> bytes:
        """The signing key of a day: the same for all its requests."""
        made_for, key = self._derived
        if made_for != (secret, date):
            key = f"AWS4{secret}".encode()
            for part in (date, self._region, self._service, "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            self._derived = (secret, date), key
        return key
