"""The whole API at a glance: the authorizers, every route, the background functions. No logic."""

import functools
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from chalice.app import AuthRequest, AuthResponse, Chalice, CloudWatchEvent, Rate, Request, Response
from msgspec import convert, to_builtins

from chalicelib import logs, paths
from chalicelib.deadline import Deadline, within
from chalicelib.lazy_import import LazyModule
from chalicelib.oauth.server_metadata import METADATA_MAX_AGE
from chalicelib.settings import access_token_cache, resources_with_a_path, token_path_aliases
from chalicelib.signing_keys.key_schedule import JWKS_MAX_AGE
from chalicelib.signing_keys.keys import jwks
from chalicelib.web import (
    authorizer_requests,
    authorizer_responses,
    cors,
    error_response,
    lambda_context,
    oauth_requests,
    oauth_responses,
    path_aliases,
)
from chalicelib.web.cacheable_response import cacheable
from chalicelib.web.json_body import MERGE_PATCH, read_body
from chalicelib.web.json_response import json_response
from chalicelib.web.request_deadline import request_within
from chalicelib.web.token_request_log import token_request_log
from chalicelib.wiring import Zones, build

if TYPE_CHECKING:
    from chalicelib.credentials import credential_patch, new_credential
    from chalicelib.signing_keys import key_operations
    from chalicelib.web import audit_export, console_page, leak_reports, managed_requests, managed_responses
else:  # no program that waits for its token waits for these
    credential_patch = LazyModule("chalicelib.credentials.credential_patch")
    new_credential = LazyModule("chalicelib.credentials.new_credential")
    key_operations = LazyModule("chalicelib.signing_keys.key_operations")
    audit_export = LazyModule("chalicelib.web.audit_export")
    console_page = LazyModule("chalicelib.web.console_page")
    leak_reports = LazyModule("chalicelib.web.leak_reports")
    managed_requests = LazyModule("chalicelib.web.managed_requests")
    managed_responses = LazyModule("chalicelib.web.managed_responses")

app = Chalice(app_name="api-client-credentials")
app.api.cors = cors.ANY_ORIGIN
app.api.binary_types = []  # every answer is text; Chalice compares each with each of its own types otherwise
app.register_middleware(error_response.middleware(app), event_type="http")
app.register_middleware(request_within(lambda: zones().settings.request_deadline), event_type="http")
managed = error_response.rendering(app, error_response.PROBLEM)
oauth = error_response.rendering(app, error_response.OAUTH_ERROR)
READ = ["GET", "HEAD"]  # what can be got can be asked for without its body (RFC 9110 §9.1)
ANY_CONTENT_TYPE = ["*/*"]  # the token endpoint refuses other content types itself, in the words of RFC 6749


zones: Callable[[], Zones] = functools.cache(lambda: build(os.environ))
"""The wiring of this execution environment, made once."""

if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:  # in the init phase, not in the first request
    logs.configure(zones().settings.metrics_namespace)


# --- authorizers ------------------------------------------------------------------------------------------------------


@authorizer_requests.as_request_authorizer
@app.authorizer(name="manager", ttl_seconds=0)
def manager(auth_request: AuthRequest) -> AuthResponse:
    settings, verify, authorize = zones().settings, zones().console.users.verify, zones().oauth.management.authorize
    with within(Deadline(settings.request_deadline)):
        return authorizer_responses.for_manager(auth_request, settings, verify, authorize)


@authorizer_requests.as_request_authorizer
@app.authorizer(name="access_token", ttl_seconds=access_token_cache(os.environ))
def access_token(auth_request: AuthRequest) -> AuthResponse:
    settings, authorize = zones().settings, zones().oauth.protected_resource.authorize
    with within(Deadline(settings.request_deadline)):
        return authorizer_responses.for_access_token(auth_request, settings, authorize)


# --- managed: the console ---------------------------------------------------------------------------------------------


@app.route(paths.CREDENTIALS, methods=["POST"], authorizer=manager)
@managed
def create_credential(request: Request) -> Response:
    caller = managed_requests.caller(request)
    credential, secret = zones().console.credentials.create(
        caller, read_body(request, new_credential.CredentialRequest), managed_requests.idempotency_key(request)
    )
    return managed_responses.created(credential, secret, zones().settings.issuer)


@app.route(paths.CREDENTIALS, methods=READ, authorizer=manager)
@managed
def list_credentials(request: Request) -> Response:
    caller, wanted = managed_requests.caller(request), managed_requests.credential_filter(request)
    cursor, limit = managed_requests.page(request)
    return managed_responses.credential_page(zones().console.credential_list.page(caller, wanted, cursor, limit))


@app.route(paths.CREDENTIAL, methods=READ, authorizer=manager)
@managed
def get_credential(request: Request, client_id: str) -> Response:
    return managed_responses.credential(zones().console.credentials.get(managed_requests.caller(request), client_id))


@app.route(paths.CREDENTIAL, methods=["PATCH"], authorizer=manager, content_types=list(MERGE_PATCH))
@managed
def edit_credential(request: Request, client_id: str) -> Response:
    caller, patch = managed_requests.caller(request), read_body(request, credential_patch.CredentialPatch, MERGE_PATCH)
    expected = managed_requests.if_match(request)
    return managed_responses.credential(zones().console.changes.edit(caller, client_id, patch, expected))


@app.route(paths.SECRETS, methods=["POST"], authorizer=manager)
@managed
def add_secret(request: Request, client_id: str) -> Response:
    caller, new = managed_requests.caller(request), read_body(request, new_credential.SecretRequest)
    key = managed_requests.idempotency_key(request)
    return managed_responses.secret_added(*zones().console.credentials.add_secret(caller, client_id, new, key))


@app.route(paths.SECRET, methods=["DELETE"], authorizer=manager)
@managed
def end_secret(request: Request, client_id: str, secret_id: str) -> Response:
    caller, expected = managed_requests.caller(request), managed_requests.if_match(request)
    zones().console.changes.end_secret(caller, client_id, secret_id, expected)
    return managed_responses.removed()


@app.route(paths.KEYS, methods=["POST"], authorizer=manager)
@managed
def add_key(request: Request, client_id: str) -> Response:
    caller, new = managed_requests.caller(request), read_body(request, new_credential.KeyRequest)
    expected = managed_requests.if_match(request)
    return managed_responses.key_added(zones().console.changes.add_key(caller, client_id, new.jwk, expected))


@app.route(paths.KEY, methods=["DELETE"], authorizer=manager)
@managed
def remove_key(request: Request, client_id: str, kid: str) -> Response:
    caller, expected = managed_requests.caller(request), managed_requests.if_match(request)
    zones().console.changes.remove_key(caller, client_id, managed_requests.segment(kid), expected)
    return managed_responses.removed()


@app.route(paths.SUSPEND, methods=["POST"], authorizer=manager)
@managed
def suspend_credential(request: Request, client_id: str) -> Response:
    caller, expected = managed_requests.caller(request), managed_requests.if_match(request)
    return managed_responses.credential(zones().console.changes.suspend(caller, client_id, expected))


@app.route(paths.RESUME, methods=["POST"], authorizer=manager)
@managed
def resume_credential(request: Request, client_id: str) -> Response:
    caller, expected = managed_requests.caller(request), managed_requests.if_match(request)
    return managed_responses.credential(zones().console.changes.resume(caller, client_id, expected))


@app.route(paths.REVOKE, methods=["POST"], authorizer=manager)
@managed
def revoke_credential(request: Request, client_id: str) -> Response:
    return managed_responses.credential(zones().console.credentials.revoke(managed_requests.caller(request), client_id))


@app.route(paths.REVOKE_ALL, methods=["POST"], authorizer=manager)
@managed
def revoke_all(request: Request) -> Response:
    caller, key = managed_requests.caller(request), managed_requests.idempotency_key(request)
    progress = zones().console.revocations.revoke_all(caller, key)
    return managed_responses.begun(progress, zones().settings.issuer)


@app.route(paths.EARLIER_REVOCATION, methods=READ, authorizer=manager)
@app.route(paths.REVOCATION, methods=READ, authorizer=manager)
@managed
def get_revocation(request: Request, revocation_id: str) -> Response:
    progress = zones().console.revocations.progress(managed_requests.caller(request), revocation_id)
    return managed_responses.revocation(progress)


@app.route(paths.AUDIT_EVENTS, methods=READ, authorizer=manager)
@managed
def list_audit_events(request: Request) -> Response:
    caller, wanted = managed_requests.caller(request), managed_requests.audit_filter(request)
    trail, (cursor, limit) = zones().console.audit_trail, managed_requests.page(request)
    if managed_requests.asks_for_export(request):
        return audit_export.piece(trail, caller, wanted, cursor, zones().settings.issuer)
    return managed_responses.audit_event_page(trail.page(caller, wanted, cursor, limit))


@app.route(paths.CONSOLE_USER, methods=READ, authorizer=manager)
@managed
def get_console_user(request: Request) -> Response:
    caller, settings = managed_requests.caller(request), zones().settings
    active = zones().console.credentials.count_active(caller)
    scopes = {name: text for name, text in settings.grantable_scopes.items() if caller.may_give(name)}
    return managed_responses.console_user(caller, scopes, settings.default_scopes, active, settings.security_profile)


# --- OAuth 2.0: the programs ------------------------------------------------------------------------------------------


@app.route(paths.TOKEN, methods=["POST"], content_types=ANY_CONTENT_TYPE)
@oauth
@token_request_log
def issue_token(request: Request) -> Response:
    grant = zones().oauth.client_credentials_grant
    return oauth_responses.issued(grant.issue(oauth_requests.read_token_request(request, zones().settings)))


@app.route(paths.INTROSPECTION, methods=["POST"], content_types=ANY_CONTENT_TYPE)
@oauth
def introspect(request: Request) -> Response:
    presented = oauth_requests.read_presented_token(request, zones().settings)
    return json_response(zones().oauth.introspection.introspect(presented))


@app.route(paths.TOKEN_REVOCATION, methods=["POST"], content_types=ANY_CONTENT_TYPE)
@oauth
def revoke_token(request: Request) -> Response:
    zones().oauth.token_revocation.revoke(oauth_requests.read_presented_token(request, zones().settings))
    return oauth_responses.revoked()


@app.route(paths.SERVER_METADATA, methods=READ)
@oauth
def get_server_metadata(request: Request) -> Response:
    return cacheable(request, zones().oauth.server_metadata, METADATA_MAX_AGE)


@app.route(paths.JWKS, methods=READ)
@oauth
def get_jwks(request: Request) -> Response:
    return cacheable(request, jwks(zones().oauth.key_ring), JWKS_MAX_AGE)


@app.route(paths.STATUS_LIST, methods=READ)
@managed
def get_status_list(request: Request, tenant_id: str, number: str) -> Response:
    oauth_requests.require_present_time(request)
    lists = zones().oauth.status_lists
    return oauth_responses.status_list(lists.get(tenant_id, number), lists.max_age)


@app.route(paths.STATUS_LISTS, methods=READ, authorizer=access_token)
@managed
def list_status_lists(request: Request) -> Response:
    tenant_id = request.context["authorizer"]["tenant_id"]
    return json_response(zones().oauth.status_list_aggregations.known_to(tenant_id))


@app.route(paths.OPENID_CONFIGURATION, methods=READ)
@oauth
def get_openid_configuration(request: Request) -> Response:
    return cacheable(request, zones().oauth.server_metadata, METADATA_MAX_AGE)


@app.route(paths.PROTECTED_RESOURCE, methods=READ)
@oauth
def get_protected_resource_metadata(request: Request) -> Response:
    metadata = zones().oauth.protected_resource_metadata[request.context["resourcePath"]]
    return cacheable(request, metadata, METADATA_MAX_AGE)


@app.route(paths.WHOAMI, methods=READ, authorizer=access_token)
@managed
def whoami(request: Request) -> Response:
    return oauth_responses.whoami(request)


# --- leaked secrets: whoever finds one --------------------------------------------------------------------------------


@app.route(paths.LEAKED_SECRETS, methods=["POST"], content_types=ANY_CONTENT_TYPE)
@managed
def end_leaked_secret(request: Request) -> Response:
    presented, reporter = leak_reports.read_presented_secret(request, zones().settings)
    zones().leaks.presented.end(presented, reporter)
    return managed_responses.removed()


@app.route(paths.GITHUB_REPORTS, methods=["POST"], content_types=ANY_CONTENT_TYPE)
@managed
def take_github_report(request: Request) -> Response:
    reports = zones().leaks.require_github_reports()
    report = leak_reports.read_github_report(request, zones().settings)
    return json_response(leak_reports.thoroughly(lambda: reports.handle(report)))


# --- the service itself -----------------------------------------------------------------------------------------------


@app.route(paths.HEALTH, methods=READ)
@managed
def health(_request: Request) -> Response:
    return json_response({"status": "ok"})


@app.route(paths.OPENAPI, methods=READ)
@managed
def get_openapi(request: Request) -> Response:
    from chalicelib.web.openapi.document import document  # here: no token request waits for it

    return cacheable(request, document(app, zones().settings), 300)


# --- the console page -------------------------------------------------------------------------------------------------


@app.route(paths.CONSOLE_PAGE, methods=READ)
@managed
def get_console_page(request: Request) -> Response:
    return console_page.page(request, zones().console.files.page, zones().settings.console)


@app.route(paths.CONSOLE_SIGN_IN, methods=READ)
@managed
def console_sign_in(_request: Request) -> Response:
    return console_page.sign_in(zones().settings.console)


@app.route(paths.CONSOLE_FILE, methods=READ)
@managed
def console_file(request: Request, file_name: str) -> Response:
    return console_page.named_file(request, zones().console.files.named, file_name)


# --- what a deployment adds: last, so that it stands in no other route's way ------------------------------------------

path_aliases.add_aliases(
    app, token_path_aliases(os.environ), issue_token, methods=["POST"], content_types=ANY_CONTENT_TYPE
)
path_aliases.add_aliases(app, resources_with_a_path(os.environ), get_protected_resource_metadata, methods=READ)


# --- in the background ------------------------------------------------------------------------------------------------


@app.lambda_function(name="sweep")
def sweep(event: dict[str, Any], context: Any) -> dict[str, Any]:
    done = zones().console.sweeper.resume(event["tenant_id"], lambda_context.time_remaining(context))
    return {"done": done}


@app.schedule(Rate(5, unit=Rate.MINUTES), name="sweep_unfinished")
def sweep_unfinished(event: CloudWatchEvent) -> dict[str, Any]:
    context: Any = event.context
    return {"found": zones().console.sweeper.resume_all(lambda_context.time_remaining(context))}


@app.schedule(Rate(6, unit=Rate.HOURS), name="tell_expiring")
def tell_expiring(event: CloudWatchEvent) -> dict[str, Any]:
    context: Any = event.context
    return {"told": zones().console.expiry_notices.tell(lambda_context.time_remaining(context))}


@app.schedule(Rate(15, unit=Rate.MINUTES), name="rotate_signing_keys")
def rotate_signing_keys(_event: CloudWatchEvent) -> list[dict[str, Any]]:
    return [to_builtins(key) for key in zones().keys.operations.advance()]


@app.lambda_function(name="signing_keys")
def signing_keys(event: dict[str, Any], _context: Any) -> list[dict[str, Any]]:
    """Runs an operator's command: {"command": "show"}, {"command": "advance"}, {"command": "drop", "kid": "…"}."""
    return [to_builtins(key) for key in zones().keys.operations.run(convert(event, key_operations.KeyCommand))]


@app.lambda_function(name="publish_audit_events")
def publish_audit_events(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Puts what the stream of the audit_events table brings on the bus."""
    return zones().events.stream.publish(event)


@app.lambda_function(name="resend_audit_events")
def resend_audit_events(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Runs an operator's command: {"since": 0, "until": 1, "tenant_id": "…", "cursor": "…"}, in epoch seconds."""
    from chalicelib.credentials.event_resending import ResendCommand  # here: no request waits for it

    command, has_time = convert(event, ResendCommand), lambda_context.time_remaining(context)
    resent: dict[str, Any] = to_builtins(zones().events.resending.resend(command, has_time))
    return resent
