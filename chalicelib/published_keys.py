"""Keys that somebody else signs with and publishes: fetched when they are needed, and kept for a while."""

import http.client
import json
import logging
import time
import urllib.request
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from chalicelib import deadline
from chalicelib.clock import Ages, Moment
from chalicelib.errors import Unavailable

_log = logging.getLogger(__name__)
_TIMEOUT = 3.0
"""Seconds for one document."""
_LARGEST = 1_000_000
"""Bytes of a document."""
_FAILURES = (
    OSError,  # no connection, a time-out, a reset, a status that is not 200
    http.client.HTTPException,  # what is no HTTP, or ends early
    ValueError,  # no JSON, or not what was asked for
    KeyError,  # a document without what it is for
    TypeError,
    RecursionError,
)
"""What ``fetch`` of PublishedKeys may raise where the publisher fails."""
Key = TypeVar("Key")


class Freshness(NamedTuple):
    """For how many seconds a key set, or a failure to fetch it, is good."""

    lifetime: float
    """For a key that is in it."""
    cooldown: float
    """For saying that a key is not in it: anybody can make key identifiers up."""
    pause: float = 0
    """After a fetch that failed, before the next."""
    stale: float = 0
    """Beyond the lifetime, while the publisher fails."""


class _KeySet(msgspec.Struct, Generic[Key], frozen=True):
    keys: Mapping[str, Key]
    fetched_at: Moment


class PublishedKeys(Generic[Key]):
    """Keys by their identifier. Safe to share between threads.

    A line that tells of a failure has ``publisher``: "failed", and its kind as ``publisher``_error: metrics go by it.
    """

    def __init__(
        self, publisher: str, fetch: Callable[[], Mapping[str, Key]], freshness: Freshness, ages: Ages | None = None
    ) -> None:
        self._publisher = publisher
        self._fetch = fetch
        self._freshness = freshness
        self._ages = ages or Ages(time.time)
        self._lock = Lock()
        self._key_set: _KeySet[Key] | None = None
        self._failed_at: Moment | None = None

    def get(self, identifier: str) -> Key | None:
        """The key; None where the publisher has none of this identifier. Raises Unavailable where it fails."""
        with self._lock:
            return self._current(identifier).keys.get(identifier)

    def _current(self, identifier: str) -> _KeySet[Key]:
        found, freshness = self._key_set, self._freshness
        age = None if found is None else self._ages.age(found.fetched_at)
        is_known = found is not None and identifier in found.keys
        if found is not None and age is not None and age < (freshness.lifetime if is_known else freshness.cooldown):
            return found
        try:
            self._key_set = self._fetched()
        except Unavailable:
            if found is None or age is None or not is_known or age >= freshness.lifetime + freshness.stale:
                raise
            return found
        return self._key_set

    def _fetched(self) -> _KeySet[Key]:
        if self._failed_at is not None and self._ages.age(self._failed_at) < self._freshness.pause:
            raise Unavailable
        fetched_at = self._ages.now()
        try:
            key_set = _KeySet(self._fetch(), fetched_at)
        except _FAILURES as error:
            self._failed_at = fetched_at
            failure = {self._publisher: "failed", f"{self._publisher}_error": type(error).__name__}
            _log.warning("published keys cannot be fetched", extra=failure, exc_info=True)
            raise Unavailable from error
        self._failed_at = None
        return key_set


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The answer is a 200 (OpenID Connect Discovery §4.2). A redirect could lead past TLS."""

    def redirect_request(self, *_: object) -> None:
        return None


def document(url: str) -> dict[str, Any]:
    """The JSON object at a URL, whole before the request's time is up. Raises one of _FAILURES."""
    if not url.startswith(("https://", "http://")):
        raise ValueError("a publisher names a URL that is not http")
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
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("the document is no JSON object")
    return found
