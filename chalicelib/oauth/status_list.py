"""Token Status Lists: which credentials' tokens are revoked, for verifiers that never ask us about a token.

By draft-ietf-oauth-status-list (docs/revocation.md says which). One bit a credential, one list for each 8,192 of a
tenant's, so that a signed list has 2 KB at most. A verifier that keeps a list for its ``ttl`` refuses a revoked
credential's tokens within the setting's time, caches included.
"""

import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

import msgspec

from chalicelib import paths
from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Ages, Clock, Moment
from chalicelib.credentials import identifiers
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.ports import CredentialReader
from chalicelib.credentials.tenant import Tenant
from chalicelib.encoding import base64url
from chalicelib.errors import StatusListNotFound
from chalicelib.signing_keys.jws import JwtSigner

SIZE = 8_192
"""Credentials a list."""
_TYPE = "statuslist+jwt"
_READ_SIZE = 1_000
_CLOCKS_APART = 3_600
"""Seconds by which clocks differ at most: a credential of a generation was made after its fence, by another clock."""
_REMEMBERED = 1_000
_TENANTS_REMEMBERED = 100
"""Their unsigned lists, 1.4 KB each at most: of a tenant that has made a million credentials 170 KB."""
_LOCKS = 16


class StatusListReference(msgspec.Struct, frozen=True, kw_only=True):
    """§6.2: where a token's status is."""

    idx: int
    uri: str


class StatusClaim(msgspec.Struct, frozen=True, kw_only=True):
    """§6.1: the ``status`` claim of a token."""

    status_list: StatusListReference


class StatusListBody(msgspec.Struct, frozen=True, kw_only=True):
    """§4.2: ``lst`` is the list, compressed and base64url-encoded."""

    bits: int
    lst: str


class StatusListClaims(msgspec.Struct, frozen=True, kw_only=True):
    """§5.1: the claims of a status list token. Times in epoch seconds, ``ttl`` in seconds."""

    sub: str
    iat: int
    exp: int
    ttl: int
    status_list: StatusListBody


class _TenantLists(NamedTuple):
    """All lists of a tenant, encoded, from one reading of its rows; and the moment before it."""

    encoded: tuple[str, ...]
    begun_at: Moment


class _SignedList(NamedTuple):
    """A list, and the moment before its rows were read."""

    token: str
    begun_at: Moment


class StatusLists:
    """The lists of one issuer. ``ttl`` is the time in seconds within which a verifier must know of a revocation.

    Whoever has one token can ask for its tenant's lists as often as he likes. So an execution environment reads a
    tenant's rows once in ``max_age``, for all of its lists, and of many who ask at once one does the work.
    """

    def __init__(
        self,
        reader: CredentialReader,
        signer: JwtSigner,
        issuer: str,
        ttl: int,
        clock: Clock = time.time,
        monotonic: Clock = time.monotonic,
    ) -> None:
        self._reader = reader
        self._signer = signer
        self._issuer = issuer
        self._ttl = ttl
        self._clock = clock
        self._ages = Ages(clock, monotonic)
        self._signed = BoundedCache[str, _SignedList](_REMEMBERED)
        self._read = BoundedCache[str, _TenantLists](_TENANTS_REMEMBERED)
        self._locks = tuple(Lock() for _ in range(_LOCKS))

    @property
    def max_age(self) -> int:
        """Seconds for which we, and a cache between us and the verifier, may each keep a list."""
        return self._ttl // 10

    def claim(self, credential: Credential) -> StatusClaim:
        """The ``status`` claim of this credential's tokens."""
        number, index = divmod(credential.status_index, SIZE)
        return StatusClaim(status_list=StatusListReference(idx=index, uri=self._uri(credential.tenant_id, number)))

    def get(self, tenant_id: str, number: str) -> str:
        """A signed list, as a JWT. Raises StatusListNotFound, Unavailable."""
        if not identifiers.is_tenant_key(tenant_id) or not _is_number(number):
            raise StatusListNotFound
        uri = self._uri(tenant_id, int(number))
        signed = self._fresh(uri)
        if signed is None:
            with self._locks[hash(tenant_id) % _LOCKS]:
                # Another request may have made it meanwhile.
                signed = self._fresh(uri) or self._sign(uri, int(number), self._lists(tenant_id, int(number)))
        return signed.token

    def uris(self, tenant_id: str, next_status_index: int) -> list[str]:
        """Of every list of a tenant that has given out the places below ``next_status_index``."""
        return [self._uri(tenant_id, first // SIZE) for first in _firsts(next_status_index)]

    def _uri(self, tenant_id: str, number: int) -> str:
        return self._issuer + paths.STATUS_LIST.format(tenant_id=tenant_id, number=number)

    def _fresh(self, uri: str) -> _SignedList | None:
        signed = self._signed.get(uri)
        return signed if signed is not None and self._ages.age(signed.begun_at) < self.max_age else None

    def _sign(self, uri: str, number: int, lists: _TenantLists) -> _SignedList:
        read_at = int(lists.begun_at.time)
        claims = StatusListClaims(
            sub=uri,
            iat=read_at,
            exp=read_at + self._ttl,
            # Less the age that a list may have reached in our cache and in one on the way.
            ttl=max(1, self._ttl - 2 * self.max_age),
            status_list=StatusListBody(bits=1, lst=lists.encoded[number]),
        )
        signed = _SignedList(self._signer.sign(_TYPE, claims), lists.begun_at)
        self._signed.put(uri, signed)
        return signed

    def _lists(self, tenant_id: str, number: int) -> _TenantLists:
        """A tenant's lists, the one of this number among them. Raises StatusListNotFound, Unavailable."""
        lists = self._read.get(tenant_id)
        # A number that they do not have may be that of a list begun since: a token can name it already.
        if lists is None or number >= len(lists.encoded) or self._ages.age(lists.begun_at) >= self.max_age:
            begun_at = self._ages.now()
            lists = _TenantLists(self._encoded(tenant_id, number), begun_at)
            self._read.put(tenant_id, lists)
        return lists

    def _encoded(self, tenant_id: str, number: int) -> tuple[str, ...]:
        """Every list of a tenant that has one of this number: a number that is made up costs one read."""
        tenant = self._reader.read_tenant(tenant_id)
        if tenant is None or number * SIZE >= max(1, tenant.next_status_index):
            raise StatusListNotFound
        rows = list(self._current_generation(tenant))
        # Read after the rows, so that it has a fence that was raised meanwhile.
        tenant = self._reader.read_tenant(tenant_id)
        if tenant is None:
            raise StatusListNotFound
        now = int(self._clock())
        inactive = defaultdict[int, set[int]](set)
        for row in rows:
            if not CredentialWithTenant(row, tenant).is_active(now):
                inactive[row.status_index // SIZE].add(row.status_index % SIZE)
        return tuple(
            encoded(inactive[first // SIZE].union(range(min(SIZE, tenant.dead_below - first))))
            for first in _firsts(tenant.next_status_index)
        )

    def _current_generation(self, tenant: Tenant) -> Iterator[Credential]:
        """The credentials that no fence has passed: those made since the last one, and maybe some before."""
        after = ""
        if tenant.generation in tenant.revocations:
            fenced_at = tenant.revocations[tenant.generation].fenced_at
            first = identifiers.time_ordered_id(max(0, fenced_at - _CLOCKS_APART), lambda size: bytes(size))
            after = identifiers.client_id_at(tenant.tenant_id, first)
        more = True
        while more:
            page = self._reader.oldest_first(tenant.tenant_id, after, _READ_SIZE)
            yield from page.rows
            more = page.more and bool(page.rows)
            after = page.rows[-1].client_id if page.rows else after


def encoded(revoked: set[int]) -> str:
    """§4.1: one bit each, from the lowest of the first byte on; 1 is INVALID. DEFLATE in the ZLIB format, base64url."""
    bits = bytearray(SIZE // 8)
    for index in revoked:
        bits[index // 8] |= 1 << index % 8
    return base64url(zlib.compress(bytes(bits), 9))


def _firsts(next_status_index: int) -> range:
    """The first place of each list; a tenant that has given out none has one list."""
    return range(0, max(1, next_status_index), SIZE)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8 and str(int(text)) == text
