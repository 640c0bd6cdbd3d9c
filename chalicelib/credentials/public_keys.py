"""Public keys that clients hand us: to authenticate with (RFC 7523), or in a DPoP proof (RFC 9449)."""

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec

from chalicelib.encoding import base64url
from chalicelib.errors import Fault
from chalicelib.lazy_import import jwt
from chalicelib.security_profiles import OAUTH2

if TYPE_CHECKING:
    from jwt import PyJWK

MOST_KEYS = 5
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_THUMBPRINT_MEMBERS = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}
_NUMBERS = frozenset("enxy")
"""The members that are a number or a coordinate, written as bytes."""
_ALGORITHMS_BY_CURVE = {"P-256": ("ES256",), "P-384": ("ES384",)}
_RSA_ALGORITHMS = ("PS256", "RS256")
_RSA_BITS = range(2048, 4097)
"""RFC 7518 §3.3 asks for 2048 at least; beyond 4096 a verification costs us more than a client needs."""
_RSA_EXPONENTS = range(65_537, 2**64, 2)
"""FIPS 186-5 §5.1 asks for 65537 at least, and odd. OpenSSL verifies with none of more than 64 bits."""
_LONGEST_KID = 256
_VERIFYING = (["verify"], ["sign", "verify"], ["verify", "sign"])
# Strictly, since decoders skip what is not in the alphabet: one key must not have two thumbprints.
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


class FaultyKey(Exception):
    """A JWK that is not a public key we take. ``fault.pointer`` is the faulty member's place in it."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(f"{pointer} {detail}")
        self.fault = Fault(pointer, detail)


class ClientKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key of a client: ``jwk`` has the members of its RFC 7638 thumbprint alone.

    ``algorithms`` are those it may verify; a security profile may allow fewer. ``kid`` is the client's own name for it,
    or else the thumbprint.
    """

    kid: str
    algorithms: tuple[str, ...]
    jwk: dict[str, str]

    @property
    def thumbprint(self) -> str:
        return thumbprint(self.jwk)

    def suits(self, algorithms: Collection[str]) -> bool:
        """Whether it may verify by any of these."""
        return not set(self.algorithms).isdisjoint(algorithms)

    def verifier(self, algorithm: str) -> "PyJWK":
        """The key as PyJWT takes it. Only for one of ``algorithms``."""
        return jwt.PyJWK(self.jwk, algorithm=algorithm)


def read_keys(
    jwks: Mapping[str, object], at: str = "", allowed: Collection[str] = OAUTH2.algorithms
) -> tuple[tuple[ClientKey, ...], tuple[Fault, ...]]:
    """The keys of a JWK Set (RFC 7517 §5) or of one JWK, and what is wrong with it; either has members, not both.

    ``at`` is the JSON Pointer of ``jwks`` itself; ``allowed`` the algorithms of which each key must suit one.
    """
    if "kty" in jwks:
        if "keys" in jwks:
            return (), (Fault(f"{at}/keys", "must not be there beside kty: send a JWK, or a JWK Set"),)
        return _read_all([(at, jwks)], allowed)
    members = jwks.get("keys")
    if not isinstance(members, list) or not 1 <= len(members) <= MOST_KEYS:
        return (), (Fault(f"{at}/keys", f"must be a list of 1 to {MOST_KEYS} public keys"),)
    return _read_all([(f"{at}/keys/{index}", member) for index, member in enumerate(members)], allowed)


def _read_all(
    members: list[tuple[str, object]], allowed: Collection[str]
) -> tuple[tuple[ClientKey, ...], tuple[Fault, ...]]:
    keys: list[ClientKey] = []
    faults: list[Fault] = []
    for place, member in members:
        try:
            key = read_key(member, allowed)
        except FaultyKey as error:
            faults.append(Fault(place + error.fault.pointer, error.fault.detail))
            continue
        if any(key.kid == other.kid for other in keys):
            faults.append(Fault(f"{place}/kid", "must differ from the other keys'"))
        keys.append(key)
    return ((), tuple(faults)) if faults else (tuple(keys), ())


def read_key(jwk: object, allowed: Collection[str] = OAUTH2.algorithms) -> ClientKey:
    """The public key of a JWK (RFC 7517 §4), which must suit one of the algorithms ``allowed``. Raises FaultyKey."""
    if not isinstance(jwk, dict):
        raise FaultyKey("", "must be a JWK, a JSON object")
    _require_no_private_member(jwk)
    _require_for_signatures(jwk)
    kty = jwk.get("kty")
    if not isinstance(kty, str) or kty not in _THUMBPRINT_MEMBERS:
        raise FaultyKey("/kty", "must be EC or RSA")
    members = _members(jwk, kty)
    algorithms = _algorithms(members)
    if "alg" in jwk:
        if jwk["alg"] not in algorithms:
            raise FaultyKey("/alg", f"must be {' or '.join(algorithms)} for this key")
        algorithms = (str(jwk["alg"]),)
    key = ClientKey(kid=_kid(jwk) or thumbprint(members), algorithms=algorithms, jwk=members)
    if not key.suits(allowed):
        raise FaultyKey("", f"must be for {' or '.join(allowed)}")
    return key


def thumbprint(jwk: Mapping[str, str]) -> str:
    """The RFC 7638 §3 thumbprint: the members that make the key decide it, and no others."""
    digest = hashlib.sha256(msgspec.json.encode(thumbprint_members(jwk), order="sorted")).digest()
    return base64url(digest)


def thumbprint_members(jwk: Mapping[str, str]) -> dict[str, str]:
    """The members that a thumbprint is made of (RFC 7638 §3.2)."""
    return {name: jwk[name] for name in _THUMBPRINT_MEMBERS[jwk["kty"]]}


def _require_no_private_member(jwk: dict[str, object]) -> None:
    for name in sorted(_PRIVATE_MEMBERS & jwk.keys()):
        raise FaultyKey(f"/{name}", "is a private member: keep the private key, and make a new one if this was it")


def _require_for_signatures(jwk: dict[str, object]) -> None:
    """RFC 7517 §4.2, §4.3: the operations are of one purpose, agree with the use, and none comes twice."""
    if jwk.get("use", "sig") != "sig":
        raise FaultyKey("/use", "must be sig")
    if jwk.get("key_ops", ["verify"]) not in _VERIFYING:
        raise FaultyKey("/key_ops", "must be verify, or sign and verify")


def _members(jwk: dict[str, object], kty: str) -> dict[str, str]:
    members = {}
    for name in _THUMBPRINT_MEMBERS[kty]:
        value = jwk.get(name)
        if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
            raise FaultyKey(f"/{name}", "must be there, in base64url")
        if name in _NUMBERS and base64url(_bytes(value)) != value:
            raise FaultyKey(f"/{name}", "must be base64url with no bit left over")
        if kty == "RSA" and name in _NUMBERS and _bytes(value).startswith(b"\0"):
            raise FaultyKey(f"/{name}", "must not begin with a zero octet")
        members[name] = value
    return members


def _algorithms(members: dict[str, str]) -> tuple[str, ...]:
    """The algorithms that suit the key. Raises FaultyKey, also for a point off its curve and a number that is none."""
    if members["kty"] == "RSA":
        _require_strong(members)
        algorithms: tuple[str, ...] = _RSA_ALGORITHMS
    elif members["crv"] in _ALGORITHMS_BY_CURVE:
        algorithms = _ALGORITHMS_BY_CURVE[members["crv"]]
    else:
        raise FaultyKey("/crv", "must be P-256 or P-384")
    try:
        jwt.PyJWK(members, algorithm=algorithms[0])
    except (jwt.PyJWTError, ValueError, OverflowError) as error:
        raise FaultyKey("", "is not a public key") from error
    return algorithms


def _require_strong(rsa: dict[str, str]) -> None:
    modulus, exponent = (int.from_bytes(_bytes(rsa[name]), "big") for name in ("n", "e"))
    if modulus.bit_length() not in _RSA_BITS:
        raise FaultyKey("/n", f"must have from {_RSA_BITS[0]} to {_RSA_BITS[-1]} bits")
    if modulus % 2 == 0:
        raise FaultyKey("/n", "must be odd: this is no product of two primes")
    if exponent not in _RSA_EXPONENTS:
        raise FaultyKey("/e", "must be odd, 65537 at least, and of 64 bits at most")


def _bytes(encoded: str) -> bytes:
    """The bytes of base64url without padding. Raises FaultyKey."""
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except ValueError as error:
        raise FaultyKey("", "is not base64url") from error


def _kid(jwk: dict[str, object]) -> str | None:
    kid = jwk.get("kid")
    if kid is not None and (not isinstance(kid, str) or not 1 <= len(kid) <= _LONGEST_KID):
        raise FaultyKey("/kid", f"must be a string of 1 to {_LONGEST_KID} characters")
    return kid
