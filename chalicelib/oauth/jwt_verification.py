"""Verifies every JWT by the same rules, whoever signed it (RFC 7519 §7.2, RFC 8725).

PyJWT does the work; each of its options is written out, also where it is the default: a default may change.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from chalicelib.lazy_import import jwt

if TYPE_CHECKING:
    from jwt import PyJWK

Claims = TypeVar("Claims")


class InvalidJwt(Exception):
    """A JWT that is not well-formed, not signed by the key, or breaks a rule; the text names the cause for our log."""


def unverified_header(token: str) -> dict[str, Any]:
    """The JOSE header, not verified. Raises InvalidJwt."""
    try:
        return jwt.get_unverified_header(token)
    except _failures() as error:
        raise InvalidJwt(type(error).__name__) from error


def unverified_claims(token: str) -> dict[str, Any]:
    """The claims, not verified. Raises InvalidJwt."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except _failures() as error:
        raise InvalidJwt(type(error).__name__) from error
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
    verify_iat: bool = True,
) -> Claims:
    """The claims of a JWT that ``key`` signed by one of ``algorithms``, an allow-list (RFC 8725 §3.1).

    ``leeway`` is in seconds. Without an ``audience`` or ``issuer`` the caller checks the claim, if there is one; with
    ``verify_exp`` or ``verify_iat`` False it checks the time. Raises InvalidJwt.
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
                "verify_nbf": True,
                "verify_iat": verify_iat,
                "verify_aud": audience is not None,
                "verify_iss": issuer is not None,
                "verify_sub": True,
                "verify_jti": True,
            },
        )
        return msgspec.convert(claims, claims_type)
    except _failures() as error:
        raise InvalidJwt(type(error).__name__) from error


def _failures() -> tuple[type[Exception], ...]:
    """What PyJWT and msgspec raise for a token that is not a valid JWT."""
    return jwt.PyJWTError, msgspec.ValidationError, ValueError, OverflowError, RecursionError
