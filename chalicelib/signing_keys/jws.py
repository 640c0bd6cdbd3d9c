"""Signs JWTs with a key whose private half is elsewhere."""

import msgspec

from chalicelib.encoding import base64url
from chalicelib.signing_keys.keys import KeyRing


class JwtSigner:
    """Signs claims with the current signing key.

    Without PyJWT, which would import all of ``cryptography`` to sign: a key in KMS needs nothing of it.
    """

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def sign(self, type_: str, claims: msgspec.Struct) -> str:
        """The JWT with this ``typ`` (RFC 8725 §3.11) and these claims, serialized by RFC 7515 §7.1.

        Raises Unavailable.
        """
        key = self._keys.signing_key()
        header = {"alg": key.algorithm, "kid": key.kid, "typ": type_}
        message = f"{base64url(msgspec.json.encode(header))}.{base64url(msgspec.json.encode(claims))}"
        return f"{message}.{base64url(key.sign(message.encode()))}"
