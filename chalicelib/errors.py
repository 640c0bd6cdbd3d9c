"""Every refusal this service gives: one class, one code, one status, one public text.

A refusal's ``code``, ``title`` and ``detail`` are for the caller and never hold a secret or an AWS message. How it
looks over HTTP (RFC 9457 problem or RFC 6749 §5.2 error) is decided in ``web.error_response`` alone.
"""

from typing import ClassVar, NamedTuple


class Fault(NamedTuple):
    """One fault of a request body: ``pointer`` is a JSON Pointer (RFC 6901) to it, ``detail`` says what to change."""

    pointer: str
    detail: str


class Refusal(Exception):
    """A request that is not carried out. ``retry_after`` is in seconds, where trying again can help."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults


# --- managed endpoints ------------------------------------------------------------------------------------------------


class InvalidRequest(Refusal):
    """A body or parameter that breaks a rule; also RFC 6749 §5.2 ``invalid_request``."""

    status = 400
    code = "invalid_request"
    title = "The request is not valid"


class Forbidden(Refusal):
    status = 403
    code = "forbidden"
    title = "Your role does not allow this"

    def __init__(self) -> None:
        super().__init__("Only a console user with the admin role may change credentials.")


class CredentialNotFound(Refusal):
    """Also the answer for another tenant's credential: it does not exist for this caller."""

    status = 404
    code = "credential_not_found"
    title = "No such credential"

    def __init__(self) -> None:
        super().__init__("There is no credential with this Client ID.")


class RevocationNotFound(Refusal):
    status = 404
    code = "revocation_not_found"
    title = "No such revoke-all"

    def __init__(self) -> None:
        super().__init__("There is no revoke-all with this id, or it is old: the audit events still tell of it.")


class StatusListNotFound(Refusal):
    status = 404
    code = "status_list_not_found"
    title = "No such status list"

    def __init__(self) -> None:
        super().__init__("There is no status list here.")


class MethodNotAllowed(Refusal):
    status = 405
    code = "method_not_allowed"
    title = "The method is not allowed here"


class Conflict(Refusal):
    """The tenant changed under every attempt; nothing was written."""

    status = 409
    code = "conflict"
    title = "The credentials changed meanwhile"

    def __init__(self) -> None:
        super().__init__("Other changes got in between, and nothing was written. Try again.")


class CredentialNotActive(Refusal):
    status = 409
    code = "credential_not_active"
    title = "The credential is not active"

    def __init__(self) -> None:
        super().__init__("The credential is revoked or has expired. Make a new one.")


class CredentialHasNoSecret(Refusal):
    status = 409
    code = "credential_has_no_secret"
    title = "The credential has no secret"

    def __init__(self) -> None:
        super().__init__("The credential authenticates with its own key. To change the key, make a new credential.")


class OverlapNotOver(Refusal):
    status = 409
    code = "overlap_not_over"
    title = "An earlier secret is still in its overlap"

    def __init__(self) -> None:
        super().__init__("Two secrets are valid already. Wait for the overlap's end, or ask with overlap_seconds 0.")


class UnsupportedMediaType(Refusal):
    status = 415
    code = "unsupported_media_type"
    title = "The content type is not supported"


class Unavailable(Refusal):
    """An AWS service throttled, timed out or failed. A write may or may not have taken effect; to repeat it is safe."""

    status = 503
    code = "temporarily_unavailable"
    title = "Temporarily unavailable"
    retry_after = 1

    def __init__(self) -> None:
        super().__init__("The service cannot answer right now. Try again in a moment.")


class InternalError(Refusal):
    status = 500
    code = "server_error"
    title = "Internal error"

    def __init__(self) -> None:
        super().__init__("Something went wrong on our side. Quote the request id when you report it.")


# --- token endpoint (RFC 6749 §5.2) -----------------------------------------------------------------------------------


class InvalidClient(Refusal):
    """One text for every cause, so that an answer never says which half was wrong."""

    status = 401
    code = "invalid_client"
    title = "Client authentication failed"

    def __init__(self) -> None:
        super().__init__("Client authentication failed.")


class UnsupportedGrantType(Refusal):
    status = 400
    code = "unsupported_grant_type"
    title = "The grant type is not supported"

    def __init__(self) -> None:
        super().__init__("The only grant type here is client_credentials.")


class InvalidScope(Refusal):
    status = 400
    code = "invalid_scope"
    title = "The scope is not granted"


class InvalidTarget(Refusal):
    """RFC 8707 §2."""

    status = 400
    code = "invalid_target"
    title = "The resource is not served"


class UnauthorizedClient(Refusal):
    """The client is who it says, and may not do this."""

    status = 400
    code = "unauthorized_client"
    title = "The client may not do this"


class InvalidDPoPProof(Refusal):
    """RFC 9449 §5, §7.1."""

    status = 400
    code = "invalid_dpop_proof"
    title = "The DPoP proof is not valid"


# --- tokens presented to us (RFC 6750 §3.1) ---------------------------------------------------------------------------


class InvalidToken(Refusal):
    """``detail`` is the reason for our log; a caller only learns that the token is not valid."""

    status = 401
    code = "invalid_token"
    title = "The token is not valid"
