"""The keys that the vendor's OpenID Connect provider signs with, fetched from it and kept for a while."""

import http.client
import json
import logging
import time
import urllib.request
from threading import Lock
from typing import Any, NamedTuple

import jwt

from chalicelib import deadline
from chalicelib.clock import Ages, Moment
from chalicelib.errors import InvalidToken, Unavailable
from chalicelib.settings import OidcSettings

_log = logging.getLogger(__name__)
_TIMEOUT = 3.0
"""Seconds for one document."""
_LIFETIME = 300
"""Seconds for which a key set is used."""
_COOLDOWN = 30
"""Seconds after a fetch in which an unknown kid is not looked for again: anybody can make kids up."""
_LARGEST = 1_000_000
"""Bytes of a document."""
_FAILURES = (
    OSError,  # no connection, a time-out, a reset, a status that is not 200
    http.client.HTTPException,  # what is no HTTP, or ends early
    ValueError,  # no JSON, or not what was asked for
    KeyError,  # a document without what it is for
    RecursionError,
    jwt.PyJWTError,  # no key that could verify anything
)


class _KeySet(NamedTuple):
    keys: dict[str, jwt.PyJWK]
    fetched_at: Moment


class IdentityProviderKeys:
    """Signing keys by their ``kid``. Safe to share between threads."""

    def __init__(self, settings: OidcSettings, ages: Ages | None = None) -> None:
        self._settings = settings
        self._ages = ages or Ages(time.time)
        self._lock = Lock()
        self._url = settings.jwks_url
        self._key_set: _KeySet | None = None

    def get(self, kid: str) -> jwt.PyJWK:
        """The key of this ``kid``. Raises InvalidToken where the provider has none, Unavailable where it fails."""
        with self._lock:
            found = self._key_set
            if found is None or self._ages.age(found.fetched_at) >= (_LIFETIME if kid in found.keys else _COOLDOWN):
                found = self._key_set = self._fetched()
        if kid not in found.keys:
            raise InvalidToken("kid is not a key of the identity provider")
        return found.keys[kid]

    def _fetched(self) -> _KeySet:
        fetched_at = self._ages.now()
        try:
            if self._url is None:
                self._url = self._discovered_url()
            return _KeySet(_signing_keys(_document(self._url)), fetched_at)
        except _FAILURES as error:
            # The metric goes by "identity_provider".
            failure = {"identity_provider": "failed", "identity_provider_error": type(error).__name__}
            _log.warning("the identity provider's keys cannot be fetched", extra=failure, exc_info=True)
            raise Unavailable from error

    def _discovered_url(self) -> str:
        """OpenID Connect Discovery §4: the document must be of the very issuer it was asked of."""
        document = _document(f"{self._settings.issuer}/.well-known/openid-configuration")
        if document["issuer"] != self._settings.issuer:
            raise ValueError("the discovery document is of another issuer")
        return str(document["jwks_uri"])


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """OpenID Connect Discovery §4.2: the answer is a 200. A redirect could lead past TLS."""

    def redirect_request(self, *_: object) -> None:
        return None


def _document(url: str) -> dict[str, Any]:
    """The JSON object at a URL, whole before the request's time is up. Raises one of _FAILURES."""
    if not url.startswith(("https://", "http://")):
        raise ValueError("the identity provider names a URL that is not http")
    request = deadline.current()
    end = time.monotonic() + min(_TIMEOUT, _TIMEOUT if request is None else request.remaining())
    body = b""
    opener = urllib.request.build_opener(_NoRedirects)
    with opener.open(url, timeout=max(0.001, end - time.monotonic())) as answer:
        while piece := answer.read1(65_536):
            body += piece
            if time.monotonic() > end or len(body) > _LARGEST:
                raise ValueError("the document does not end")
        if answer.length:
            raise http.client.IncompleteRead(body, answer.length)
    document = json.loads(body)
    if not isinstance(document, dict):
        raise ValueError("the document is no JSON object")
    return document


def _signing_keys(document: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """RFC 7517 §4.2: those for signatures, or without a ``use``; each must have a name."""
    keys = jwt.PyJWKSet.from_dict(document).keys
    named = {key.key_id: key for key in keys if isinstance(key.key_id, str) and key.public_key_use in (None, "sig")}
    if not named:
        raise ValueError("the identity provider publishes no key to verify with")
    return named
