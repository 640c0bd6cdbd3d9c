"""Verifies every JWT by the same rules, whoever signed it (RFC 7519 §7.2, RFC 8725).

PyJWT does the work; each of its options is written out, also where it is the default: a default may change.
"""

import base64
import json
import re
import time
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

from chalicelib.json_objects import repeated_names
from chalicelib.lazy_import import jwt

if TYPE_CHECKING:
    from jwt import PyJWK

Claims = TypeVar("Claims")
EARLY = 30
"""Seconds by which a signer's clock may be ahead of ours (RFC 7519 §4.1.5): its newest JWTs are not refused."""
_BOUNDS = msgspec.Meta(ge=0, le=2**53)
NumericDate = Annotated[int, _BOUNDS] | Annotated[float, _BOUNDS]
"""RFC 7519 §2: epoch seconds. JSON as Python reads it knows NaN, Infinity and integers that no float can hold."""


class InvalidJwt(Exception):
    """A JWT that is not well-formed, not signed by the key, or breaks a rule; the text names the cause for our log.

    ``claim`` is the claim that is missing or wrong in a JWT that the key did sign; None for any other cause.
    """

    def __init__(self, cause: str, claim: str | None = None) -> None:
        super().__init__(cause)
        self.claim = claim


def unverified_header(token: str) -> dict[str, Any]:
    """The JOSE header, not verified: it chooses the key. It has an ``alg`` (RFC 7515 §4.1.1). Raises InvalidJwt.

    Without PyJWT, which decodes the other two parts as well, for no more: ``verified_claims`` has it do so.
    """
    encoded, *others = token.split(".")
    if len(others) != 2:
        raise InvalidJwt("not three parts")
    try:
        header = json.loads(_decoded(encoded))
        _require_single_names(encoded)
    except (ValueError, RecursionError) as error:
        raise InvalidJwt(type(error).__name__) from error
    if not isinstance(header, dict) or not isinstance(header.get("alg"), str):
        raise InvalidJwt("no alg")
    return header


def unverified_claims(token: str) -> dict[str, Any]:
    """The claims, not verified. Raises InvalidJwt."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        _require_single_names(*token.split(".")[:2])
    except _failures() as error:
        raise _invalid(error) from error
    return claims


def verified_claims(
    token: str,
    key: "PyJWK",
    claims_type: type[Claims],
    *,
    algorithms: Sequence[str],
    required: Collection[str],
    leeway: int,
    audience: str | Sequence[str] | None = None,
    issuer: str | None = None,
    verify_exp: bool = True,
    verify_nbf: bool = True,
    verify_iat: bool = True,
) -> Claims:
    """The claims of a JWT that ``key`` signed by one of ``algorithms``, an allow-list (RFC 8725 §3.1).

    ``leeway`` is in seconds after ``exp``; ``nbf`` and ``iat`` may lie EARLY seconds ahead. Without an ``audience`` or
    ``issuer`` the caller checks the claim, if there is one; with ``verify_exp``, ``verify_nbf`` or ``verify_iat`` False
    it checks the time. Raises InvalidJwt.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=list(algorithms),
            audience=audience,
            issuer=issuer,
            leeway=leeway,
            options={
                "require": list(required),
                "verify_signature": True,
                "verify_exp": verify_exp,
                # By _require_begun: PyJWT has one leeway for all three.
                "verify_nbf": False,
                "verify_iat": False,
                "verify_aud": audience is not None,
                "verify_iss": issuer is not None,
                "verify_sub": True,
                "verify_jti": True,
            },
        )
        _require_single_names(*token.split(".")[:2])
        if verify_nbf:
            _require_begun(claims, "nbf")
        if verify_iat:
            _require_begun(claims, "iat")
        return msgspec.convert(claims, claims_type)
    except _failures() as error:
        raise _invalid(error) from error


def is_its_time(iat: float, exp: float, leeway: int, now: float) -> bool:
    """Whether ``verified_claims`` would find these times right ``now``, in epoch seconds."""
    return exp > now - leeway and iat <= now + EARLY


def _require_begun(claims: dict[str, Any], name: str) -> None:
    """RFC 7519 §4.1.5, §4.1.6; a time is a number (§2). Raises InvalidJwt."""
    begins = claims.get(name, 0)
    if isinstance(begins, bool) or not isinstance(begins, (int, float)) or not begins <= time.time() + EARLY:
        raise InvalidJwt(f"{name} lies ahead, or is no time", name)


def _require_single_names(*parts: str) -> None:
    """RFC 7515 §4, RFC 7519 §4: names are unique, or the JWT is refused. Raises ValueError."""
    for part in parts:
        if next(repeated_names(_decoded(part)), None) is not None:
            raise ValueError("a name comes twice")


def _decoded(part: str) -> bytes:
    """Raises ValueError."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _failures() -> tuple[type[Exception], ...]:
    """What PyJWT and msgspec raise for a token that is not a valid JWT."""
    return jwt.PyJWTError, msgspec.ValidationError, ValueError, OverflowError, RecursionError


def _invalid(error: Exception) -> InvalidJwt:
    return InvalidJwt(type(error).__name__, _wrong_claim(error))


def _wrong_claim(error: Exception) -> str | None:
    """PyJWT verifies the signature before it looks at a claim, and msgspec gets what PyJWT lets through."""
    if isinstance(error, jwt.MissingRequiredClaimError):
        return error.claim
    if isinstance(error, jwt.exceptions.InvalidSubjectError):
        return "sub"
    if isinstance(error, jwt.exceptions.InvalidJTIError):
        return "jti"
    if isinstance(error, msgspec.ValidationError):
        named = re.search(r"`\$\.(\w+)|field `(\w+)`", str(error))
        return None if named is None else named[1] or named[2]
    return None
