"""Reads requests to the OAuth endpoints (RFC 6749 §4.4.2, RFC 7662 §2.1, RFC 7009 §2.1), and how a client
authenticates there (RFC 6749 §2.3.1, RFC 7521 §4.2).
"""

import base64
import binascii
from urllib.parse import unquote_plus

from chalice.app import Request

from chalicelib.credentials.callers import RequestOrigin
from chalicelib.errors import InvalidClient, InvalidDPoPProof, InvalidRequest, StatusListHistoryNotKept
from chalicelib.oauth.client_assertions import ASSERTION_TYPE
from chalicelib.oauth.client_authentication import (
    PresentedAssertion,
    PresentedClient,
    PresentedSecret,
    PresentedToken,
)
from chalicelib.oauth.client_credentials_grant import TokenRequest
from chalicelib.settings import Settings
from chalicelib.web.client_address import client_address
from chalicelib.web.form_fields import form_fields
from chalicelib.web.json_parameters import read_parameters
from chalicelib.web.request import dpop_proofs, media_type, request_id
from chalicelib.web.token_request_log import note_client

_MOST_FIELDS = 32
_REPEATABLE = "resource"
"""RFC 8707 §2: the one parameter that may come more than once."""
_RESOURCES = (_REPEATABLE, "audience")
"""``audience`` is what other authorization servers call a resource. To ignore it would give a token for another API."""


def read_token_request(request: Request, settings: Settings) -> TokenRequest:
    """The request, well-formed. Raises InvalidRequest, InvalidClient, InvalidDPoPProof."""
    fields = _token_parameters(request, settings.token_request_json)
    form = _form(fields)
    grant_type = form.get("grant_type")
    if grant_type is None:
        raise InvalidRequest("grant_type is missing.")
    client = read_client(request, form, _origin(request, settings))
    note_client(client.client_id)
    scope = form.get("scope")
    return TokenRequest(
        url=settings.issuer + request.context["resourcePath"],
        grant_type=grant_type,
        client=client,
        scopes=None if scope is None else tuple(scope.split(" ")),
        resources=tuple(value for name, value in fields if name in _RESOURCES and value),
        proof=_proof(request),
    )


def read_presented_token(request: Request, settings: Settings) -> PresentedToken:
    """A request to introspect or to revoke a token. Raises InvalidRequest, InvalidClient."""
    form = _form(form_fields(request))
    if "token" not in form:
        raise InvalidRequest("token is missing.")
    return PresentedToken(client=read_client(request, form, _origin(request, settings)), token=form["token"])


def require_present_time(request: Request) -> None:
    """draft-ietf-oauth-status-list §8.4: an earlier list is not kept. Raises StatusListHistoryNotKept."""
    if request.query_params and "time" in request.query_params:
        raise StatusListHistoryNotKept


def read_client(request: Request, form: dict[str, str], origin: RequestOrigin) -> PresentedClient:
    """How the client authenticates: by one method, not by two (RFC 6749 §2.3). Raises InvalidClient, InvalidRequest."""
    header = request.headers.get("authorization")
    ways = [header is not None, "client_secret" in form, "client_assertion" in form]
    if sum(ways) > 1:
        raise InvalidRequest("Authenticate by one method, not by two.")
    if header is not None:
        return _by_header(header, form, origin)
    if "client_assertion" in form:
        return _by_assertion(form, origin)
    if "client_id" not in form or "client_secret" not in form:
        raise InvalidClient
    return PresentedSecret(
        method="client_secret_post",
        client_id=form["client_id"],
        client_secret=form["client_secret"],
        origin=origin,
    )


def _origin(request: Request, settings: Settings) -> RequestOrigin:
    address = client_address(request.to_original_event(), settings.trusted_proxies)
    return RequestOrigin(address, request_id(request))


def _token_parameters(request: Request, json_too: bool) -> list[tuple[str, str]]:
    if json_too and media_type(request) == "application/json":
        return read_parameters(request, _MOST_FIELDS)
    return form_fields(request)


def _form(fields: list[tuple[str, str]]) -> dict[str, str]:
    """The parameters. One without a value counts as left out, one given twice is refused (RFC 6749 §3.2)."""
    form: dict[str, str] = {}
    for name, value in fields:
        if name == _REPEATABLE:
            continue
        if name in form:
            raise InvalidRequest("A parameter is given more than once.")
        form[name] = value
    return {name: value for name, value in form.items() if value}


def _by_header(header: str, form: dict[str, str], origin: RequestOrigin) -> PresentedSecret:
    client_id, client_secret = _basic(header)
    if form.get("client_id", client_id) != client_id:
        raise InvalidRequest("client_id is not the client that authenticates.")
    return PresentedSecret(
        method="client_secret_basic", client_id=client_id, client_secret=client_secret, origin=origin
    )


def _by_assertion(form: dict[str, str], origin: RequestOrigin) -> PresentedAssertion:
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise InvalidRequest(f"client_assertion_type must be {ASSERTION_TYPE}.")
    return PresentedAssertion(client_id=form.get("client_id"), assertion=form["client_assertion"], origin=origin)


def _basic(header: str) -> tuple[str, str]:
    """RFC 6749 §2.3.1: both halves are form-encoded before they are joined by a colon and put into base64."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise InvalidClient
    try:
        client_id, colon, client_secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        decoded = unquote_plus(client_id, errors="strict"), unquote_plus(client_secret, errors="strict")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidRequest("The Authorization header is not well-formed.") from error
    if not colon:
        raise InvalidRequest("The Authorization header is not well-formed.")
    return decoded


def _proof(request: Request) -> str | None:
    if "dpop" not in request.headers:
        return None
    proofs = dpop_proofs(request.to_original_event())
    if len(proofs) > 1:
        raise InvalidDPoPProof("There must be one DPoP header.")
    return proofs[0] if proofs else None
