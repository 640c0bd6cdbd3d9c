"""Status List Aggregation (draft-ietf-oauth-status-list §9): where all lists are, for verifiers that fetch ahead.

The draft leaves open who may ask. Here it takes an access token: the whole of it would tell anybody which tenants there
are, and how many credentials each has made. A client learns of its own tenant's lists; one of the vendor's, of all.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, Protocol

import msgspec

from chalicelib.credentials.ports import CredentialReader
from chalicelib.errors import StatusListNotFound
from chalicelib.oauth.status_list import StatusLists

MOST_LISTS = 40_000
"""An answer of a Lambda function has 6 MB at most. A verifier fetches a list that is not named when it meets it."""


class StatusIndexes(NamedTuple):
    """How many places in status lists a tenant has given out: its credentials, ever."""

    tenant_id: str
    next_status_index: int


class TenantDirectory(Protocol):
    def status_indexes(self) -> Iterator[StatusIndexes]:
        """Those of every tenant, in no order; a newest one may be missing. Raises Unavailable."""


class StatusListAggregation(msgspec.Struct, frozen=True, kw_only=True):
    """§9.3: URIs of status lists."""

    status_lists: tuple[str, ...]


class StatusListAggregations:
    """``lists`` is None where there are none. ``vendor_tenants``: their clients learn of every tenant's."""

    def __init__(
        self,
        reader: CredentialReader,
        directory: TenantDirectory,
        lists: StatusLists | None,
        vendor_tenants: frozenset[str],
    ) -> None:
        self._reader = reader
        self._directory = directory
        self._lists = lists
        self._vendor_tenants = vendor_tenants

    def known_to(self, tenant_id: str) -> StatusListAggregation:
        """The lists that a tenant's clients may know of. Raises StatusListNotFound, Unavailable."""
        if self._lists is None:
            raise StatusListNotFound
        lists = self._lists
        uris = (uri for tenant in self._tenants(tenant_id) for uri in lists.uris(*tenant))
        return StatusListAggregation(status_lists=tuple(sorted(islice(uris, MOST_LISTS))))

    def _tenants(self, asking: str) -> Iterator[StatusIndexes]:
        if asking in self._vendor_tenants:
            yield from self._directory.status_indexes()
            return
        tenant = self._reader.read_tenant(asking)
        if tenant is not None:
            yield StatusIndexes(tenant.tenant_id, tenant.next_status_index)
