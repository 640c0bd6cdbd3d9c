"""The keys that the vendor's OpenID Connect provider signs with."""

from typing import Any

import jwt

from chalicelib.clock import Ages
from chalicelib.errors import InvalidToken
from chalicelib.published_keys import Freshness, PublishedKeys, document
from chalicelib.settings import OidcSettings

_FRESHNESS = Freshness(lifetime=300, cooldown=30)


class IdentityProviderKeys:
    """Signing keys by their ``kid``. Safe to share between threads."""

    def __init__(self, settings: OidcSettings, ages: Ages | None = None) -> None:
        self._settings = settings
        self._url = settings.jwks_url
        # The metric goes by this name.
        self._keys = PublishedKeys("identity_provider", self._fetched, _FRESHNESS, ages)

    def get(self, kid: str) -> jwt.PyJWK:
        """The key of this ``kid``. Raises InvalidToken where the provider has none, Unavailable where it fails."""
        key = self._keys.get(kid)
        if key is None:
            raise InvalidToken("kid is not a key of the identity provider")
        return key

    def _fetched(self) -> dict[str, jwt.PyJWK]:
        if self._url is None:
            self._url = self._discovered_url()
        return _signing_keys(document(self._url))

    def _discovered_url(self) -> str:
        """OpenID Connect Discovery §4: the document must be of the very issuer it was asked of."""
        configuration = document(f"{self._settings.issuer}/.well-known/openid-configuration")
        if configuration["issuer"] != self._settings.issuer:
            raise ValueError("the discovery document is of another issuer")
        return str(configuration["jwks_uri"])


def _signing_keys(key_set: dict[str, Any]) -> dict[str, jwt.PyJWK]:
    """RFC 7517 §4.2: those for signatures, or without a ``use``; each must have a name. Raises ValueError."""
    try:
        keys = jwt.PyJWKSet.from_dict(key_set).keys
    except jwt.PyJWTError as error:
        raise ValueError("the identity provider publishes no key that could verify anything") from error
    named = {key.key_id: key for key in keys if isinstance(key.key_id, str) and key.public_key_use in (None, "sig")}
    if not named:
        raise ValueError("the identity provider publishes no key to verify with")
    return named
