"""The whole API at a glance: the authorizers, every route, the background functions. No logic."""

import functools
import os
from typing import Any

from chalice.app import AuthRequest, AuthResponse, Chalice, CloudWatchEvent, CORSConfig, Rate, Request, Response
from msgspec import convert, to_builtins

from chalicelib import logs
from chalicelib.credentials.service import NewCredential, NewSecret
from chalicelib.oauth.server_metadata import METADATA_MAX_AGE
from chalicelib.settings import access_token_cache
from chalicelib.signing_keys.key_operations import KeyCommand
from chalicelib.signing_keys.key_schedule import JWKS_MAX_AGE
from chalicelib.signing_keys.keys import jwks, key_discovery
from chalicelib.web import (
    authorizer_requests,
    authorizer_responses,
    console_page,
    error_response,
    lambda_context,
    managed_requests,
    managed_responses,
    oauth_requests,
    oauth_responses,
)
from chalicelib.web.cacheable_response import cacheable
from chalicelib.web.json_body import read_body
from chalicelib.web.json_response import json_response
from chalicelib.web.token_request_log import token_request_log
from chalicelib.wiring import Services, build

app = Chalice(app_name="api-client-credentials")
# Any page may call: it gets nowhere without a token that it must send itself, and browsers add none of their own.
app.api.cors = CORSConfig(expose_headers=["X-Request-Id"], max_age=600)
app.register_middleware(error_response.middleware, event_type="http")
managed = error_response.rendering(app, error_response.problem)
oauth = error_response.rendering(app, error_response.oauth_error)
ANY_CONTENT_TYPE = ["*/*"]  # the token endpoint refuses other content types itself, in the words of RFC 6749


@functools.cache
def services() -> Services:
    """The wiring of this execution environment, made once."""
    return build(os.environ)


if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:  # in the init phase, not in the first request
    logs.configure(services().settings.metrics_namespace)


# --- who may come in --------------------------------------------------------------------------------------------------


@app.authorizer(name="console_user", ttl_seconds=0)
def console_user(auth_request: AuthRequest) -> AuthResponse:
    return authorizer_responses.for_console_user(auth_request, services().console_users.verify)


@authorizer_requests.as_request_authorizer
@app.authorizer(name="access_token", ttl_seconds=access_token_cache(os.environ))
def access_token(auth_request: AuthRequest) -> AuthResponse:
    issuer, admit = services().settings.issuer, services().protected_resource.admit
    return authorizer_responses.for_access_token(auth_request, issuer, admit)


# --- managed: the console ---------------------------------------------------------------------------------------------


@app.route("/v1/credentials", methods=["POST"], authorizer=console_user)
@managed
def create_credential(request: Request) -> Response:
    caller = managed_requests.caller(request)
    credential, secret = services().credentials.create(caller, read_body(request, NewCredential))
    return managed_responses.created(credential, secret)


@app.route("/v1/credentials", methods=["GET"], authorizer=console_user)
@managed
def list_credentials(request: Request) -> Response:
    caller, status = managed_requests.caller(request), managed_requests.status(request)
    cursor, limit = managed_requests.page(request)
    return managed_responses.credential_page(services().credentials.list(caller, status, cursor, limit))


@app.route("/v1/credentials/{client_id}", methods=["GET"], authorizer=console_user)
@managed
def get_credential(request: Request, client_id: str) -> Response:
    return managed_responses.credential(services().credentials.get(managed_requests.caller(request), client_id))


@app.route("/v1/credentials/{client_id}/secrets", methods=["POST"], authorizer=console_user)
@managed
def add_secret(request: Request, client_id: str) -> Response:
    caller, new = managed_requests.caller(request), read_body(request, NewSecret)
    return managed_responses.created(*services().credentials.add_secret(caller, client_id, new))


@app.route("/v1/credentials/{client_id}/revoke", methods=["POST"], authorizer=console_user)
@managed
def revoke_credential(request: Request, client_id: str) -> Response:
    return managed_responses.credential(services().credentials.revoke(managed_requests.caller(request), client_id))


@app.route("/v1/credentials/revoke-all", methods=["POST"], authorizer=console_user)
@managed
def revoke_all(request: Request) -> Response:
    progress = services().revocations.revoke_all(managed_requests.caller(request))
    return managed_responses.revocation(progress, 202)


@app.route("/v1/credentials/revoke-all/{revocation_id}", methods=["GET"], authorizer=console_user)
@managed
def get_revocation(request: Request, revocation_id: str) -> Response:
    progress = services().revocations.progress(managed_requests.caller(request), revocation_id)
    return managed_responses.revocation(progress, 200)


@app.route("/v1/audit-events", methods=["GET"], authorizer=console_user)
@managed
def list_audit_events(request: Request) -> Response:
    caller = managed_requests.caller(request)
    return managed_responses.audit_event_page(services().audit.list(caller, *managed_requests.page(request)))


@app.route("/v1/console-user", methods=["GET"], authorizer=console_user)
@managed
def get_console_user(request: Request) -> Response:
    caller, settings = managed_requests.caller(request), services().settings
    active = services().credentials.count_active(caller)
    return managed_responses.console_user(caller, settings.scopes, settings.default_scopes, active)


# --- OAuth 2.0: the programs ------------------------------------------------------------------------------------------


@app.route("/oauth/token", methods=["POST"], content_types=ANY_CONTENT_TYPE)
@oauth
@token_request_log
def exchange(request: Request) -> Response:
    return oauth_responses.issued(services().exchange.exchange(oauth_requests.read(request)))


@app.route("/oauth/introspect", methods=["POST"], content_types=ANY_CONTENT_TYPE)
@oauth
def introspect(request: Request) -> Response:
    return json_response(services().introspection.introspect(oauth_requests.read_query(request)))


@app.route("/oauth/revoke", methods=["POST"], content_types=ANY_CONTENT_TYPE)
@oauth
def revoke_token(request: Request) -> Response:
    services().token_revocation.revoke(oauth_requests.read_query(request))
    return oauth_responses.revoked()


@app.route("/.well-known/oauth-authorization-server", methods=["GET"])
@oauth
def get_server_metadata(request: Request) -> Response:
    return cacheable(request, services().server_metadata, METADATA_MAX_AGE)


@app.route("/.well-known/jwks.json", methods=["GET"])
@oauth
def get_jwks(request: Request) -> Response:
    return cacheable(request, jwks(services().key_ring), JWKS_MAX_AGE)


@app.route("/status-lists/{tenant_id}/{number}", methods=["GET"])
@managed
def get_status_list(_request: Request, tenant_id: str, number: str) -> Response:
    lists = services().status_lists
    return oauth_responses.status_list(lists.get(tenant_id, number), lists.max_age)


@app.route("/.well-known/openid-configuration", methods=["GET"])
@oauth
def get_openid_configuration(request: Request) -> Response:
    return cacheable(request, key_discovery(services().settings.issuer), JWKS_MAX_AGE)


@app.route("/v1/whoami", methods=["GET"], authorizer=access_token)
@managed
def whoami(request: Request) -> Response:
    return oauth_responses.whoami(request)


@app.route("/health", methods=["GET"])
@managed
def health(_request: Request) -> Response:
    return json_response({"status": "ok"})


@app.route("/openapi.json", methods=["GET"])
@managed
def get_openapi(request: Request) -> Response:
    from chalicelib.web.openapi.document import document  # here: no exchange has to wait for it in a cold start

    return cacheable(request, document(app, services().settings), 300)


# --- the console page -------------------------------------------------------------------------------------------------


@app.route("/", methods=["GET"])
@managed
def get_console_page(request: Request) -> Response:
    return console_page.page(request, services().console_files.page, services().settings.console)


@app.route("/console/config.json", methods=["GET"])
@managed
def console_sign_in(_request: Request) -> Response:
    return console_page.sign_in(services().settings.console)


@app.route("/console/{file_name}", methods=["GET"])
@managed
def console_file(request: Request, file_name: str) -> Response:
    return console_page.named_file(request, services().console_files.named, file_name)


# --- in the background ------------------------------------------------------------------------------------------------


@app.lambda_function(name="sweep")
def sweep(event: dict[str, Any], context: Any) -> dict[str, Any]:
    done = services().revocations.resume(event["tenant_id"], lambda_context.time_remaining(context))
    return {"done": done}


@app.schedule(Rate(5, unit=Rate.MINUTES), name="sweep_unfinished")
def sweep_unfinished(event: CloudWatchEvent) -> dict[str, Any]:
    context: Any = event.context
    return {"found": services().revocations.resume_all(lambda_context.time_remaining(context))}


@app.schedule(Rate(15, unit=Rate.MINUTES), name="rotate_signing_keys")
def rotate_signing_keys(_event: CloudWatchEvent) -> list[dict[str, Any]]:
    return [to_builtins(key) for key in services().key_operations.advance()]


@app.lambda_function(name="signing_keys")
def signing_keys(event: dict[str, Any], _context: Any) -> list[dict[str, Any]]:
    """An operator's: {"command": "show"}, {"command": "advance"}, {"command": "drop", "kid": "…"}."""
    return [to_builtins(key) for key in services().key_operations.run(convert(event, KeyCommand))]
