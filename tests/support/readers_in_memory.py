"""One credential and its tenant, in place of the tables."""

from collections.abc import Container

from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.ports import Page
from chalicelib.credentials.tenant import Tenant


class CredentialReaderInMemory:
    """Implements ``credentials.ports.CredentialReader`` for one credential, which a test may replace.

    ``revoked``: the ids of revoked tokens. ``reads`` counts how often it was asked.
    """

    def __init__(self, credential: Credential, tenant: Tenant, revoked: Container[str] = ()) -> None:
        self.credential = credential
        self.tenant = tenant
        self.revoked = revoked
        self.reads = 0

    def read_with_tenant(self, client_id: str, token_id: str | None = None) -> CredentialWithTenant | None:
        self.reads += 1
        if client_id != self.credential.client_id:
            return None
        return CredentialWithTenant(self.credential, self.tenant, token_id in self.revoked)

    def read_tenant(self, tenant_id: str) -> Tenant | None:
        return self.tenant if tenant_id == self.tenant.tenant_id else None

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[Credential]:
        raise NotImplementedError

    def oldest_first(self, tenant_id: str, after: str, limit: int) -> Page[Credential]:
        raise NotImplementedError
