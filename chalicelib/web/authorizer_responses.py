"""Shapes the answers of the authorizers: allow, with a context for the route, or deny.

What is no verdict on the token rises: API Gateway answers 503 for an authorizer that fails, and keeps it in no cache. A
denial would tell the caller to throw a good token away.

API Gateway passes the context on as strings. Text that people chose is percent-encoded, so that it is plain ASCII.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from chalice.app import AuthRequest, AuthResponse

from chalicelib.errors import Refusal, TokenRequired, Unavailable
from chalicelib.oauth.access_tokens import AccessTokenClaims
from chalicelib.oauth.jwt_verification import InvalidJwt, unverified_claims
from chalicelib.oauth.protected_resource import ProtectedResourceRequest
from chalicelib.oauth.token_validation import ActiveToken
from chalicelib.settings import Settings
from chalicelib.web.authorizer_requests import resource_request
from chalicelib.web.error_response import challenge

if TYPE_CHECKING:
    from chalicelib.console.console_users import ConsoleUser

_log = logging.getLogger(__name__)
CHALLENGE = "challenge"
"""In a denial's context: the WWW-Authenticate header of the answer. The API's gateway response takes it from there."""
_TOKEN_SCHEMES = frozenset({"bearer", "dpop"})


def for_manager(
    request: AuthRequest,
    settings: Settings,
    verify: Callable[[str], "ConsoleUser"],
    authorize: Callable[[ProtectedResourceRequest], ActiveToken],
) -> AuthResponse:
    """Allows who manages credentials, a console user or a credential, or denies. Raises Unavailable."""

    def allow() -> AuthResponse:
        presented = _presented(request, settings)
        if presented.scheme == "dpop" or _is_ours(presented.token, settings.issuer):
            return _credential(authorize(presented))
        return _console_user(verify(presented.token))

    return _answer(allow, settings.issuer)


def for_access_token(
    request: AuthRequest, settings: Settings, authorize: Callable[[ProtectedResourceRequest], ActiveToken]
) -> AuthResponse:
    """Allows an API client, or denies. Raises Unavailable."""
    return _answer(lambda: _access_token(authorize(_presented(request, settings)).claims), settings.issuer)


def read_text(encoded: str) -> str:
    """Decodes text from a context."""
    return unquote(encoded)


def _presented(request: AuthRequest, settings: Settings) -> ProtectedResourceRequest:
    presented = resource_request(request, settings.issuer, settings.trusted_proxies)
    if presented.scheme not in _TOKEN_SCHEMES:
        raise TokenRequired
    return presented


def _is_ours(token: str, issuer: str) -> bool:
    """Whether a token names this service as its issuer. That chooses who verifies it, and proves nothing."""
    try:
        return unverified_claims(token).get("iss") == issuer
    except InvalidJwt:
        return False


def _console_user(user: "ConsoleUser") -> AuthResponse:
    context = {
        "tenant_id": user.tenant_id,
        "subject": quote(user.subject),
        "name": quote(user.name),
        "roles": " ".join(sorted(user.roles)),
    }
    # API Gateway may keep this answer for the next request with the same token: it must fit every route.
    return AuthResponse(routes=["*"], principal_id=quote(user.subject), context=context)


def _credential(active: ActiveToken) -> AuthResponse:
    claims, credential, _ = active
    # A scope that was taken away since the token was issued is gone at once. There are no roles here: during an update
    # this may reach a function of the release before, which would take the credential for a console user.
    scopes = [scope for scope in claims.scope.split() if scope in credential.scopes]
    context = {
        "type": "credential",
        "tenant_id": claims.tenant_id,
        "subject": claims.client_id,
        "name": quote(credential.name),
        "scope": " ".join(scopes),
        "security_profile": credential.security_profile or "",
    }
    return AuthResponse(routes=["*"], principal_id=claims.client_id, context=context)


def _access_token(claims: AccessTokenClaims) -> AuthResponse:
    context = {"tenant_id": claims.tenant_id, "client_id": claims.client_id, "scope": claims.scope}
    return AuthResponse(routes=["*"], principal_id=claims.client_id, context=context)


def _answer(allow: Callable[[], AuthResponse], issuer: str) -> AuthResponse:
    """``issuer``: this service's URL."""
    try:
        return allow()
    except Unavailable:
        raise
    except Refusal as refusal:
        _log.info("denied: %s", refusal.detail)
        return AuthResponse(routes=[], principal_id="nobody", context={CHALLENGE: challenge(refusal, issuer)})
    except Exception:
        _log.exception("the authorizer failed")
        raise
