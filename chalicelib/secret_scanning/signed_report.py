"""What a report of leaked secrets has, and what is answered. Apart from what handles it, which needs an HTTP client."""

from typing import Literal

import msgspec

from chalicelib.credentials.leaked_secrets import Reporter

Label = Literal["true_positive", "false_positive"]


class SignedReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it came. ``body`` is what the signature is of, byte for byte."""

    key_identifier: str
    signature: str
    body: bytes
    reporter: Reporter

    def __repr__(self) -> str:
        return f"SignedReport({len(self.body)} bytes)"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One of a report's matches: what looks like a secret, GitHub's name for its kind, and where it was found."""

    token: str
    type: str
    url: str | None = None
    source: str | None = None

    def __repr__(self) -> str:
        return "Match(…)"


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """``token_hash`` is SHA-256 of the match, in hexadecimal: the answer holds no secret."""

    token_hash: str
    token_type: str
    label: Label
