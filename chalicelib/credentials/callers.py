"""Who asks: the console user behind a request to a managed endpoint."""

from typing import Literal

import msgspec

from chalicelib.errors import Forbidden

Role = Literal["admin", "viewer"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something: the identity provider's subject, and the name to show."""

    subject: str
    name: str


class RequestOrigin(msgspec.Struct, frozen=True):
    """Where an API client's request came from; ``address`` is None where that cannot be told."""

    address: str | None = None
    request_id: str = ""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """The console user behind a request, and where the request came from."""

    tenant_id: str
    subject: str
    name: str
    roles: frozenset[Role]
    source_ip: str
    request_id: str

    @property
    def actor(self) -> Actor:
        return Actor(subject=self.subject, name=self.name)

    def require_admin(self) -> None:
        """Raises Forbidden for a console user who may only read."""
        if "admin" not in self.roles:
            raise Forbidden
