"""Console users: verifies the tokens that the vendor's OpenID Connect provider issues to them."""

from typing import Any, TypeGuard

import msgspec

from chalicelib.console.identity_provider_keys import IdentityProviderKeys
from chalicelib.credentials.callers import Role
from chalicelib.credentials.displayable_text import is_blank
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.errors import InvalidToken
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.jwt_verification import InvalidJwt
from chalicelib.settings import OidcSettings

_LEEWAY = 5
_NAME_LENGTH = 200


class ConsoleUser(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: str
    subject: str
    name: str
    roles: frozenset[Role]


class ConsoleUsers:
    """Verifies a console user's token and reads the user in it, by the claims that the settings name."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._keys = IdentityProviderKeys(settings)

    def verify(self, token: str) -> ConsoleUser:
        """The console user of a token (OpenID Connect Core §3.1.3.7, RFC 8725).

        Raises InvalidToken, and Unavailable where the identity provider fails.
        """
        try:
            key = self._keys.get(str(jwt_verification.unverified_header(token).get("kid")))
            claims = jwt_verification.verified_claims(
                token,
                key,
                dict[str, Any],
                algorithms=self._settings.algorithms,
                required=["iss", "aud", "exp", "sub"],
                leeway=_LEEWAY,
                audience=self._settings.audience,
                issuer=self._settings.issuer,
            )
        except InvalidJwt as error:
            raise InvalidToken(str(error)) from error
        return self._user(claims)

    def _user(self, claims: dict[str, Any]) -> ConsoleUser:
        tenant = claims.get(self._settings.tenant_claim)
        if not _is_text(tenant):
            raise InvalidToken("no tenant claim")
        if not _is_text(claims["sub"]):
            raise InvalidToken("sub is no text")
        roles = self._roles(claims.get(self._settings.roles_claim))
        if not roles:
            raise InvalidToken("no role here")
        name = claims.get(self._settings.name_claim)
        return ConsoleUser(
            tenant_id=tenant_key(tenant),
            subject=claims["sub"],
            # As the provider has it, whatever it is: the page shows what cannot be seen in it.
            name=name[:_NAME_LENGTH] if _is_text(name) and not is_blank(name) else claims["sub"],
            roles=roles,
        )

    def _roles(self, claim: object) -> frozenset[Role]:
        """Providers send a list, or one string with spaces."""
        names = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else []
        known: dict[str, Role] = {self._settings.admin_role: "admin", self._settings.viewer_role: "viewer"}
        return frozenset(known[name] for name in names if isinstance(name, str) and name in known)


def _is_text(claim: object) -> TypeGuard[str]:
    """Whether a claim has text. A lone surrogate, which JSON can escape, is none: no UTF-8 has it (RFC 8259 §8.2)."""
    return isinstance(claim, str) and claim != "" and not any("\ud800" <= character <= "\udfff" for character in claim)
