"""What it costs to check a token: the authorizers, beside one that verifies with PyJWT alone, and introspection."""

import base64
import hashlib
import itertools
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from bench.function import Function, is_allowed
from bench.peers import Peer
from bench.rounds import Task, in_turns
from bench.service import (
    SERVICE,
    SIGNING_EACH,
    Client,
    Console,
    authorizer_event,
    exchange_event,
    function,
    introspection_event,
    variables,
)
from chalicelib import paths
from deploy.stages import PROJECT
from emulators.api_gateway.events import proxy_event
from emulators.metered_services import MeteredServices

PEERS = PROJECT / "bench" / "peers"
_MANY = 1_100
"""Tokens: more than an execution environment remembers, so that the one that comes next is never among those."""
_ISSUER = variables(MeteredServices(""))["ISSUER"]


class DPoPKey:
    """A client's key, which makes proofs."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._jwk = jwt.algorithms.ECAlgorithm.to_jwk(self._key.public_key(), as_dict=True)

    def proof(self, method: str, path: str, token: str | None = None) -> str:
        claims = {"jti": str(uuid4()), "htm": method, "htu": _ISSUER + path, "iat": int(time.time())}
        if token is not None:
            digest = hashlib.sha256(token.encode()).digest()
            claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return jwt.encode(claims, self._key, "ES256", {"typ": "dpop+jwt", "jwk": self._jwk})


def checks(
    running: MeteredServices, console: Console, client: Client, node: Peer, rounds: int, count: int
) -> dict[str, Any]:
    """CPU, latency and calls of one check, by kind."""
    asking = console.create("Asking", scopes=["introspect"])
    key = DPoPKey()
    signing = function(variables(running, **SIGNING_EACH))
    proof = key.proof("POST", paths.TOKEN)
    bound = _token(signing.invoke(json.loads(exchange_event(client.client_id, client.secret, proof))))
    asked = json.loads(exchange_event(client.client_id, client.secret))
    tokens = [_token(signing.invoke(asked)) for _ in range(_MANY)]
    of_asking = _token(signing.invoke(json.loads(exchange_event(asking.client_id, asking.secret))))
    jwks = signing.invoke(proxy_event("GET", paths.JWKS))["body"]
    signing.stop()
    with ExitStack() as stack:

        def authorizer(
            events: Iterator[bytes], root: Path = SERVICE, handler: str = "app.access_token", **changed: str
        ) -> Task:
            made = Function(root, variables(running, **changed), events, handler, is_allowed)
            stack.callback(made.stop)
            return Task(made.ask, made.cpu)

        first = itertools.repeat(authorizer_event(tokens[0]))
        introspecting = Function(SERVICE, variables(running), itertools.repeat(introspection_event(asking, of_asking)))
        stack.callback(introspecting.stop)
        tasks = {
            "authorizer, a token that was seen before": authorizer(first),
            "authorizer, a token for the first time": authorizer(map(authorizer_event, itertools.cycle(tokens))),
            "authorizer, a bound token with its DPoP proof": authorizer(
                (authorizer_event(bound, key.proof("GET", paths.WHOAMI, bound)) for _ in itertools.count()),
                AUTHORIZER_CACHE_SECONDS="0",
            ),
            "PyJWT alone, in a function": authorizer(first, PEERS / "pyjwt_authorizer", "app.handler", JWKS=jwks),
            "introspection": Task(introspecting.ask, introspecting.cpu),
            "oidc-provider's introspection, one at a time": Task(node.introspections, node.cpu),
            "oidc-provider's introspection, 8 at once": Task(partial(node.introspections, connections=8), node.cpu),
        }
        return in_turns(running, tasks, rounds, count)


def _token(answer: Any) -> str:
    return str(json.loads(answer["body"])["access_token"])
