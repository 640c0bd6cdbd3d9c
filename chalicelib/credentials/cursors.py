"""Cursors: where a page of a list ended. A cursor is good for that list alone: the same tenant's, by the same filter.

It holds nothing that its reader may not know, so it is not encrypted; a digest of what it belongs to is part of it, so
that no page of another list is ever taken for the next one.
"""

import hashlib
import re

import msgspec

from chalicelib.credentials.identifiers import TIME_ORDERED_ID
from chalicelib.encoding import base32
from chalicelib.errors import InvalidRequest

_DIGEST_BYTES = 10
_DIGEST_LENGTH = 16
CURSOR = f"{TIME_ORDERED_ID}[0-9abcdefghjkmnpqrstvwxyz]{{{_DIGEST_LENGTH}}}"
"""A regular expression."""


def cursor_at(time_ordered_id: str, tenant_id: str, filter_: msgspec.Struct) -> str:
    """The cursor of a page that ended at this id."""
    return time_ordered_id + _digest(tenant_id, filter_)


def position_of(cursor: str, tenant_id: str, filter_: msgspec.Struct) -> str:
    """The id at which the page before ended. Raises InvalidRequest for a cursor of another list, or for none at all."""
    position, digest = cursor[:-_DIGEST_LENGTH], cursor[-_DIGEST_LENGTH:]
    if re.fullmatch(CURSOR, cursor) is None:
        raise InvalidRequest("cursor must be the next_cursor of the page before.")
    if digest != _digest(tenant_id, filter_):
        raise InvalidRequest("cursor is of another list: send it with the same parameters as the page before.")
    return position


def _digest(tenant_id: str, filter_: msgspec.Struct) -> str:
    belongs_to = msgspec.json.encode([tenant_id, type(filter_).__name__, filter_])
    return base32(int.from_bytes(hashlib.sha256(belongs_to).digest()[:_DIGEST_BYTES], "big"), _DIGEST_LENGTH)
