"""A credential as a row of the credentials table.

A release that knows of no suspension reads these rows, too. It must not take a suspended credential for an active one:
the row's expiry is long past, and the real one stands beside it.
"""

from collections.abc import Mapping

from chalicelib.aws.stores.attribute_values import Value, from_item, to_item, to_value
from chalicelib.credentials.credential import Credential

Row = dict[str, Value]

_LONG_PAST = to_value(0)
_EXPIRY = "expires_at"
_EXPIRY_ONCE_RESUMED = "expires_at_once_resumed"


def to_row(credential: Credential) -> Row:
    row = to_item(credential)
    if credential.suspended_at is None:
        return row
    real = {_EXPIRY_ONCE_RESUMED: row[_EXPIRY]} if _EXPIRY in row else {}
    return row | {_EXPIRY: _LONG_PAST} | real


def from_row(row: Mapping[str, Value]) -> Credential:
    """The credential; what the release before did not write has its default. Raises UNREADABLE."""
    return from_item(current_attributes(row), Credential)


def current_attributes(row: Mapping[str, Value]) -> Mapping[str, Value]:
    """The row as this release means it: with the real expiry of a suspended credential."""
    if "suspended_at" not in row:
        return row
    rest = {name: value for name, value in row.items() if name not in (_EXPIRY, _EXPIRY_ONCE_RESUMED)}
    real = {_EXPIRY: row[_EXPIRY_ONCE_RESUMED]} if _EXPIRY_ONCE_RESUMED in row else {}
    return rest | real
