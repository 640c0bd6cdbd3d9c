"""The identifiers: tenant keys, client_ids and time-ordered ids.

All are written in Crockford's base32, lower case: letters and digits only, so that a double click selects the whole.
"""

import hashlib
import re
from collections.abc import Callable

from chalicelib.encoding import base32

_LENGTH = 26
"""Characters that hold 128 bits, five bits each."""
_CLIENT_ID_PREFIX = "acc_"
TENANT_KEY = TIME_ORDERED_ID = f"[0-7][0-9abcdefghjkmnpqrstvwxyz]{{{_LENGTH - 1}}}"
CLIENT_ID = f"{_CLIENT_ID_PREFIX}{TENANT_KEY}{TIME_ORDERED_ID}"
"""Regular expressions."""

Random = Callable[[int], bytes]
"""Returns that many bytes from a CSPRNG (``os.urandom``)."""


def tenant_key(tenant_claim: str) -> str:
    """The key of a tenant in every table: 128 bits of SHA-256 of the identity provider's tenant claim, 26 characters.

    A digest, so that a client_id shows nothing of the customer's name and no table is needed to map one to the other.
    """
    digest = hashlib.sha256(b"tenant\0" + tenant_claim.encode()).digest()
    return base32(int.from_bytes(digest[:16], "big"), _LENGTH)


def time_ordered_id(now: float, random: Random) -> str:
    """A ULID: 48 bits of milliseconds since the epoch, then 80 random bits; 26 characters that sort by time."""
    return base32(int(now * 1000) << 80 | int.from_bytes(random(10), "big"), _LENGTH)


def first_id_at(second: int) -> str:
    """The first of all time-ordered ids that can be made in this second, since the epoch, or after it."""
    return base32(max(0, second) * 1000 << 80, _LENGTH)


def client_id(tenant_id: str, now: float, random: Random) -> str:
    """``acc_``, the tenant key and a time-ordered id: both keys of the credential's row, 56 characters."""
    return client_id_at(tenant_id, time_ordered_id(now, random))


def client_id_at(tenant_id: str, time_ordered: str) -> str:
    """The client_id of this tenant whose time-ordered part is ``time_ordered``."""
    return f"{_CLIENT_ID_PREFIX}{tenant_id}{time_ordered}"


def tenant_of(client_id: str) -> str:
    """The tenant key inside a well-formed client_id."""
    return client_id[len(_CLIENT_ID_PREFIX) : -_LENGTH]


def order_of(client_id: str) -> str:
    """The time-ordered part of a well-formed client_id."""
    return client_id[-_LENGTH:]


def is_client_id(text: str) -> bool:
    return re.fullmatch(CLIENT_ID, text) is not None


def is_tenant_key(text: str) -> bool:
    return re.fullmatch(TENANT_KEY, text) is not None


def is_time_ordered_id(text: str) -> bool:
    return re.fullmatch(TIME_ORDERED_ID, text) is not None
