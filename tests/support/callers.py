"""Console users, as the managed endpoints' use cases see them."""

from itertools import count

from chalicelib.credentials.callers import Caller, Role, roles_of
from chalicelib.credentials.identifiers import tenant_key

_requests = count(1)


def caller(tenant: str = "acme", role: Role = "admin", name: str = "Ada Admin") -> Caller:
    """A console user of a tenant, as the authorizer lets one through; each time in a request of its own."""
    return Caller(
        tenant_id=tenant_key(tenant),
        subject=f"{tenant}|{name}",
        name=name,
        roles=frozenset([role]),
        source_ip="192.0.2.1",
        request_id=f"request-{next(_requests)}",
    )


def management_client(client_id: str, *scopes: str, tenant: str = "acme", name: str = "Pipeline") -> Caller:
    """A credential with an access token of these scopes."""
    return Caller(
        tenant_id=tenant_key(tenant),
        type="credential",
        subject=client_id,
        name=name,
        roles=roles_of(scopes),
        scopes=frozenset(scopes),
        source_ip="192.0.2.1",
        request_id=f"request-{next(_requests)}",
    )
