"""One credential and its tenant, in place of the tables."""

from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.ports import Page
from chalicelib.credentials.tenant import Tenant


class CredentialReaderInMemory:
    """Implements ``credentials.ports.CredentialReader`` for one credential, which a test may replace.

    ``reads`` counts how often it was asked.
    """

    def __init__(self, credential: Credential, tenant: Tenant) -> None:
        self.credential = credential
        self.tenant = tenant
        self.reads = 0

    def read_with_tenant(self, client_id: str) -> CredentialWithTenant | None:
        self.reads += 1
        if client_id != self.credential.client_id:
            return None
        return CredentialWithTenant(self.credential, self.tenant)

    def read_tenant(self, tenant_id: str) -> Tenant | None:
        return self.tenant if tenant_id == self.tenant.tenant_id else None

    def newest_first(self, tenant_id: str, before: str | None, limit: int) -> Page[Credential]:
        raise NotImplementedError

    def oldest_first(self, tenant_id: str, after: str, limit: int) -> Page[Credential]:
        raise NotImplementedError
