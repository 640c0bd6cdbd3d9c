"""JWTs signed by a key that signs somewhere else."""

import jwt
import msgspec

from chalicelib.tokens.keys import KeyRing, RemoteAlgorithm

_ALGORITHMS = ("RS256", "PS256", "ES256", "ES384")


class JwtSigner:
    """Signs claims with the key that signs at the moment."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._jws = jwt.PyJWS(algorithms=[])
        for algorithm in _ALGORITHMS:
            self._jws.register_algorithm(algorithm, RemoteAlgorithm())

    def sign(self, type_: str, claims: msgspec.Struct) -> str:
        """The JWT with this ``typ`` (RFC 8725 §3.11) and these claims. Raises Unavailable."""
        key = self._keys.signing_key()
        return self._jws.encode(
            msgspec.json.encode(claims),
            key,  # type: ignore[arg-type]  # PyJWT hands it to RemoteAlgorithm as it is
            algorithm=key.algorithm,
            headers={"typ": type_, "kid": key.kid},
        )
