"""Describes what each route takes and answers, in the code's own types. ``document`` makes OpenAPI of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from chalicelib.credentials.credential_patch import CredentialPatch
from chalicelib.credentials.credential_service import StatusFilter
from chalicelib.credentials.identifiers import TIME_ORDERED_ID
from chalicelib.credentials.new_credential import CredentialRequest, KeyRequest, SecretRequest
from chalicelib.errors import (
    Conflict,
    CredentialHasNoKey,
    CredentialHasNoSecret,
    CredentialNotActive,
    CredentialNotFound,
    CredentialRevoked,
    Fault,
    Forbidden,
    InvalidClient,
    InvalidDPoPProof,
    InvalidRequest,
    InvalidScope,
    InvalidTarget,
    KeyExists,
    KeyNotFound,
    LastKey,
    LastSecret,
    OverlapNotOver,
    PreconditionFailed,
    Refusal,
    RevocationNotFound,
    SecretNotFound,
    StatusListNotFound,
    TooManyKeys,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedMediaType,
)
from chalicelib.oauth.client_credentials_grant import TokenResponse
from chalicelib.oauth.introspection import SCOPE, TokenState
from chalicelib.oauth.server_metadata import OpenIDConfiguration, ServerMetadata
from chalicelib.web.managed_requests import DEFAULT_PAGE, LARGEST_PAGE
from chalicelib.web.managed_responses import (
    AuditEventPageBody,
    ConsoleUserBody,
    CreatedCredentialBody,
    CredentialBody,
    CredentialPageBody,
    RevocationBody,
)
from chalicelib.web.oauth_responses import WhoamiBody

PAGE = frozenset({"get_console_page", "console_sign_in", "console_file"})
"""What a browser loads the console from: no part of the API."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    status: Literal["ok"]


class JwkSet(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 7517 §5."""

    keys: tuple[dict[str, str], ...]


class ClientForm(msgspec.Struct, frozen=True, kw_only=True):
    """A client authenticates in the header, or here: by its secret (RFC 6749 §2.3.1), or by an assertion (RFC 7523)."""

    client_id: str | None = None
    client_secret: str | None = None
    client_assertion_type: Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"] | None = None
    client_assertion: str | None = None


class TokenForm(ClientForm, frozen=True, kw_only=True):
    """RFC 6749 §4.4.2; ``resource`` is RFC 8707's, and ``audience`` another name for it."""

    grant_type: Literal["client_credentials"]
    scope: str | None = None
    resource: str | None = None
    audience: str | None = None


class PresentedTokenForm(ClientForm, frozen=True, kw_only=True):
    """RFC 7662 §2.1, RFC 7009 §2.1."""

    token: str
    token_type_hint: str | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """``cursor`` is the next_cursor of the page before."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, msgspec.Meta(pattern=f"^({TIME_ORDERED_ID})?$")] | None = None


class CredentialQuery(Page, frozen=True, kw_only=True):
    status: StatusFilter = "active"


class Description(NamedTuple):
    """One route. ``body`` and ``query`` are structs; ``refusals`` what it may answer beside what every route may.

    ``answer`` is None where the answer has no body.
    """

    summary: str
    answer: Any
    status: int = 200
    media_type: str = "application/json"
    """Of the answer."""
    body: type[msgspec.Struct] | None = None
    form: bool = False
    """The body is a form, and its client may authenticate in the header."""
    or_json: bool = False
    """The same parameters may come as a JSON object, where the settings allow it."""
    query: type[msgspec.Struct] | None = None
    refusals: tuple[Refusal, ...] = ()
    cacheable: bool = False
    versioned: bool = False
    """The answer has the credential's version as ETag."""
    conditional: bool = False
    """A change that may be asked for one version alone (If-Match)."""
    examples: Mapping[str, Any] = MappingProxyType({})
    """Of the body, by name."""


_FAULTY_BODY = InvalidRequest("The body is not valid.", (Fault("/name", "is required"),))
_FAULTY_QUERY = InvalidRequest(f"limit must be a whole number from 1 to {LARGEST_PAGE}.")
_FAULTY_IF_MATCH = InvalidRequest("If-Match must be the ETag of an answer, or *.")
_FAULTY_FORM = InvalidRequest("grant_type is missing.")
_FAULTY_TOKEN_FORM = InvalidRequest("token is missing.")

DESCRIPTIONS: dict[str, Description] = {
    "create_credential": Description(
        "Create a credential; the answer alone has its client_secret",
        CreatedCredentialBody,
        201,
        body=CredentialRequest,
        refusals=(_FAULTY_BODY, Forbidden(), Conflict(), UnsupportedMediaType()),
        examples={
            "name only": {"name": "Nightly export"},
            "all": {
                "name": "Nightly export",
                "description": "Sends the day's orders to the warehouse",
                "scopes": ["orders:read"],
                "expires_at": "2035-01-01T00:00:00Z",
                "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
            },
        },
        versioned=True,
    ),
    "list_credentials": Description(
        "List the credentials, newest first. A page may be short while next_cursor is not null",
        CredentialPageBody,
        query=CredentialQuery,
        refusals=(_FAULTY_QUERY,),
    ),
    "get_credential": Description(
        "Get one credential", CredentialBody, refusals=(CredentialNotFound(),), versioned=True
    ),
    "edit_credential": Description(
        "Change what is named, as a JSON merge patch (RFC 7396), also as application/merge-patch+json",
        CredentialBody,
        body=CredentialPatch,
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            CredentialNotFound(),
            CredentialRevoked(),
            Conflict(),
            PreconditionFailed(),
            UnsupportedMediaType(),
        ),
        examples={
            "another name": {"name": "Hourly export"},
            "from one network alone, for ever": {"allowed_addresses": ["192.0.2.0/24"], "expires_at": None},
        },
        versioned=True,
        conditional=True,
    ),
    "add_secret": Description(
        "Add a second secret; the old one expires when the overlap ends",
        CreatedCredentialBody,
        201,
        body=SecretRequest,
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            CredentialNotFound(),
            CredentialNotActive(),
            CredentialHasNoSecret(),
            OverlapNotOver(),
            Conflict(),
            UnsupportedMediaType(),
        ),
        examples={"a day of overlap": {"overlap_seconds": 86_400}},
        versioned=True,
    ),
    "end_secret": Description(
        "End a secret now; the others stay as they are, and the last valid one cannot be ended",
        None,
        204,
        refusals=(
            _FAULTY_IF_MATCH,
            Forbidden(),
            CredentialNotFound(),
            SecretNotFound(),
            CredentialRevoked(),
            LastSecret(),
            Conflict(),
            PreconditionFailed(),
        ),
        conditional=True,
    ),
    "add_key": Description(
        "Add a further public key to a credential that has keys (private_key_jwt), five at most",
        CredentialBody,
        201,
        body=KeyRequest,
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            CredentialNotFound(),
            CredentialRevoked(),
            CredentialHasNoKey(),
            KeyExists(),
            TooManyKeys(),
            Conflict(),
            PreconditionFailed(),
            UnsupportedMediaType(),
        ),
        examples={
            "a P-256 key": {
                "jwk": {
                    "kty": "EC",
                    "crv": "P-256",
                    "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                    "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                    "kid": "2027",
                }
            }
        },
        versioned=True,
        conditional=True,
    ),
    "remove_key": Description(
        "Remove a public key; the last one cannot be removed",
        None,
        204,
        refusals=(
            _FAULTY_IF_MATCH,
            Forbidden(),
            CredentialNotFound(),
            KeyNotFound(),
            CredentialRevoked(),
            LastKey(),
            Conflict(),
            PreconditionFailed(),
        ),
        conditional=True,
    ),
    "suspend_credential": Description(
        "Suspend one credential until it is resumed; again: the same answer",
        CredentialBody,
        refusals=(
            _FAULTY_IF_MATCH,
            Forbidden(),
            CredentialNotFound(),
            CredentialRevoked(),
            Conflict(),
            PreconditionFailed(),
        ),
        versioned=True,
        conditional=True,
    ),
    "resume_credential": Description(
        "Resume a suspended credential; again: the same answer",
        CredentialBody,
        refusals=(
            _FAULTY_IF_MATCH,
            Forbidden(),
            CredentialNotFound(),
            CredentialRevoked(),
            Conflict(),
            PreconditionFailed(),
        ),
        versioned=True,
        conditional=True,
    ),
    "revoke_credential": Description(
        "Revoke one credential; again: the same answer",
        CredentialBody,
        refusals=(Forbidden(), CredentialNotFound(), Conflict()),
        versioned=True,
    ),
    "revoke_all": Description(
        "Revoke every credential of the tenant at once; what is left is to stamp their rows",
        RevocationBody,
        202,
        refusals=(Forbidden(), Conflict()),
    ),
    "get_revocation": Description(
        "How far the stamping of a revoke-all is", RevocationBody, refusals=(RevocationNotFound(),)
    ),
    "list_audit_events": Description(
        "List the audit events, newest first", AuditEventPageBody, query=Page, refusals=(_FAULTY_QUERY,)
    ),
    "get_console_user": Description("Who is signed in, and what they may choose from", ConsoleUserBody),
    "issue_token": Description(
        "Exchange client credentials for an access token (RFC 6749 §4.4)",
        TokenResponse,
        body=TokenForm,
        form=True,
        or_json=True,
        refusals=(
            _FAULTY_FORM,
            UnsupportedGrantType(),
            InvalidTarget(),
            InvalidDPoPProof("htm is not the method of this request."),
            InvalidScope(),
            InvalidClient(),
        ),
        examples={"a narrower scope": {"grant_type": "client_credentials", "scope": "orders:read"}},
    ),
    "introspect": Description(
        "Is a token active, and what does it say? (RFC 7662) The client needs the scope introspect",
        TokenState,
        body=PresentedTokenForm,
        form=True,
        refusals=(
            _FAULTY_TOKEN_FORM,
            UnauthorizedClient(f"To introspect, a credential needs the scope {SCOPE}."),
            InvalidClient(),
        ),
        examples={"a token": {"token": "eyJhbGciOiJSUzI1NiIs…"}},
    ),
    "revoke_token": Description(
        "End an access token that was issued to this client (RFC 7009)",
        None,
        body=PresentedTokenForm,
        form=True,
        refusals=(
            _FAULTY_TOKEN_FORM,
            UnauthorizedClient("The token was issued to another client."),
            InvalidClient(),
        ),
        examples={"a token": {"token": "eyJhbGciOiJSUzI1NiIs…"}},
    ),
    "get_server_metadata": Description(
        "What this authorization server offers (RFC 8414)", ServerMetadata, cacheable=True
    ),
    "get_jwks": Description("The public keys that verify access tokens (RFC 7517 §5)", JwkSet, cacheable=True),
    "get_status_list": Description(
        "A signed Token Status List: which credentials' tokens are revoked (draft-ietf-oauth-status-list)",
        str,
        media_type="application/statuslist+jwt",
        refusals=(StatusListNotFound(),),
    ),
    "get_openid_configuration": Description(
        "Where the keys are, for verifiers that know OpenID Connect Discovery alone",
        OpenIDConfiguration,
        cacheable=True,
    ),
    "whoami": Description("What a protected API learns of its client", WhoamiBody),
    "health": Description("The service answers", Health),
    "get_openapi": Description("This document", dict[str, Any], cacheable=True),
}
"""By the name of the view."""
