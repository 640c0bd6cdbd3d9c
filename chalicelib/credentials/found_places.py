"""Where a leaked secret was found, in words that an audit trail may show: bounded, visible, and without a secret."""

import re
from urllib.parse import quote, unquote, urlsplit

from chalicelib.credentials.client_secrets import holds_secret

_LONGEST_URL = 500
_SOURCE = re.compile(r"[a-z][a-z_]{0,39}")
_HOST = re.compile(r"[a-z0-9.-]{1,253}(:[0-9]{1,5})?")
_PLAIN = "/%:@!$&'()*+,;=-._~"
"""What stays as it is in a path or a fragment (RFC 3986 §3.3)."""


def known_source(source: str) -> str:
    """The reporter's word for the kind of place, in lower case; ``unknown`` for what is no word."""
    word = source.lower()
    return word if _SOURCE.fullmatch(word) else "unknown"


def displayable_url(url: str) -> str:
    """The URL without its user and its query, cut to 500 characters; "" for what nobody could follow.

    Where the secret itself is in it, however it is escaped, the host is all that is left.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2].lower()
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    shown = f"{parts.scheme}://{host}"
    if holds_secret(unquote(unquote(url))):
        return f"{shown}/…"
    shown += quote(parts.path, safe=_PLAIN) + (f"#{quote(parts.fragment, safe=_PLAIN)}" if parts.fragment else "")
    return shown if len(shown) <= _LONGEST_URL else f"{shown[: _LONGEST_URL - 1]}…"
