"""How bytes and numbers are written as text."""

import base64

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def base64url(content: bytes) -> str:
    """Encodes bytes as base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def base32(number: int, length: int) -> str:
    """The last ``length`` digits of the number in Crockford's base32, lower case: they sort as the numbers do."""
    return _digits(number, length, _BASE32)


def base62(number: int, length: int) -> str:
    """The last ``length`` digits of the number: digits, then capitals, then small letters."""
    return _digits(number, length, _BASE62)


def _digits(number: int, length: int, alphabet: str) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(alphabet))
        digits.append(alphabet[digit])
    return "".join(reversed(digits))
