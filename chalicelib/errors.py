"""Every refusal this service gives: one class, one code, one status, one public text.

A refusal's ``code``, ``title`` and ``detail`` are for the caller and never hold a secret or an AWS message. How it
looks over HTTP (RFC 9457 problem or RFC 6749 §5.2 error) is decided in ``web.error_response`` alone.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import ClassVar

import msgspec

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Fault(msgspec.Struct, frozen=True):
    """One fault of a request: ``pointer`` is a JSON Pointer (RFC 6901) to it, ``detail`` says what to change."""

    pointer: str
    detail: str


class Refusal(Exception):
    """A request that is not carried out. ``retry_after`` is in seconds, where trying again can help.

    A class without a ``detail`` of its own must be raised with one. ``made``: ids of what an earlier request made.
    ``secret_ids``: the secrets that are in the way.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]
    detail: str
    retry_after: int | None = None
    secret_ids: tuple[str, ...] = ()

    def __init__(
        self, detail: str | None = None, faults: tuple[Fault, ...] = (), made: Mapping[str, str] = _NOTHING
    ) -> None:
        if detail is not None:
            self.detail = detail
        super().__init__(self.detail)
        self.faults = faults
        self.made = made


# --- managed endpoints ------------------------------------------------------------------------------------------------


class InvalidRequest(Refusal):
    """A body or parameter that breaks a rule; also RFC 6749 §5.2 ``invalid_request``."""

    status, code, title = 400, "invalid_request", "The request is not valid"


class Forbidden(Refusal):
    status, code, title = 403, "forbidden", "Your role does not allow this"
    detail = "Only a console user with the admin role may change credentials."


class InsufficientScope(Refusal):
    """The same for a credential (RFC 6750 §3.1): ``scopes`` are what it lacks, to act or to give to another one."""

    status, code, title = 403, "insufficient_scope", "The access token's scope does not allow this"

    def __init__(self, *scopes: str, to_give: bool = False) -> None:
        names = ", ".join(scopes)
        super().__init__(
            f"A credential gives no scope that it may not give on: {names}." if to_give else f"This needs {names}."
        )


class OwnCredential(Refusal):
    status, code, title = 403, "own_credential", "A credential does not edit itself"
    detail = "Another credential, or a console user with the admin role, may edit this one."


class SecurityProfileRequired(Refusal):
    status, code, title = 403, "security_profile_required", "The other credential needs the security profile, too"
    detail = "A credential that is held to a security profile gives its scopes to none that is not."


class CredentialNotFound(Refusal):
    """Also the answer for another tenant's credential: it does not exist for this caller."""

    status, code, title = 404, "credential_not_found", "No such credential"
    detail = "There is no credential with this Client ID."


class RevocationNotFound(Refusal):
    status, code, title = 404, "revocation_not_found", "No such revoke-all"
    detail = "There is no revoke-all with this id, or it is old: the audit events still tell of it."


class StatusListNotFound(Refusal):
    status, code, title = 404, "status_list_not_found", "No such status list"
    detail = "There is no status list here."


class StatusListHistoryNotKept(Refusal):
    """draft-ietf-oauth-status-list §8.4."""

    status, code, title = 501, "status_list_history_not_kept", "No earlier status lists are kept"
    detail = "Only the status of this moment can be told: ask without the parameter time."


class FileNotFound(Refusal):
    status, code, title = 404, "file_not_found", "No such file"
    detail = "The console has no file of this name."


class MethodNotAllowed(Refusal):
    """``allowed``: the path's methods, as the header Allow has them."""

    status, code, title = 405, "method_not_allowed", "The method is not allowed here"

    def __init__(self, allowed: str) -> None:
        super().__init__(f"Allowed here: {allowed}.")
        self.allowed = allowed


class Conflict(Refusal):
    """The tenant changed under every attempt; nothing was written."""

    status, code, title = 409, "conflict", "The credentials changed meanwhile"
    detail = "Other changes got in between, and nothing was written. Try again."


class LimitReached(Refusal):
    """Raised with a text that names the limit."""

    status, code, title = 409, "limit_reached", "The tenant has as many credentials as it may"
    detail = "Revoke a credential that is not needed any more, or ask the operator for a higher limit."


class CredentialNotActive(Refusal):
    status, code, title = 409, "credential_not_active", "The credential is not active"
    detail = "The credential is revoked or has expired. Make a new one."


class CredentialRevoked(Refusal):
    status, code, title = 409, "credential_revoked", "The credential is revoked"
    detail = "A revoked credential stays revoked. Make a new one."


class CredentialHasNoKey(Refusal):
    status, code, title = 409, "credential_has_no_key", "The credential has no key"
    detail = "The credential authenticates with a secret. To authenticate with a key, make a new credential."


class AlreadyCreated(Refusal):
    """The answer to a request that is sent again under its idempotency key; raised with what the first one made."""

    status, code, title = 409, "already_created", "The request has been carried out before"
    detail = (
        "The first request with this Idempotency-Key was carried out, and its secret cannot be shown again. If nobody "
        "has it, end what it made, and ask anew with another key."
    )


class IdempotencyKeyReused(Refusal):
    status, code, title = 422, "idempotency_key_reused", "The Idempotency-Key was used for another request"
    detail = "An earlier request with this Idempotency-Key had another body. Each request needs a key of its own."


class CredentialHasNoSecret(Refusal):
    status, code, title = 409, "credential_has_no_secret", "The credential has no secret"
    detail = "The credential authenticates with its own keys. Add a key instead."


class SharedSecretsNotAllowed(Refusal):
    """The security profile that counts for all credentials of this service has no client secrets."""

    status, code, title = 409, "shared_secrets_not_allowed", "There are no client secrets here"
    detail = "The service's security profile has no client secrets. Make a new credential with a key of its own (jwks)."


class SecretNotFound(Refusal):
    status, code, title = 404, "secret_not_found", "No such secret"
    detail = "The credential has no valid secret with this id."


class LastSecret(Refusal):
    status, code, title = 409, "last_secret", "It is the credential's last secret"
    detail = "A credential has one valid secret at least. Add another one first, or suspend or revoke the credential."


class KeyNotFound(Refusal):
    status, code, title = 404, "key_not_found", "No such key"
    detail = "The credential has no key with this kid."


class LastKey(Refusal):
    status, code, title = 409, "last_key", "It is the credential's last key"
    detail = "A credential has one key at least. Add another one first, or suspend or revoke the credential."


class KeyExists(Refusal):
    status, code, title = 409, "key_exists", "The key is there already"
    detail = "The credential has a key with this kid, or this very key."


class TooManyKeys(Refusal):
    status, code, title = 409, "too_many_keys", "The credential has as many keys as it may"
    detail = "Remove a key first."


class OverlapNotOver(Refusal):
    """Raised with the ids of the valid secrets: who may rotate a credential may not look at it."""

    status, code, title = 409, "overlap_not_over", "An earlier secret is still in its overlap"
    detail = "Two secrets are valid already. End one, wait for the overlap's end, or ask with overlap_seconds 0."

    def __init__(self, secret_ids: tuple[str, ...]) -> None:
        super().__init__()
        self.secret_ids = secret_ids


class PreconditionFailed(Refusal):
    """RFC 9110 §15.5.13."""

    status, code, title = 412, "precondition_failed", "The credential has changed meanwhile"
    detail = "If-Match names another version of the credential. Get it again, and decide anew."


class UnsupportedMediaType(Refusal):
    status, code, title = 415, "unsupported_media_type", "The content type is not supported"
    detail = "Send the body as application/json."


class Unavailable(Refusal):
    """An AWS service throttled, timed out or failed. No change was made: else it is OutcomeUnknown."""

    status, code, title = 503, "temporarily_unavailable", "Temporarily unavailable"
    detail = "The service cannot answer right now. Try again in a moment."
    retry_after = 1


class SigningKeyNotAllowed(Refusal):
    """Nothing is signed: the signing key's algorithm is not one that the security profile allows.

    To try again does not help, before the operator has changed the key.
    """

    status, code = 503, "signing_key_not_allowed"
    title = "The service's signing key is not one that the security profile allows"

    def __init__(self, algorithm: str, allowed: Collection[str]) -> None:
        super().__init__(
            f"The service signs by {algorithm}, and the security profile allows {' or '.join(allowed)} alone: its "
            "operator must change the signing key."
        )


class OutcomeUnknown(Unavailable):
    """The answer to a change was lost: it was made, or not, or will be in a moment."""

    code, title = "outcome_unknown", "It is not known whether the change was made"
    detail = (
        "It is not known whether the change was made. Send the request again with the same Idempotency-Key, and it is "
        "carried out once. If it had none, look first what is there."
    )


class ReportsNotTaken(Refusal):
    status, code, title = 404, "reports_not_taken", "Reports are not taken here"
    detail = "This service takes no reports of GitHub's. A leaked secret can be presented without one."


class ReportNotSigned(Refusal):
    """One text for every cause."""

    status, code, title = 403, "report_not_signed", "The report is not signed"
    detail = "The report is not signed by a key that GitHub publishes for its secret scanning."


class ReportRepeated(Refusal):
    status, code, title = 409, "report_repeated", "The report was answered before"
    detail = "The report with this signature was answered more than an hour ago. Nothing was done again."


class ReportTooLarge(Refusal):
    status, code, title = 413, "report_too_large", "The report is too large"
    detail = "A report has at most 20,000 matches in 5,000,000 bytes. Send it in parts."


class ReportUnfinished(OutcomeUnknown):
    """Of a report of leaked secrets: what was done is marked, and is not done again."""

    code, title = "report_unfinished", "The report was not dealt with to its end"
    detail = "Not all of the report was dealt with. Send the same report again: what is done is not done twice."


class Throttled(Refusal):
    """API Gateway's limit on requests."""

    status, code, title = 429, "too_many_requests", "Too many requests"
    detail = "Requests come too fast. Try again in a moment."
    retry_after = 1


class InternalError(Refusal):
    status, code, title = 500, "server_error", "Internal error"
    detail = "Something went wrong on our side. Quote the request id when you report it."


# --- token endpoint (RFC 6749 §5.2) -----------------------------------------------------------------------------------


class ExchangeLimitReached(Refusal):
    """RFC 6585 §4. ``retry_after``: until the next minute begins."""

    status, code, title = 429, "exchange_limit_reached", "There were as many exchanges in this minute as there may be"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class InvalidClient(Refusal):
    """One text for every cause, so that an answer never says which half was wrong, nor whether there is such a client.

    Raised with a text of its own only for what the request itself shows, or to who has proved to hold the client's key.
    """

    status, code, title = 401, "invalid_client", "Client authentication failed"
    detail = "Client authentication failed."


class UnsupportedGrantType(Refusal):
    status, code, title = 400, "unsupported_grant_type", "The grant type is not supported"
    detail = "The only grant type here is client_credentials."


class InvalidScope(Refusal):
    status, code, title = 400, "invalid_scope", "The scope is not granted"
    detail = "The credential does not have every scope that was asked for."


class InvalidTarget(Refusal):
    """RFC 8707 §2."""

    status, code, title = 400, "invalid_target", "The resource is not served"
    detail = "The resource is not one that this service issues tokens for."


class UnauthorizedClient(Refusal):
    """The client is authenticated, and may not do this."""

    status, code, title = 400, "unauthorized_client", "The client may not do this"


class InvalidDPoPProof(Refusal):
    """RFC 9449 §5, §7.1."""

    status, code, title = 400, "invalid_dpop_proof", "The DPoP proof is not valid"


# --- tokens presented to us (RFC 6750 §3.1) ---------------------------------------------------------------------------


class TokenRequired(Refusal):
    status, code, title = 401, "token_required", "A token is required"
    detail = "Send a token in the header Authorization: Bearer."


class InvalidToken(Refusal):
    """May be raised with a reason for our log; the caller gets ``InvalidToken.detail`` alone."""

    status, code, title = 401, "invalid_token", "The token is not valid"
    detail = "The bearer token is malformed, expired or revoked, or was not issued for this service."
