"""How bytes and numbers are written as text."""

import base64
import math

_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")
"""From RFC 4648 §6."""
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def base64url(content: bytes) -> str:
    """Encodes bytes as base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def base32(number: int, length: int) -> str:
    """The last ``length`` digits of the number in Crockford's base32, lower case: they sort as the numbers do."""
    groups = math.ceil(length / 8)  # of 40 bits, as RFC 4648 has it
    last = number % 32**length
    return base64.b32encode(last.to_bytes(5 * groups, "big")).translate(_CROCKFORD).decode()[8 * groups - length :]


def base62(number: int, length: int) -> str:
    """The last ``length`` digits of the number: digits, then capitals, then small letters."""
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(_BASE62))
        digits.append(_BASE62[digit])
    return "".join(reversed(digits))
