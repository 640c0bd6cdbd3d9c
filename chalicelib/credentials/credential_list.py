"""Lists a tenant's credentials, or those of them that are looked for."""

import time
import unicodedata
from collections.abc import Callable
from typing import Literal

import msgspec

from chalicelib.clock import Clock
from chalicelib.credentials import identifiers
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.cursors import cursor_at, position_of
from chalicelib.credentials.ports import CredentialReader

StatusFilter = Literal["active", "expiring", "suspended", "expired", "revoked", "all"]
LONGEST_SEARCH = 100
"""Characters."""

_READ_SIZES = (100, 200, 400, 800)
"""Rows of each read of one request: most lists are full with the first. DynamoDB ends a read at 1 MB besides."""
MOST_ROWS = sum(_READ_SIZES)
"""Bounds the work of one request: its page may be short, or empty, and its cursor goes on."""


class CredentialFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which credentials a list has: those that meet all of it.

    ``search`` is looked for in name, description and client_id. ``created_by`` is a subject. ``unused_since``: epoch
    seconds, since which the credential was neither used nor made.
    """

    status: StatusFilter = "active"
    search: str | None = None
    scope: str | None = None
    created_by: str | None = None
    unused_since: int | None = None


class CredentialPage(msgspec.Struct, frozen=True, kw_only=True):
    """``next_cursor`` is None only where there is nothing more to read."""

    credentials: tuple[Credential, ...]
    next_cursor: str | None


class CredentialList:
    """``expiring``: seconds before its end from which an active credential is about to expire."""

    def __init__(self, reader: CredentialReader, expiring: int, clock: Clock = time.time) -> None:
        self._reader = reader
        self._expiring = expiring
        self._clock = clock

    def page(self, caller: Caller, wanted: CredentialFilter, cursor: str | None, limit: int) -> CredentialPage:
        """Up to ``limit`` credentials, effective status, newest first, after the cursor of the page before.

        Reads at most MOST_ROWS rows. Raises InsufficientScope, and InvalidRequest for a cursor of another list.
        """
        caller.require_viewer()
        now = int(self._clock())
        is_wanted = _test_of(wanted, now + self._expiring)
        position = None if cursor is None else position_of(cursor, caller.tenant_id, wanted)
        before = None if position is None else identifiers.client_id_at(caller.tenant_id, position)
        found: list[Credential] = []

        def page(last_read: str | None) -> CredentialPage:
            order = None if last_read is None else identifiers.order_of(last_read)
            next_cursor = None if order is None else cursor_at(order, caller.tenant_id, wanted)
            return CredentialPage(credentials=tuple(found), next_cursor=next_cursor)

        for size in _READ_SIZES:
            read = self._reader.newest_first(caller.tenant_id, before, size)
            # Read after the rows, so that no row's generation can be ahead of the tenant's.
            tenant = self._reader.read_tenant(caller.tenant_id)
            for row in read.rows:
                if not identifiers.is_client_id(row.client_id):
                    continue  # nothing that a request could name
                before = row.client_id
                credential = CredentialWithTenant(row, tenant).effective(now)
                if is_wanted(credential):
                    found.append(credential)
                    if len(found) == limit:
                        more = read.more or row is not read.rows[-1]
                        return page(before if more else None)
            if not read.more:
                return page(None)
        return page(before)


def _test_of(wanted: CredentialFilter, soon: int) -> Callable[[Credential], bool]:
    """Whether a credential, with its effective status, is wanted; one that ends until ``soon`` is about to expire."""
    sought = None if wanted.search is None else _folded(wanted.search)

    def is_wanted(credential: Credential) -> bool:
        return (
            (wanted.status in ("all", credential.status) or (wanted.status == "expiring" and _ends(credential, soon)))
            and (wanted.scope is None or wanted.scope in credential.scopes)
            and (wanted.created_by is None or wanted.created_by == credential.created_by.subject)
            and (wanted.unused_since is None or _last_use(credential) < wanted.unused_since)
            and (sought is None or any(sought in _folded(text) for text in _searched(credential)))
        )

    return is_wanted


def _searched(credential: Credential) -> tuple[str, ...]:
    return credential.name, credential.description or "", credential.client_id


def _ends(credential: Credential, soon: int) -> bool:
    return credential.status == "active" and credential.expires_at is not None and credential.expires_at <= soon


def _last_use(credential: Credential) -> int:
    """When it was used last; of one that never was, when it was made."""
    return max(credential.created_at, credential.last_used_at or 0)


def _folded(text: str) -> str:
    """Without what tells capitals, widths and ways of composing apart (Unicode's core specification, D146)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
