"""A credential is found inside the caller's own tenant alone."""

import pytest
from msgspec.structs import replace

from chalicelib.credentials.credential import CredentialWithTenant
from chalicelib.credentials.own_credential import own_credential
from chalicelib.errors import CredentialNotFound
from tests.support.callers import caller
from tests.support.credentials import CREDENTIAL, TENANT
from tests.support.readers_in_memory import CredentialReaderInMemory

READER = CredentialReaderInMemory(CREDENTIAL, TENANT)


def test_the_callers_own_credential_is_found_with_its_tenant() -> None:
    assert own_credential(READER, caller("acme"), CREDENTIAL.client_id) == CredentialWithTenant(CREDENTIAL, TENANT)


@pytest.mark.parametrize("client_id", ["", "x", CREDENTIAL.client_id[:-1], CREDENTIAL.client_id[:-1] + "1"])
def test_a_client_id_that_is_none_is_not_found(client_id: str) -> None:
    with pytest.raises(CredentialNotFound):
        own_credential(READER, caller("acme"), client_id)


def test_another_tenants_credential_is_not_even_looked_up() -> None:
    reader = CredentialReaderInMemory(replace(CREDENTIAL), TENANT)
    with pytest.raises(CredentialNotFound):
        own_credential(reader, caller("globex"), CREDENTIAL.client_id)
    assert reader.reads == 0
