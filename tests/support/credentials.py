"""A credential and its tenant, as the tables hold them."""

from chalicelib.credentials.callers import Actor
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.identifiers import client_id, tenant_key
from chalicelib.credentials.tenant import Tenant

NOW = 1_800_000_000
ADA = Actor(subject="ada", name="Ada Admin")
TENANT_ID = tenant_key("acme")
CREDENTIAL = Credential(
    tenant_id=TENANT_ID,
    client_id=client_id(TENANT_ID, NOW, bytes),
    name="Nightly export",
    status="active",
    generation=1,
    scopes=("orders:read",),
    secrets={},
    created_by=ADA,
    created_at=NOW,
    status_index=0,
)
TENANT = Tenant(tenant_id=TENANT_ID, generation=1, active_counts={1: 1}, revocations={}, next_status_index=1)
