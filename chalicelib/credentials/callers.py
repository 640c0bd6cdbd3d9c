"""Who asks a managed endpoint, and what they may do: a console user, or a credential with a management scope."""

from collections.abc import Collection
from typing import Annotated, Literal, get_args

import msgspec

from chalicelib.errors import Forbidden, InsufficientScope, OwnCredential, SecurityProfileRequired
from chalicelib.management_scopes import DELEGATE, MANAGEMENT_SCOPES, READ, ROTATE, WRITE
from chalicelib.security_profiles import SECURITY_PROFILES, SecurityProfile, SecurityProfileName

Role = Literal["admin", "viewer"]
ActorType = Literal["console_user", "credential", "service"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who did something. ``subject`` is the identity provider's, or the client_id; ``name`` is the one to show.

    ``type`` is an ActorType, or one of a release to come: who only reads it tells it on.
    """

    subject: str
    name: str
    type: Annotated[str, msgspec.Meta(extra_json_schema={"enum": get_args(ActorType)})] = "console_user"


class RequestOrigin(msgspec.Struct, frozen=True):
    """Where an API client's request came from; ``address`` is None where that cannot be told."""

    address: str | None = None
    request_id: str = ""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who is behind a request, and where it came from.

    ``scopes`` are a credential's: those of its token that it still has. Of a console user there are none.
    ``security_profile`` is the one that an admin holds the credential to.
    """

    tenant_id: str
    subject: str
    name: str
    roles: frozenset[Role]
    source_ip: str
    request_id: str
    type: ActorType = "console_user"
    scopes: frozenset[str] = frozenset()
    security_profile: SecurityProfileName | None = None

    @property
    def actor(self) -> Actor:
        return Actor(subject=self.subject, name=self.name, type=self.type)

    def require_viewer(self) -> None:
        """Raises InsufficientScope for a credential that may not read."""
        if not self.roles:
            raise InsufficientScope(READ)

    def require_admin(self) -> None:
        """Raises Forbidden for a console user who may only read, InsufficientScope for such a credential."""
        if "admin" not in self.roles:
            raise Forbidden if self.type == "console_user" else InsufficientScope(WRITE)

    def require_rotation(self, client_id: str) -> None:
        """Who may add and end the secrets and keys of this credential: an admin, and with a scope for it itself.

        Raises Forbidden, InsufficientScope.
        """
        if not (self._is(client_id) and ROTATE in self.scopes):
            self.require_admin()

    def require_another(self, client_id: str) -> None:
        """Raises OwnCredential: what an admin laid down for a credential, the credential itself does not change."""
        if self._is(client_id):
            raise OwnCredential

    def require_may_relax(self) -> None:
        """To take its security profile from a credential. Raises Forbidden, for a credential whatever its scopes."""
        if self.type != "console_user":
            raise Forbidden("Only a console user with the admin role may take a security profile away.")

    def require_may_give(self, scopes: Collection[str], profile: SecurityProfile, *, to: str | None = None) -> None:
        """To give a credential its scopes is to create or edit it, to resume it, and to make a secret or key of it.

        ``profile`` is what counts for it, ``to`` its client_id, None for a new one; the caller's own has its scopes
        already. Raises InsufficientScope; SecurityProfileRequired for a caller that is held to a profile itself, and
        would else hand its scopes to a client that need not prove as much.
        """
        if self._is(to):
            return
        missing = [scope for scope in scopes if not self.may_give(scope)]
        if missing:
            raise InsufficientScope(*missing, to_give=True)
        if self.security_profile is not None and SECURITY_PROFILES[self.security_profile] != profile:
            raise SecurityProfileRequired

    def may_give(self, scope: str) -> bool:
        """A credential gives what it has, and of the management scopes nothing unless a console admin allowed that."""
        if self.type == "console_user":
            return True
        if scope in MANAGEMENT_SCOPES:
            return scope in self.scopes and scope != DELEGATE and DELEGATE in self.scopes
        return scope in self.scopes

    def _is(self, client_id: str | None) -> bool:
        return self.type == "credential" and self.subject == client_id


def roles_of(scopes: Collection[str]) -> frozenset[Role]:
    """The roles of a credential with these scopes."""
    if WRITE in scopes:
        return frozenset({"admin"})
    return frozenset({"viewer"}) if READ in scopes else frozenset()
