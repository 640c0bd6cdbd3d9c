"""Who learns of which status lists (draft-ietf-oauth-status-list §9)."""

from collections.abc import Iterator

import pytest

from chalicelib.errors import StatusListNotFound
from chalicelib.oauth.status_list import SIZE, StatusLists
from chalicelib.oauth.status_list_aggregation import MOST_LISTS, StatusIndexes, StatusListAggregations
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.signing_keys.jws import JwtSigner
from tests.support.credentials import CREDENTIAL, TENANT
from tests.support.readers_in_memory import CredentialReaderInMemory
from tests.support.tenant_lab import KEY_RING

READER = CredentialReaderInMemory(CREDENTIAL, TENANT)
LISTS = StatusLists(READER, JwtSigner(KEY_RING, SecurityProfiles()), "https://issuer.example", 300)
OTHER = "0" * 26


class Directory:
    """Every tenant of a vendor, each with places for so many credentials."""

    def __init__(self, *places: int) -> None:
        self._places = places

    def status_indexes(self) -> Iterator[StatusIndexes]:
        for number, places in enumerate(self._places):
            yield StatusIndexes(f"{number:026d}", places)


def known_to(tenant_id: str, directory: Directory, lists: StatusLists | None = LISTS) -> tuple[str, ...]:
    vendor = frozenset({OTHER})
    return StatusListAggregations(READER, directory, lists, vendor).known_to(tenant_id).status_lists


def test_a_tenant_s_client_learns_of_its_own_lists() -> None:
    assert known_to(TENANT.tenant_id, Directory(1, 1)) == (f"https://issuer.example/status-lists/{TENANT.tenant_id}/0",)


def test_the_vendor_s_client_learns_of_all() -> None:
    assert [uri.rpartition("status-lists/")[2] for uri in known_to(OTHER, Directory(SIZE, SIZE + 1))] == [
        f"{0:026d}/0",
        f"{1:026d}/0",
        f"{1:026d}/1",
    ]


def test_an_answer_has_no_more_lists_than_a_function_may_answer() -> None:
    uris = known_to(OTHER, Directory(SIZE * (MOST_LISTS + 1)))
    assert len(uris) == MOST_LISTS
    assert sum(len(uri) + 3 for uri in uris) < 5_000_000


def test_there_is_nothing_to_name_where_lists_are_turned_off() -> None:
    with pytest.raises(StatusListNotFound):
        known_to(OTHER, Directory(1), None)
