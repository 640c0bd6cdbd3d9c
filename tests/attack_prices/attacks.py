"""What an attacker may send, and what it takes to know for it."""

import copy
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from chalicelib import paths
from chalicelib.credentials import identifiers
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.tables import CREDENTIALS, TENANTS
from emulators.http_server import Request
from tests.reliability.operations import (
    create,
    done,
    exchange,
    form_request,
    fresh,
    json_request,
    populated,
    signing_client,
    token_of,
)
from tests.reliability.world import TENANT, World
from tests.support.client_key import ASSERTION_TYPE, ClientKey

Sender = Callable[[], Request]
LARGE = 20_000
"""Credentials of a large tenant."""


class Attack(NamedTuple):
    """``prepare`` makes a world and returns what makes the request anew.

    ``before``: what the same execution environment was asked before, made of the request; the same once, if not said.
    """

    sent: str
    knows: str
    """What the attacker must know."""
    prepare: Callable[[World], Sender]
    bounded_by: str
    before: tuple[Callable[[Request], Request], ...] = (lambda request: request,)


def self_made_secret() -> str:
    """With the right checksum, and no credential's."""
    return ClientSecret.generate(secrets.token_bytes).reveal()


def invented_client_id(tenant_id: str = TENANT) -> str:
    return identifiers.client_id(tenant_id, time.time(), secrets.token_bytes)


# --- the token endpoint, by secret ------------------------------------------------------------------------------------


def by_secret(make: Callable[[str], str], client_id: Callable[[], str] | None = None) -> Callable[[World], Sender]:
    """An exchange of a credential that is there, or of an invented one, with a secret made of its own."""

    def prepare(world: World) -> Sender:
        credential = populated(world)

        def send() -> Request:
            named = credential["client_id"] if client_id is None else client_id()
            return exchange({"client_id": named, "client_secret": make(credential["client_secret"])})

        return send

    return prepare


def mistyped(secret: str) -> str:
    return secret[:-1] + ("0" if secret[-1] != "0" else "1")


def revoked(world: World) -> Sender:
    credential = populated(world)
    with world.environment():
        done(world, json_request("POST", paths.REVOKE.format(client_id=credential["client_id"])))
    return lambda: exchange(credential)


def right_id_and_hint(world: World) -> Sender:
    """As by who reads the tenant's credentials and makes the rest up: the stored hash is of another secret."""
    credential = populated(world)
    other = create(world, name="Other")
    rows = {row["client_id"]["S"]: row for row in copy.deepcopy(world.dynamodb.items(CREDENTIALS.name))}
    (mine,), (theirs,) = (rows[one["client_id"]]["secrets"]["M"].values() for one in (credential, other))
    mine["M"]["hash"] = theirs["M"]["hash"]
    world.dynamodb.load(CREDENTIALS.name, [rows[credential["client_id"]]])
    return lambda: exchange(credential)


# --- the token endpoint, by assertion; DPoP ---------------------------------------------------------------------------


def by_assertion(make: Callable[[ClientKey, str], str]) -> Callable[[World], Sender]:
    def prepare(world: World) -> Sender:
        credential, key = signing_client(world)

        def send() -> Request:
            fields = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
            return form_request(paths.TOKEN, fields | {"client_assertion": make(key, credential["client_id"])})

        return send

    return prepare


def with_invented_proof(world: World) -> Sender:
    populated(world)
    credential = {"client_id": invented_client_id(), "client_secret": self_made_secret()}
    return lambda: exchange(credential, DPoP=ClientKey().proof())


def with_forged_proof(world: World) -> Sender:
    """By a client that authenticates: nobody else's proof is verified."""
    credential = populated(world)
    key = ClientKey()
    return lambda: exchange(credential, DPoP=forged(key.proof()))


def forged(token: str) -> str:
    """With a signature that is well-formed and not of the key."""
    signed, _, signature = token.rpartition(".")
    return f"{signed}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


# --- status lists -----------------------------------------------------------------------------------------------------


def of_list(number: int, tenant_id: str = TENANT) -> Callable[[World], Sender]:
    """Of a tenant with many credentials, unless it is another's."""

    def prepare(world: World) -> Sender:
        populated(world)
        [tenant] = (row for row in world.dynamodb.items(TENANTS.name) if row["tenant_id"]["S"] == TENANT)
        row = world.dynamodb.items(CREDENTIALS.name)[0]
        world.dynamodb.load(TENANTS.name, [tenant | {"next_status_index": {"N": str(LARGE)}}])
        alike = [
            row | {"client_id": {"S": identifiers.client_id(TENANT, i, bytes)}, "status_index": {"N": str(i)}}
            for i in range(2, LARGE)  # and the two that are there
        ]
        world.dynamodb.load(CREDENTIALS.name, alike)
        return lambda: status_list(number, tenant_id)

    return prepare


def status_list(number: int, tenant_id: str = TENANT) -> Request:
    return Request("GET", paths.STATUS_LIST.format(tenant_id=tenant_id, number=number), [], b"")


def first_list(_: Request) -> Request:
    return status_list(0)


# --- the rest ---------------------------------------------------------------------------------------------------------


def presented_secret(world: World) -> Sender:
    populated(world)
    return lambda: form_request(paths.LEAKED_SECRETS, {"secret": self_made_secret()})


def public(path: str) -> Callable[[World], Sender]:
    def prepare(world: World) -> Sender:
        fresh(world)
        return lambda: Request("GET", path, [], b"")

    return prepare


def with_token(path: str, make: Callable[[World, dict[str, Any]], Callable[[], str]]) -> Callable[[World], Sender]:
    def prepare(world: World) -> Sender:
        token = make(world, populated(world))
        return lambda: Request("GET", path, [("Authorization", f"Bearer {token()}")], b"")

    return prepare


def no_jwt(_: World, __: dict[str, Any]) -> Callable[[], str]:
    return lambda: secrets.token_urlsafe(32)


def our_token_forged(world: World, credential: dict[str, Any]) -> Callable[[], str]:
    token = token_of(world, credential)
    return lambda: forged(token)


def our_token_of_no_key(world: World, credential: dict[str, Any]) -> Callable[[], str]:
    token = token_of(world, credential)
    _, claims, signature = token.split(".")
    header = ClientKey().sign({}, alg="ES256", typ="at+jwt", kid="invented").split(".")[0]
    return lambda: f"{header}.{claims}.{signature}"


def console_token_forged(world: World, _: dict[str, Any]) -> Callable[[], str]:
    return lambda: forged(world.identity_provider.token())


def console_token_of_no_key(world: World, _: dict[str, Any]) -> Callable[[], str]:
    claims = {"iss": world.identity_provider.issuer, "sub": "mallory", "exp": int(time.time()) + 60}
    return lambda: ClientKey().sign(claims, kid=secrets.token_hex(4))


_CHECKSUM = "the form and the checksum, before anything is read"
_READ = "one read; the stage's `RequestsPerSecond`"
_NOTE = "the same; the `credential.refused` event is written once in `REFUSAL_EVENT_INTERVAL_SECONDS`"
_MEMORY = "memory: what it takes is read once in a while, however often it is asked for"
_SIGNATURE = "one signature, before anything is read"
_LIST = "one reading for all of a tenant's lists in a tenth of `STATUS_LIST_TTL_SECONDS`, by each execution environment"
NOTHING, CLIENT_ID, TENANT_KEY = "nothing", "a Client ID", "a tenant's key"
_NOTHING_BEFORE: tuple[Callable[[Request], Request], ...] = ()

ATTACKS = (
    Attack("exchange, malformed secret", NOTHING, by_secret(lambda _: "accs_guess"), _CHECKSUM),
    Attack("… wrong checksum", NOTHING, by_secret(mistyped), _CHECKSUM),
    Attack(
        "… self-made secret, invented Client ID",
        NOTHING,
        by_secret(lambda _: self_made_secret(), invented_client_id),
        _READ,
    ),
    Attack("… self-made secret", CLIENT_ID, by_secret(lambda _: self_made_secret()), _NOTE),
    Attack("… the first in an hour", CLIENT_ID, by_secret(lambda _: self_made_secret()), _NOTE, _NOTHING_BEFORE),
    Attack("… right secret of a revoked credential", "a revoked secret", revoked, _NOTE),
    Attack(
        "… wrong secret with the right id and hint",
        "a credential's details",
        right_id_and_hint,
        "the same, and argon2: [why it has no limit](adr/hash-what-could-be-right.md)",
    ),
    Attack(
        "… assertion of an invented Client ID",
        NOTHING,
        by_assertion(lambda key, _: key.assertion(invented_client_id())),
        _READ,
    ),
    Attack(
        "… assertion with an unknown `kid`",
        CLIENT_ID,
        by_assertion(lambda key, client: key.assertion(client, header={"kid": "invented"})),
        _NOTE,
    ),
    Attack(
        "… assertion with a forged signature",
        CLIENT_ID,
        by_assertion(lambda key, client: forged(key.assertion(client))),
        "the same; a signature for each key of the client, five at most, that suits `alg` and `kid`",
    ),
    Attack(
        "… made-up DPoP proof, invented Client ID",
        NOTHING,
        with_invented_proof,
        "the same as without: a proof is verified after its client",
    ),
    Attack(
        "… forged DPoP proof, right secret",
        "a secret",
        with_forged_proof,
        "the client's own limits, `MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL` and `…_PER_TENANT`",
    ),
    Attack("status list of an invented tenant", NOTHING, of_list(0, "0" * 26), "one read: no list, no signature"),
    Attack("… with an invented number", TENANT_KEY, of_list(77), "the same"),
    Attack(f"… of a tenant with {LARGE:,} credentials", TENANT_KEY, of_list(0), _LIST, _NOTHING_BEFORE),
    Attack("… another list of it", TENANT_KEY, of_list(1), "one signature a list, as often", (first_list,)),
    Attack("… again", TENANT_KEY, of_list(0), "memory"),
    Attack(
        "leaked secret, self-made",
        NOTHING,
        presented_secret,
        "one read, half a second of an execution environment; 5 a second, whatever the stage lets through",
    ),
    Attack("JWKS", NOTHING, public(paths.JWKS), _MEMORY),
    Attack("server metadata", NOTHING, public(paths.SERVER_METADATA), _MEMORY),
    Attack("API with a made-up token", NOTHING, with_token(paths.WHOAMI, no_jwt), "its form"),
    Attack(
        "… a token of an unknown `kid`", NOTHING, with_token(paths.WHOAMI, our_token_of_no_key), "the keys in memory"
    ),
    Attack("… a forged token", NOTHING, with_token(paths.WHOAMI, our_token_forged), _SIGNATURE),
    Attack("managed endpoint with a made-up token", NOTHING, with_token(paths.CREDENTIALS, no_jwt), "its form"),
    Attack(
        "… a console user's, of an unknown `kid`",
        NOTHING,
        with_token(paths.CREDENTIALS, console_token_of_no_key),
        "the identity provider is asked for its keys once in 30 seconds by each execution environment",
    ),
    Attack("… a console user's, forged", NOTHING, with_token(paths.CREDENTIALS, console_token_forged), _SIGNATURE),
    Attack("… a forged access token", NOTHING, with_token(paths.CREDENTIALS, our_token_forged), _SIGNATURE),
)
