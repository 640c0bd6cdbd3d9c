"""The header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header §2)."""

import re

LONGEST_KEY = 255
"""Characters."""
# RFC 8941 §3.3.3: a String. Many clients send the key bare; a bare one has nothing that would be a list or a quote.
_STRING = r'"(?:[ !#-\[\]-~]|\\["\\])+"'
_BARE = r"[!#-+\--\[\]-~]+"
IDEMPOTENCY_KEY = f"^({_STRING}|{_BARE})$"
"""A regular expression."""


def read_key(header: str) -> str:
    """The key, quoted or bare: ``"abc"`` and ``abc`` are the same. Raises ValueError for what is none or too long."""
    text = header.strip()
    if re.fullmatch(_STRING, text):
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    elif not re.fullmatch(_BARE, text):
        raise ValueError("no idempotency key")
    if len(text) > LONGEST_KEY:
        raise ValueError("too long an idempotency key")
    return text
