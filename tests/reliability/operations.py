"""Every operation that calls AWS: what is there before it, and what is then sent."""

import copy
import json
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple
from urllib.parse import urlencode

from chalicelib import paths
from chalicelib.clock import LAST_SECOND
from chalicelib.credentials.secret_digests import DIGEST_PREFIX
from chalicelib.oauth.exchange_limits import COUNTER_PREFIX
from chalicelib.tables import AUDIT_EVENTS
from emulators import faults
from emulators.api_gateway.events import scheduled_event
from emulators.http_server import Request
from tests.reliability.world import TENANT, Asked, Function, World
from tests.support.api_client import basic
from tests.support.client_key import ASSERTION_TYPE, TOKEN_ENDPOINT, WHOAMI, ClientKey
from tests.support.github import report_of

ISSUER = "https://credentials.example.com"


class Operation(NamedTuple):
    """``prepare`` makes a world in which all is well, and says what is asked of it. ``warm``: it was asked before.

    ``refused``: the usual answer is 401.
    ``calls``: how the names of the calls begin that are tried; those of a function that has its own row are not.
    ``deadline``: seconds that it has while the fault lasts; long, so that a busy machine changes nothing.
    ``dispensable``: how the token_id of a row begins that is written if the one attempt to write it succeeds.
    ``done_before``: the status that says to who repeats it that it was carried out the first time.
    """

    name: str
    prepare: Callable[[World], Asked]
    warm: bool = False
    done_before: int | None = None
    calls: str = ""
    deadline: int = 25
    refused: bool = False
    dispensable: str = "refusal:"
    variables: dict[str, str] = {}  # noqa: RUF012  (nobody changes it)


def json_request(method: str, path: str, body: object = None, **headers: str) -> Request:
    """What a console user sends. Its key makes a repetition the same operation."""
    fields = {"Idempotency-Key": str(uuid.uuid4())} | headers if method == "POST" else headers
    if body is None:
        return Request(method, path, list(fields.items()), b"")
    return Request(method, path, [("Content-Type", "application/json"), *fields.items()], json.dumps(body).encode())


def form_request(path: str, fields: dict[str, str], **headers: str) -> Request:
    content_type = ("Content-Type", "application/x-www-form-urlencoded")
    return Request("POST", path, [content_type, *headers.items()], urlencode(fields).encode())


def done(world: World, asked: Asked) -> Any:
    """The answer's body, when all is well."""
    reply = world.send(asked)
    assert reply.status in (200, 201, 202, 204, "returns"), reply
    return reply.body


def schedule(name: str) -> Function:
    return Function(name, scheduled_event())


def fresh(world: World) -> None:
    """Empty tables, but for the schedule of the signing keys."""
    world.load({})
    with world.environment():
        done(world, schedule("rotate_signing_keys"))


def create(world: World, **fields: Any) -> dict[str, Any]:
    with world.environment():
        created: dict[str, Any] = done(world, json_request("POST", paths.CREDENTIALS, {"name": "Export", **fields}))
    return created


def populated(world: World) -> dict[str, Any]:
    """A tenant with two credentials; the second is returned."""
    fresh(world)
    create(world, scopes=["orders:read"])
    return create(world, name="Introspecting", scopes=["orders:read", "introspect"])


def as_client(credential: dict[str, Any]) -> dict[str, str]:
    return basic(credential["client_id"], credential["client_secret"])


def exchange(credential: dict[str, Any], **headers: str) -> Request:
    return form_request(paths.TOKEN, {"grant_type": "client_credentials"}, **as_client(credential), **headers)


def token_of(world: World, credential: dict[str, Any]) -> str:
    with world.environment():
        return str(done(world, exchange(credential))["access_token"])


def signing_client(world: World, **fields: Any) -> tuple[dict[str, Any], ClientKey]:
    fresh(world)
    key = ClientKey()
    return create(world, jwks=key.jwk, **fields), key


# --- managed ----------------------------------------------------------------------------------------------------------


def of_credential(method: str, path: str, body: object = None) -> Callable[[World], Asked]:
    """A request that concerns one credential of a tenant that has two."""

    def prepare(world: World) -> Asked:
        return json_request(method, path.format(client_id=populated(world)["client_id"]), body)

    return prepare


def hold_to_a_profile(world: World) -> Asked:
    """Tokens are signed as the profile asks."""
    world.load({})
    with world.environment(changed={"RSA_ALGORITHM": "PS256"}):
        done(world, schedule("rotate_signing_keys"))
    create(world)
    new = {"name": "Payments", "jwks": ClientKey().jwk, "security_profile": "fapi2"}
    return json_request("POST", paths.CREDENTIALS, new)


def suspended(world: World) -> Asked:
    client_id = populated(world)["client_id"]
    with world.environment():
        done(world, json_request("POST", paths.SUSPEND.format(client_id=client_id)))
    return json_request("POST", paths.RESUME.format(client_id=client_id))


def edit(world: World) -> Asked:
    path = paths.CREDENTIAL.format(client_id=populated(world)["client_id"])
    return json_request("PATCH", path, {"name": "Renamed"}, **{"If-Match": '"1"'})


def end_secret(world: World) -> Asked:
    created = populated(world)
    with world.environment():
        done(world, json_request("POST", paths.SECRETS.format(client_id=created["client_id"]), {}))
    secret_id = created["secrets"][0]["secret_id"]
    return json_request("DELETE", paths.SECRET.format(client_id=created["client_id"], secret_id=secret_id))


def add_key(world: World) -> Asked:
    created, _ = signing_client(world)
    return json_request("POST", paths.KEYS.format(client_id=created["client_id"]), {"jwk": ClientKey().jwk})


def remove_key(world: World) -> Asked:
    created, _ = signing_client(world)
    keys = paths.KEYS.format(client_id=created["client_id"])
    with world.environment():
        done(world, json_request("POST", keys, {"jwk": ClientKey().jwk | {"kid": "second"}}))
    return json_request("DELETE", f"{keys}/second")


def of_tenant(method: str, path: str, body: object = None) -> Callable[[World], Asked]:
    def prepare(world: World) -> Asked:
        populated(world)
        return json_request(method, path, body)

    return prepare


def export(world: World) -> Asked:
    populated(world)
    return json_request("GET", paths.AUDIT_EVENTS, Accept="application/jsonl")


def revoke_all_of_a_new_tenant(world: World) -> Asked:
    fresh(world)
    return json_request("POST", paths.REVOKE_ALL)


def get_revocation(world: World) -> Asked:
    populated(world)
    with world.environment():
        revocation_id = done(world, json_request("POST", paths.REVOKE_ALL))["revocation_id"]
    return json_request("GET", paths.REVOCATION.format(revocation_id=revocation_id))


def managing_client(world: World) -> dict[str, Any]:
    populated(world)
    return create(world, name="Pipeline", scopes=["credentials:read"])


def by_access_token(world: World) -> Asked:
    manager = managing_client(world)
    with world.environment():
        asked = {"grant_type": "client_credentials", "resource": ISSUER}
        token = str(done(world, form_request(paths.TOKEN, asked, **as_client(manager)))["access_token"])
    path = paths.CREDENTIAL.format(client_id=manager["client_id"])
    return Request("GET", path, [("Authorization", f"Bearer {token}")], b"")


def by_bound_access_token(world: World) -> Asked:
    manager, key = managing_client(world), ClientKey()
    with world.environment():
        asked = {"grant_type": "client_credentials", "resource": ISSUER}
        headers = as_client(manager) | {"DPoP": key.proof(url=TOKEN_ENDPOINT)}
        token = str(done(world, form_request(paths.TOKEN, asked, **headers))["access_token"])
    path = paths.CREDENTIAL.format(client_id=manager["client_id"])

    def signed() -> Request:
        proof = key.proof(url=ISSUER + path, method="GET", access_token=token)
        return Request("GET", path, [("Authorization", f"DPoP {token}"), ("DPoP", proof)], b"")

    world.sign_again = signed
    return signed()


# --- OAuth ------------------------------------------------------------------------------------------------------------


def exchange_by_secret(world: World) -> Asked:
    return exchange(populated(world))


def exchange_by_older_secret(world: World) -> Asked:
    credential = populated(world)
    rows = world.rows()
    for row in rows["credentials"]:
        for secret in row["secrets"]["M"].values():
            del secret["M"]["has_digest"]
    rows["token_records"] = [row for row in rows["token_records"] if not row["token_id"]["S"].startswith(DIGEST_PREFIX)]
    world.load(rows)
    return exchange(credential)


def exchange_refused(world: World) -> Asked:
    credential = populated(world)
    other = create(world)
    return exchange(credential | {"client_secret": other["client_secret"]})


def exchange_by_assertion(world: World) -> Asked:
    created, key = signing_client(world)

    def signed() -> Request:
        assertion = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": key.assertion(created["client_id"])}
        return form_request(paths.TOKEN, {"grant_type": "client_credentials", **assertion})

    world.sign_again = signed
    return signed()


def exchange_with_proof(world: World) -> Asked:
    credential, key = populated(world), ClientKey()

    def signed() -> Request:
        return exchange(credential, DPoP=key.proof(url=TOKEN_ENDPOINT))

    world.sign_again = signed
    return signed()


def of_token(path: str) -> Callable[[World], Asked]:
    def prepare(world: World) -> Asked:
        credential = populated(world)
        return form_request(path, {"token": token_of(world, credential)}, **as_client(credential))

    return prepare


def introspection_by_assertion(world: World) -> Asked:
    created, key = signing_client(world, scopes=["introspect"])
    token = token_of(world, create(world))

    def signed() -> Request:
        assertion = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": key.assertion(created["client_id"])}
        return form_request(paths.INTROSPECTION, {"token": token, **assertion})

    world.sign_again = signed
    return signed()


def status_list(world: World) -> Asked:
    populated(world)
    return Request("GET", paths.STATUS_LIST.format(tenant_id=TENANT, number=0), [], b"")


def end_leaked_secret(world: World) -> Asked:
    return form_request(paths.LEAKED_SECRETS, {"secret": populated(world)["client_secret"]})


def github_report(world: World) -> Asked:
    body = report_of(populated(world)["client_secret"], "accs_")
    return Request("POST", paths.GITHUB_REPORTS, list(world.github.signed(body).items()), body)


def signed_in(path: str) -> Callable[[World], Asked]:
    """A request to a route whose authorizer has let it through: it is tried by itself."""

    def prepare(world: World) -> Asked:
        populated(world)
        return Request("GET", path, [], b"")

    return prepare


def get_jwks(world: World) -> Asked:
    fresh(world)
    return Request("GET", paths.JWKS, [], b"")


def whoami(world: World) -> Asked:
    token = token_of(world, populated(world))
    return Request("GET", paths.WHOAMI, [("Authorization", f"Bearer {token}")], b"")


def whoami_with_proof(world: World) -> Asked:
    key, credential = ClientKey(), populated(world)
    with world.environment():
        token = str(done(world, exchange(credential, DPoP=key.proof(url=TOKEN_ENDPOINT)))["access_token"])

    def signed() -> Request:
        proof = key.proof(url=WHOAMI, method="GET", access_token=token)
        return Request("GET", paths.WHOAMI, [("Authorization", f"DPoP {token}"), ("DPoP", proof)], b"")

    world.sign_again = signed
    return signed()


def console_user(world: World) -> Asked:
    populated(world)
    return Request("GET", paths.CONSOLE_USER, [("Authorization", f"Bearer {world.identity_provider.token()}")], b"")


# --- in the background ------------------------------------------------------------------------------------------------


def with_a_sweep_to_do(asked: Function) -> Callable[[World], Asked]:
    """A fence was raised, and nothing is stamped yet."""

    def prepare(world: World) -> Asked:
        populated(world)

        def break_off(call: Any) -> Any:
            return faults.THROTTLED if call.operation == "Query" else None

        with world.environment(break_off):
            done(world, json_request("POST", paths.REVOKE_ALL))
        return asked

    return prepare


def with_an_expiry_to_tell(world: World) -> Asked:
    fresh(world)
    create(world, expires_at=(datetime.now(timezone.utc) + timedelta(hours=12)).isoformat())
    return schedule("tell_expiring")


def first_schedule(world: World) -> Asked:
    world.load({})
    return schedule("rotate_signing_keys")


def rotate_again(world: World) -> Asked:
    fresh(world)
    return schedule("rotate_signing_keys")


def publish(world: World) -> Asked:
    """The events of a tenant with two credentials, as the stream has them."""
    populated(world)
    return Function("publish_audit_events", {"Records": world.dynamodb.stream(AUDIT_EVENTS.name)})


def publish_what_no_bus_takes(world: World) -> Asked:
    populated(world)
    records = copy.deepcopy(world.dynamodb.stream(AUDIT_EVENTS.name))
    records[0]["dynamodb"]["NewImage"]["details"] = {"M": {"text": {"S": "x" * 300_000}}}
    return Function("publish_audit_events", {"Records": records[:1]})


def resend(**span: Any) -> Callable[[World], Asked]:
    def prepare(world: World) -> Asked:
        populated(world)
        return Function("resend_audit_events", {"since": 0, "until": LAST_SECOND, **span})

    return prepare


def keys_command(**command: str) -> Callable[[World], Asked]:
    def prepare(world: World) -> Asked:
        fresh(world)
        return Function("signing_keys", command)

    return prepare


OPERATIONS = (
    Operation(
        "`POST /v1/credentials`",
        of_tenant("POST", paths.CREDENTIALS, {"name": "Nightly export"}),
        done_before=409,
    ),
    Operation("… held to a security profile", hold_to_a_profile, done_before=409),
    Operation("`GET /v1/credentials`", of_tenant("GET", paths.CREDENTIALS)),
    Operation("`GET /v1/credentials/{client_id}`", of_credential("GET", paths.CREDENTIAL)),
    Operation("`POST …/secrets`", of_credential("POST", paths.SECRETS, {}), done_before=409),
    Operation("`DELETE …/secrets/{secret_id}`", end_secret, done_before=404),
    Operation("`POST …/keys`", add_key, done_before=409),
    Operation("`DELETE …/keys/{kid}`", remove_key, done_before=404),
    Operation("`PATCH /v1/credentials/{client_id}`", edit),
    Operation("`POST …/suspend`", of_credential("POST", paths.SUSPEND)),
    Operation("`POST …/resume`", suspended),
    Operation("`POST …/revoke`", of_credential("POST", paths.REVOKE)),
    Operation("`POST /v1/credentials/revoke-all`", of_tenant("POST", paths.REVOKE_ALL)),
    Operation("the same, of a tenant without a row", revoke_all_of_a_new_tenant),
    Operation("`GET …/revoke-all/{revocation_id}`", get_revocation),
    Operation("`GET /v1/audit-events`", of_tenant("GET", paths.AUDIT_EVENTS)),
    Operation("… exported as JSON Lines", export),
    Operation("`GET /v1/console-user`", of_tenant("GET", paths.CONSOLE_USER)),
    Operation("a managed call, with an access token", by_access_token),
    Operation("… with a DPoP proof", by_bound_access_token),
    Operation("`POST /oauth/token` by secret", exchange_by_secret),
    Operation("… asked again at once", exchange_by_secret, warm=True),
    Operation("… whose hash is of an older cost", exchange_by_secret, variables={"ARGON2_MEMORY_KIB": "128"}),
    Operation("… whose secret has no digest yet", exchange_by_older_secret, dispensable=DIGEST_PREFIX),
    Operation(
        "… counted, for the credential and for its tenant",
        exchange_by_secret,
        dispensable=COUNTER_PREFIX,
        variables={"MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL": "10", "MAX_EXCHANGES_PER_MINUTE_PER_TENANT": "10"},
    ),
    Operation("… by another's secret", exchange_refused, refused=True),
    Operation("… by assertion", exchange_by_assertion),
    Operation("… with a DPoP proof", exchange_with_proof),
    Operation("`POST /oauth/introspect`", of_token(paths.INTROSPECTION)),
    Operation("… by assertion", introspection_by_assertion),
    Operation("`POST /oauth/revoke`", of_token(paths.TOKEN_REVOCATION)),
    Operation("`POST /leaked-secrets`", end_leaked_secret),
    Operation("`POST /leaked-secrets/github`", github_report),
    Operation("`GET /.well-known/jwks.json`", get_jwks),
    Operation("`GET /status-lists/…`", status_list),
    Operation("`GET /status-lists`", signed_in(paths.STATUS_LISTS)),
    Operation(
        "console user authorizer",
        console_user,
        calls=faults.IDENTITY_PROVIDER,
        deadline=1,  # the one time here that passes
    ),
    Operation("access token authorizer", whoami),
    Operation("… with a DPoP proof", whoami_with_proof),
    Operation("function `sweep`", with_a_sweep_to_do(Function("sweep", {"tenant_id": TENANT}))),
    Operation("… without time", with_a_sweep_to_do(Function("sweep", {"tenant_id": TENANT}, short=True))),
    Operation("function `sweep_unfinished`", with_a_sweep_to_do(schedule("sweep_unfinished"))),
    Operation("function `tell_expiring`", with_an_expiry_to_tell),
    Operation("function `publish_audit_events`", publish),
    Operation("… of an event that no bus takes", publish_what_no_bus_takes),
    Operation("function `resend_audit_events`", resend()),
    Operation("… of one tenant", resend(tenant_id=TENANT)),
    Operation("function `rotate_signing_keys`, the first time", first_schedule),
    Operation("… again", rotate_again),
    Operation("function `signing_keys`, `show`", keys_command(command="show")),
    Operation("… `advance`", keys_command(command="advance")),
)
