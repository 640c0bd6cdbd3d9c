"""Finds a credential of the caller's own tenant."""

from chalicelib.credentials import identifiers
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential import CredentialWithTenant
from chalicelib.credentials.ports import CredentialReader
from chalicelib.errors import CredentialNotFound


def own_credential(reader: CredentialReader, caller: Caller, client_id: str) -> CredentialWithTenant:
    """The credential with its tenant. Raises CredentialNotFound, also for another tenant's."""
    if identifiers.is_client_id(client_id) and identifiers.tenant_of(client_id) == caller.tenant_id:
        found = reader.read_with_tenant(client_id)
        if found is not None:
            return found
    raise CredentialNotFound
