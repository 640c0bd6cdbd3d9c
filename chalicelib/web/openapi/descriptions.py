"""Describes what each route takes and answers, in the code's own types. ``document`` makes OpenAPI of it.

Texts that go into the document are in CommonMark.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.credentials.audit_event import Action
from chalicelib.credentials.audit_trail import MOST_EVENTS
from chalicelib.credentials.credential_list import LONGEST_SEARCH, MOST_ROWS, StatusFilter
from chalicelib.credentials.credential_patch import CredentialPatch
from chalicelib.credentials.cursors import CURSOR
from chalicelib.credentials.idempotency import REMEMBERED
from chalicelib.credentials.identifiers import CLIENT_ID
from chalicelib.credentials.new_credential import CredentialRequest, KeyRequest, SecretRequest
from chalicelib.errors import (
    AlreadyCreated,
    Conflict,
    CredentialHasNoKey,
    CredentialHasNoSecret,
    CredentialNotActive,
    CredentialNotFound,
    CredentialRevoked,
    ExchangeLimitReached,
    Fault,
    Forbidden,
    IdempotencyKeyReused,
    InvalidClient,
    InvalidDPoPProof,
    InvalidRequest,
    InvalidScope,
    InvalidTarget,
    KeyExists,
    KeyNotFound,
    LastKey,
    LastSecret,
    LimitReached,
    OverlapNotOver,
    OwnCredential,
    PreconditionFailed,
    Refusal,
    ReportNotSigned,
    ReportRepeated,
    ReportsNotTaken,
    ReportTooLarge,
    ReportUnfinished,
    RevocationNotFound,
    SecretNotFound,
    SecurityProfileRequired,
    SharedSecretsNotAllowed,
    StatusListHistoryNotKept,
    StatusListNotFound,
    TooManyKeys,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedMediaType,
)
from chalicelib.management_scopes import READ, ROTATE, WRITE
from chalicelib.oauth.client_credentials_grant import TokenResponse
from chalicelib.oauth.introspection import SCOPE, TokenState
from chalicelib.oauth.protected_resource_metadata import ProtectedResourceMetadata
from chalicelib.oauth.server_metadata import ServerMetadata
from chalicelib.oauth.status_list_aggregation import StatusListAggregation
from chalicelib.secret_scanning.signed_report import Feedback, Match
from chalicelib.web.audit_export import JSON_LINES, LARGEST_PIECE
from chalicelib.web.idempotency_keys import IDEMPOTENCY_KEY, LONGEST_KEY
from chalicelib.web.managed_requests import DEFAULT_PAGE, FAULTY_KEY, LARGEST_PAGE
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

    client_id: str | UnsetType = UNSET
    client_secret: str | UnsetType = UNSET
    client_assertion_type: Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"] | UnsetType = UNSET
    client_assertion: str | UnsetType = UNSET


class TokenForm(ClientForm, frozen=True, kw_only=True):
    """RFC 6749 §4.4.2; ``resource`` is RFC 8707's, and ``audience`` another name for it."""

    grant_type: Literal["client_credentials"]
    scope: str | UnsetType = UNSET
    resource: str | UnsetType = UNSET
    audience: str | UnsetType = UNSET


class PresentedTokenForm(ClientForm, frozen=True, kw_only=True):
    """RFC 7662 §2.1, RFC 7009 §2.1."""

    token: str
    token_type_hint: str | UnsetType = UNSET


_CURSOR = "The `next_cursor` of the page before, which had the same parameters."


class PresentedSecretForm(msgspec.Struct, frozen=True, kw_only=True):
    """A whole client secret, as it was found."""

    secret: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAGE)] = DEFAULT_PAGE
    cursor: Annotated[str, msgspec.Meta(description=_CURSOR, pattern=f"^({CURSOR})?$")] | UnsetType = UNSET


class CredentialQuery(Page, frozen=True, kw_only=True):
    """All that is given must be met."""

    status: StatusFilter = "active"
    search: (
        Annotated[
            str,
            msgspec.Meta(
                description="Text in the name, the description or the `client_id`, in capitals or not.",
                max_length=LONGEST_SEARCH,
            ),
        ]
        | UnsetType
    ) = UNSET
    scope: Annotated[str, msgspec.Meta(description="One that the credential has.")] | UnsetType = UNSET
    created_by: Annotated[str, msgspec.Meta(description="The `subject` of who made it.")] | UnsetType = UNSET
    unused_since: (
        Annotated[datetime, msgspec.Meta(description="It was neither used nor made since then.", tz=True)] | UnsetType
    ) = UNSET


class AuditQuery(Page, frozen=True, kw_only=True):
    """All that is given must be met."""

    client_id: (
        Annotated[str, msgspec.Meta(description="The credential concerned.", pattern=f"^({CLIENT_ID})?$")] | UnsetType
    ) = UNSET
    action: Annotated[Action, msgspec.Meta(description="What was done.")] | UnsetType = UNSET
    actor: Annotated[str, msgspec.Meta(description="The `subject` of who did it.")] | UnsetType = UNSET
    since: Annotated[datetime, msgspec.Meta(description="At this time or later.", tz=True)] | UnsetType = UNSET
    until: Annotated[datetime, msgspec.Meta(description="Before this time.", tz=True)] | UnsetType = UNSET


Tag = Literal[
    "Credentials",
    "Audit events",
    "Console user",
    "OAuth",
    "Discovery",
    "Protected resource",
    "Leaked secrets",
    "Service",
]

TAGS: Mapping[Tag, str] = MappingProxyType(
    {
        "Credentials": "A tenant's API client credentials: made, listed, rotated, revoked.",
        "Audit events": "Who changed what, when and from where.",
        "Console user": "Who asks.",
        "OAuth": "What programs call with their credential: token, introspection and revocation.",
        "Discovery": "What libraries and verifiers read by themselves: metadata, keys and status lists.",
        "Protected resource": "An API that access tokens open, to try one with.",
        "Leaked secrets": "For whoever finds a client secret where none should be.",
        "Service": "The service itself.",
    }
)
"""What each tag stands for. An operation has one; a generator makes a class of it."""


class RequestHeader(NamedTuple):
    """A header that a caller may send. ``pattern`` is a regular expression."""

    name: str
    description: str
    pattern: str | None = None


DPOP = RequestHeader(
    "DPoP",
    "A proof that the caller has the private key that the token is, or will be, bound to (RFC 9449 §4).",
)
IF_MATCH = RequestHeader(
    "If-Match",
    "The ETag of an answer: the change is made if this version is still there, and refused (412) if not "
    "(RFC 9110 §13.1.1). Without it, whichever version is there is changed.",
    r'^(\*|"[1-9][0-9]{0,14}")$',
)
IF_NONE_MATCH = RequestHeader(
    "If-None-Match", "The ETag of the answer that the caller has: if it is still the same, the answer is 304."
)


IDEMPOTENCY = RequestHeader(
    "Idempotency-Key",
    "Makes it safe to send the request again: under one key it is carried out once "
    f"(draft-ietf-httpapi-idempotency-key-header). Remembered for {REMEMBERED // 3600} hours. At most {LONGEST_KEY} "
    "characters.",
    IDEMPOTENCY_KEY,
)


class Description(NamedTuple):
    """One route. ``body`` is a type, ``query`` a struct; ``refusals`` what it may answer beside what every route may.

    ``answer`` is None where the answer has no body. ``answer_headers``: those of the success, beside what all have.
    """

    tag: Tag
    summary: str
    description: str
    answer: Any
    status: int = 200
    media_type: str = "application/json"
    """Of the answer."""
    text_media_type: str | None = None
    """Another form of the answer, for who asks for it alone."""
    body: Any = None
    form: bool = False
    """The body is a form, and its client may authenticate in the header."""
    anonymous_form: bool = False
    """The body is a form, and nobody authenticates."""
    or_json: bool = False
    """The same parameters may come as a JSON object, where the settings allow it."""
    query: type[msgspec.Struct] | None = None
    request_headers: tuple[RequestHeader, ...] = ()
    answer_headers: tuple[str, ...] = ()
    optional_answer_headers: tuple[str, ...] = ()
    """Those that not each success has."""
    refusals: tuple[Refusal, ...] = ()
    cacheable: bool = False
    """The answer has an ETag, and a caller may ask whether it changed (If-None-Match)."""
    versioned: bool = False
    """The answer has the credential's version as ETag."""
    conditional: bool = False
    """A change that may be asked for one version alone (If-Match)."""
    scopes: tuple[str, ...] = ()
    """Of a managed endpoint: each lets a credential call it, instead of a console user."""
    examples: Mapping[str, Any] = MappingProxyType({})
    """Of the body, by name."""


_READS = (READ, WRITE)
_CHANGES = (WRITE,)
_ROTATES = (WRITE, ROTATE)
_FAULTY_BODY = InvalidRequest("The body is not valid.", (Fault("/name", "is required"),))
_FAULTY_QUERY = InvalidRequest(f"limit must be a whole number from 1 to {LARGEST_PAGE}.")
_MADE = {"client_id": "acc_…", "secret_id": "0Ab1Cd"}
_FAULTY_KEY = InvalidRequest(FAULTY_KEY)
_FAULTY_IF_MATCH = InvalidRequest("If-Match must be the ETag of an answer, or *.")
_FAULTY_FORM = InvalidRequest("grant_type is missing.")
_FAULTY_TOKEN_FORM = InvalidRequest("token is missing.")
_CLIENT_AUTHENTICATION = (
    "The client authenticates by HTTP Basic or by `client_id` and `client_secret` in the form (RFC 6749 §2.3.1), "
    "or by a signed `client_assertion` (RFC 7523)."
)

DESCRIPTIONS: dict[str, Description] = {
    "create_credential": Description(
        "Credentials",
        "Create a credential",
        "The answer alone has the `client_secret`: it is stored nowhere and shown once. A credential with keys of its "
        "own (`jwks`) has no secret. For admins.",
        CreatedCredentialBody,
        201,
        body=CredentialRequest,
        request_headers=(IDEMPOTENCY,),
        answer_headers=("Location",),
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            SecurityProfileRequired(),
            AlreadyCreated(made=_MADE),
            IdempotencyKeyReused(),
            LimitReached(),
            Conflict(),
            UnsupportedMediaType(),
        ),
        examples={
            "name only": {"name": "Nightly export"},
            "all": {
                "name": "Nightly export",
                "description": "Sends the day's orders to the warehouse",
                "scopes": ["orders:read"],
                "expires_at": "2035-01-01T00:00:00Z",
                "allowed_addresses": ["192.0.2.0/24", "2001:db8::/32"],
            },
            "held to the FAPI 2.0 Security Profile": {
                "name": "Payments",
                "jwks": {"kty": "EC", "crv": "P-256", "x": "…", "y": "…"},
                "security_profile": "fapi2",
            },
        },
        versioned=True,
        scopes=_CHANGES,
    ),
    "list_credentials": Description(
        "Credentials",
        "List the credentials",
        f"Newest first, and never with a secret. One call reads at most {MOST_ROWS:,} credentials, so a page may be "
        "short, or empty, while `next_cursor` is not null: that says that there may be more, and null alone that there "
        "are no more.",
        CredentialPageBody,
        query=CredentialQuery,
        refusals=(_FAULTY_QUERY,),
        scopes=_READS,
    ),
    "get_credential": Description(
        "Credentials",
        "Get one credential",
        "Without its secret. Another tenant's credential is answered as one that does not exist.",
        CredentialBody,
        refusals=(CredentialNotFound(),),
        versioned=True,
        scopes=_READS,
    ),
    "edit_credential": Description(
        "Credentials",
        "Edit a credential",
        "Changes what is named, as a JSON merge patch (RFC 7396); `application/merge-patch+json` is taken, too. "
        "For admins; a security profile is taken away by console users alone.",
        CredentialBody,
        body=CredentialPatch,
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            SecurityProfileRequired(),
            OwnCredential(),
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
        scopes=_CHANGES,
    ),
    "add_secret": Description(
        "Credentials",
        "Add a second secret",
        "The answer alone has the new `client_secret`. The old secret expires when the overlap ends; with null it is "
        "valid until it is ended, so that a rotation that stops half-way costs nobody a secret in use. For admins.",
        CreatedCredentialBody,
        201,
        body=SecretRequest,
        request_headers=(IDEMPOTENCY,),
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            SecurityProfileRequired(),
            AlreadyCreated(made=_MADE),
            IdempotencyKeyReused(),
            CredentialNotFound(),
            CredentialNotActive(),
            CredentialHasNoSecret(),
            SharedSecretsNotAllowed(),
            OverlapNotOver(("0Ab1Cd", "2Ef3Gh")),
            Conflict(),
            UnsupportedMediaType(),
        ),
        examples={"a day of overlap": {"overlap_seconds": 86_400}, "until one is ended": {"overlap_seconds": None}},
        versioned=True,
        scopes=_ROTATES,
    ),
    "end_secret": Description(
        "Credentials",
        "End a secret",
        "It is refused from now on; the others stay as they are. The last valid one cannot be ended. For admins.",
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
        scopes=_ROTATES,
    ),
    "add_key": Description(
        "Credentials",
        "Add a public key",
        "To a credential that has keys (`private_key_jwt`), five at most. For admins.",
        CredentialBody,
        201,
        body=KeyRequest,
        refusals=(
            _FAULTY_BODY,
            Forbidden(),
            SecurityProfileRequired(),
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
        scopes=_ROTATES,
    ),
    "remove_key": Description(
        "Credentials",
        "Remove a public key",
        "The last one cannot be removed. For admins.",
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
        scopes=_ROTATES,
    ),
    "suspend_credential": Description(
        "Credentials",
        "Suspend one credential",
        "It is refused until it is resumed. Again: the same answer. For admins.",
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
        scopes=_CHANGES,
    ),
    "resume_credential": Description(
        "Credentials",
        "Resume a suspended credential",
        "Again: the same answer. For admins.",
        CredentialBody,
        refusals=(
            _FAULTY_IF_MATCH,
            Forbidden(),
            SecurityProfileRequired(),
            CredentialNotFound(),
            CredentialRevoked(),
            Conflict(),
            PreconditionFailed(),
        ),
        versioned=True,
        conditional=True,
        scopes=_CHANGES,
    ),
    "revoke_credential": Description(
        "Credentials",
        "Revoke one credential",
        "Its secrets, keys and access tokens are refused from now on. Again: the same answer. For admins.",
        CredentialBody,
        refusals=(Forbidden(), CredentialNotFound(), Conflict()),
        versioned=True,
        scopes=_CHANGES,
    ),
    "revoke_all": Description(
        "Credentials",
        "Revoke every credential of the tenant",
        "All are refused when the answer comes, however many there are; what is left is to stamp their rows. "
        "For admins.",
        RevocationBody,
        202,
        request_headers=(IDEMPOTENCY,),
        answer_headers=("Location",),
        refusals=(_FAULTY_KEY, Forbidden(), RevocationNotFound(), IdempotencyKeyReused(), Conflict()),
        scopes=_CHANGES,
    ),
    "get_revocation": Description(
        "Credentials",
        "Get the progress of a revoke-all",
        "How many of the revoked credentials' rows are stamped with who revoked them and when.",
        RevocationBody,
        refusals=(RevocationNotFound(),),
        scopes=_READS,
    ),
    "list_audit_events": Description(
        "Audit events",
        "List the audit events",
        f"Newest first. One call reads at most {MOST_EVENTS:,} events, so a page may be short, or empty, while "
        "`next_cursor` is not null: that says that there may be more, and null alone that there are no more.\n\n"
        f"With `Accept: {JSON_LINES}`, and no `application/json` in it, the answer is an export: one event a line, as "
        f"many as fit into {LARGEST_PIECE / 1e6:g} MB, whatever the `limit`. While there may be more, the header "
        "`Link` has the address of the next piece (RFC 8288), which is asked for in the same way.",
        AuditEventPageBody,
        query=AuditQuery,
        text_media_type=JSON_LINES,
        optional_answer_headers=("Link",),
        refusals=(_FAULTY_QUERY,),
        scopes=_READS,
    ),
    "get_console_user": Description(
        "Console user",
        "Get the console user who asks",
        "Or the credential: who it is, and the scopes that they may give to a credential.",
        ConsoleUserBody,
        scopes=_READS,
    ),
    "issue_token": Description(
        "OAuth",
        "Exchange client credentials for an access token",
        f"The client credentials grant (RFC 6749 §4.4). {_CLIENT_AUTHENTICATION}",
        TokenResponse,
        body=TokenForm,
        form=True,
        or_json=True,
        request_headers=(DPOP,),
        answer_headers=("Pragma",),
        refusals=(
            _FAULTY_FORM,
            UnsupportedGrantType(),
            InvalidTarget(),
            InvalidDPoPProof("htm is not the method of this request."),
            InvalidScope(),
            InvalidClient(),
            ExchangeLimitReached("The credential may have 60 tokens a minute. Use each until it expires.", 30),
        ),
        examples={"a narrower scope": {"grant_type": "client_credentials", "scope": "orders:read"}},
    ),
    "introspect": Description(
        "OAuth",
        "Introspect a token",
        f"Is a token active, and what does it say? (RFC 7662) The client needs the scope `{SCOPE}`. "
        f"{_CLIENT_AUTHENTICATION}",
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
        "OAuth",
        "Revoke an access token",
        f"Ends an access token that was issued to this client (RFC 7009). {_CLIENT_AUTHENTICATION}",
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
        "Discovery",
        "Get the metadata of the authorization server",
        "What it offers, and where (RFC 8414).",
        ServerMetadata,
        cacheable=True,
    ),
    "get_jwks": Description(
        "Discovery",
        "Get the JWK Set",
        "The public keys that verify access tokens (RFC 7517 §5).",
        JwkSet,
        cacheable=True,
    ),
    "get_status_list": Description(
        "Discovery",
        "Get a status list",
        "A signed Token Status List: which credentials' tokens are revoked (draft-ietf-oauth-status-list).",
        str,
        media_type="application/statuslist+jwt",
        refusals=(StatusListNotFound(), StatusListHistoryNotKept()),
    ),
    "list_status_lists": Description(
        "Discovery",
        "List the status lists",
        "The URIs of the Token Status Lists of the client's tenant; for the vendor's own clients, of all tenants.",
        StatusListAggregation,
        refusals=(StatusListNotFound(),),
    ),
    "get_openid_configuration": Description(
        "Discovery",
        "Get the OpenID configuration",
        "The same metadata, for clients and verifiers that know OpenID Connect Discovery alone.",
        ServerMetadata,
        cacheable=True,
    ),
    "get_protected_resource_metadata": Description(
        "Discovery",
        "Get the metadata of a protected resource",
        "Where to get a token for this service, or for a resource with a path on its host (RFC 9728).",
        ProtectedResourceMetadata,
        cacheable=True,
    ),
    "whoami": Description(
        "Protected resource",
        "Show what an API learns of its client",
        "What the access token says. A token that is bound to a key is sent with the scheme `DPoP` and a proof "
        "(RFC 9449 §7.1).",
        WhoamiBody,
        request_headers=(DPOP,),
    ),
    "end_leaked_secret": Description(
        "Leaked secrets",
        "End a leaked secret",
        "For who holds a client secret that is not theirs, and nothing else. If it is one, what the operator laid down "
        "happens to it: usually, it is refused from now on. The answer is the same, after the same time, for a secret "
        "and for what is none. It happens once, however often the secret is presented.",
        None,
        204,
        body=PresentedSecretForm,
        anonymous_form=True,
        refusals=(InvalidRequest("Send the form parameter secret, once."), ReportUnfinished()),
        examples={"a secret": {"secret": "accs_…"}},
    ),
    "take_github_report": Description(
        "Leaked secrets",
        "Report leaked secrets, for GitHub alone",
        "What GitHub's secret scanning partner program sends: matches of the type that the operator has laid down, "
        "signed by a key that GitHub publishes. The answer says of each match whether it is, or was, a secret of this "
        "service. What happens to a secret happens once, so the same report may be sent again for an hour.",
        tuple[Feedback, ...],
        body=tuple[Match, ...],
        request_headers=(
            RequestHeader("Github-Public-Key-Identifier", "Which of GitHub's keys has signed the body."),
            RequestHeader("Github-Public-Key-Signature", "ECDSA on P-256 with SHA-256, of the body; base64 of DER."),
        ),
        refusals=(
            InvalidRequest("The body is no list of matches."),
            ReportsNotTaken(),
            ReportNotSigned(),
            ReportRepeated(),
            ReportTooLarge(),
            ReportUnfinished(),
        ),
        examples={
            "one match": [
                {
                    "token": "accs_…",
                    "type": "acme_api_client_secret",
                    "url": "https://github.com/octocat/Hello-World/blob/main/foo.txt",
                    "source": "content",
                }
            ]
        },
    ),
    "health": Description(
        "Service",
        "Ask whether the service answers",
        "It touches neither a table nor a key.",
        Health,
    ),
    "get_openapi": Description(
        "Service",
        "Get this document",
        "OpenAPI 3.1, as this deployment is set up.",
        dict[str, Any],
        cacheable=True,
    ),
}
"""By the name of the view."""
