"""Signs JWTs with a key whose private half is elsewhere."""

import msgspec

from chalicelib.encoding import base64url
from chalicelib.errors import SigningKeyNotAllowed
from chalicelib.security_profiles import SecurityProfileName, SecurityProfiles
from chalicelib.signing_keys.keys import KeyRing


class JwtSigner:
    """Signs claims with the current signing key.

    Without PyJWT, which would import all of ``cryptography`` to sign: a key in KMS needs nothing of it.
    """

    def __init__(self, keys: KeyRing, profiles: SecurityProfiles) -> None:
        self._keys = keys
        self._profiles = profiles

    def sign(self, type_: str, claims: msgspec.Struct, profile: SecurityProfileName | None = None) -> str:
        """The JWT with this ``typ`` (RFC 8725 §3.11) and these claims, serialized by RFC 7515 §7.1.

        ``profile`` is the one that an admin holds the token's credential to. Raises SigningKeyNotAllowed, Unavailable.
        """
        key, allowed = self._keys.signing_key(), self._profiles.of(profile).algorithms
        if key.algorithm not in allowed:
            raise SigningKeyNotAllowed(key.algorithm, allowed)
        header = {"alg": key.algorithm, "kid": key.kid, "typ": type_}
        message = f"{base64url(msgspec.json.encode(header))}.{base64url(msgspec.json.encode(claims))}"
        return f"{message}.{base64url(key.sign(message.encode()))}"
