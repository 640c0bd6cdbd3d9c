"""Console users: verifies the tokens that the vendor's OpenID Connect provider issues to them."""

import json
import logging
import urllib.error
import urllib.request
from threading import Lock
from typing import Any

import jwt
import msgspec

from chalicelib.credentials.callers import Role
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.errors import InvalidToken
from chalicelib.oauth import jwt_verification
from chalicelib.oauth.jwt_verification import InvalidJwt
from chalicelib.settings import OidcSettings

_log = logging.getLogger(__name__)
_TIMEOUT = 3
"""Seconds for one fetch from the identity provider."""
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
        self._lock = Lock()
        self._keys: jwt.PyJWKClient | None = None

    def verify(self, token: str) -> ConsoleUser:
        """The console user of a token (OpenID Connect Core §3.1.3.7, RFC 8725). Raises InvalidToken."""
        try:
            key = self._key_client().get_signing_key(str(jwt_verification.unverified_header(token).get("kid")))
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
        except (jwt.PyJWTError, urllib.error.URLError, TimeoutError, ValueError) as error:
            if isinstance(error, (jwt.PyJWKClientConnectionError, OSError)):
                _log.warning("the keys cannot be fetched", extra={"identity_provider": "unreachable"}, exc_info=True)
            raise InvalidToken(type(error).__name__) from error
        return self._user(claims)

    def _user(self, claims: dict[str, Any]) -> ConsoleUser:
        tenant = claims.get(self._settings.tenant_claim)
        if not isinstance(tenant, str) or not tenant:
            raise InvalidToken("no tenant claim")
        roles = self._roles(claims.get(self._settings.roles_claim))
        if not roles:
            raise InvalidToken("no role here")
        name = claims.get(self._settings.name_claim)
        return ConsoleUser(
            tenant_id=tenant_key(tenant),
            subject=claims["sub"],
            name=name[:_NAME_LENGTH] if isinstance(name, str) and name else claims["sub"],
            roles=roles,
        )

    def _roles(self, claim: object) -> frozenset[Role]:
        """Providers send a list, or one string with spaces."""
        names = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else []
        known: dict[str, Role] = {self._settings.admin_role: "admin", self._settings.viewer_role: "viewer"}
        return frozenset(known[name] for name in names if isinstance(name, str) and name in known)

    def _key_client(self) -> jwt.PyJWKClient:
        """Made at the first token. It caches the key set; an unknown kid has it fetched anew at most every 30 s."""
        with self._lock:
            if self._keys is None:
                url = self._settings.jwks_url or self._discover_jwks_url()
                self._keys = jwt.PyJWKClient(url, timeout=_TIMEOUT)
            return self._keys

    def _discover_jwks_url(self) -> str:
        """OpenID Connect Discovery §4: the document must be of the very issuer it was asked of."""
        url = f"{self._settings.issuer}/.well-known/openid-configuration"
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as answer:  # noqa: S310  (an https URL, by settings)
            document = json.load(answer)
        if document["issuer"] != self._settings.issuer:
            raise ValueError("the discovery document is of another issuer")
        return str(document["jwks_uri"])
