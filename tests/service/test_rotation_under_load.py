"""A rotation while clients exchange and APIs verify: three environments, a real socket, every JWK Set still in use."""

import http.client
import json
import random
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import urlencode

import boto3
import jwt
import pytest
from chalice.app import Chalice

import app
from chalicelib.signing_keys.key_schedule import JWKS_MAX_AGE, KEPT_AFTER, PUBLISH_AHEAD
from chalicelib.wiring import Zones, build
from emulators.api_gateway.chalice_api import app_server
from tests.support.api_client import Api, basic
from tests.support.boto3_clients import Boto3Clients
from tests.support.clocks import Clock
from tests.support.environ import ENVIRON

EXCHANGES = 500
LIFETIME = 900
pytestmark = pytest.mark.slow


class CachedKeySet(NamedTuple):
    """A JWK Set that some verifier fetched and may keep until it is as old as its max-age."""

    keys: jwt.PyJWKSet
    fetched_at: float
    max_age: float


class Load:
    """Clients and verifiers of one service, by the test's clock."""

    def __init__(self, address: tuple[str, int], clock: Clock, credential: dict[str, Any]) -> None:
        self._connection = http.client.HTTPConnection(*address, timeout=60)
        self._clock = clock
        self._credential = credential
        self.tokens: list[tuple[str, float]] = []
        self.cached: list[CachedKeySet] = []
        self.verifications = 0

    def fetch(self) -> None:
        self._connection.request("GET", "/.well-known/jwks.json")
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        directive, _, max_age = answer.headers["Cache-Control"].rpartition("max-age=")
        assert directive
        self.cached.append(CachedKeySet(jwt.PyJWKSet.from_dict(json.loads(body)), self._clock(), int(max_age)))

    def exchange(self) -> None:
        headers = basic(self._credential["client_id"], self._credential["client_secret"])
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({"grant_type": "client_credentials"})
        self._connection.request("POST", "/oauth/token", body=body, headers=headers)
        answer = self._connection.getresponse()
        issued = json.loads(answer.read())
        assert answer.status == 200, issued
        self.tokens.append((issued["access_token"], self._clock() + issued["expires_in"]))

    def verify(self) -> None:
        """The newest token with every JWK Set that may be in use, and every token with the newest JWK Set."""
        now = self._clock()
        self.cached = [cached for cached in self.cached if now <= cached.fetched_at + cached.max_age]
        self.tokens = [(token, end) for token, end in self.tokens if now <= end]
        pairs = {(token, i) for i in range(len(self.cached)) for token, _ in self.tokens[-1:]}
        pairs |= {(token, len(self.cached) - 1) for token, _ in self.tokens if self.cached}
        for token, i in pairs:
            key = self.cached[i].keys[jwt.get_unverified_header(token)["kid"]]
            jwt.decode(
                token, key, algorithms=[key.algorithm_name], audience="https://api.example.com",
                options={"verify_exp": False, "verify_iat": False},
            )  # fmt: skip
            self.verifications += 1

    def close(self) -> None:
        self._connection.close()


def environment(environ: dict[str, str], clock: Clock) -> Zones:
    """One of several execution environments: its own caches, the test's clock, each token signed anew."""
    changed = {"ACCESS_TOKEN_LIFETIME_SECONDS": str(LIFETIME), "TOKEN_REUSE_SECONDS": "0"}
    return build(environ | changed, Boto3Clients(), clock=clock)


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    with closing(app_server(app.app, ENVIRON["ISSUER"])) as server:
        try:
            yield "127.0.0.1", server.port
        finally:
            app.app.__class__ = Chalice  # ChaliceApi made it one of its own, once and for all.


@pytest.mark.parametrize("seed", [1, 2])
def test_no_verification_fails_while_a_key_is_published_takes_over_and_retires(
    api: Api, environ: dict[str, str], clock: Clock, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    environments, requests = [environment(environ, clock) for _ in range(3)], count()
    chosen = random.Random(seed)  # noqa: S311
    credential = api.create()
    monkeypatch.setattr(app, "zones", lambda: environments[next(requests) % len(environments)])
    operations = environments[0].keys.operations
    operations.advance()
    kms = boto3.client("kms")
    new = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]

    def small(steps: int) -> list[float]:
        return [chosen.uniform(1, 29) for _ in range(steps)]

    # Small steps around the publication, the switch and the end, so that caches of every age are about; large between.
    before = small(100)
    until_switch = [*small(40), *[(PUBLISH_AHEAD - 1500) / 40] * 40, *small(120)]
    until_gone = [*small(20), *[(KEPT_AFTER - 1200) / 40] * 40, *small(140)]
    stages = []
    with ExitStack() as stack:
        load = Load(stack.enter_context(serving()), clock, credential)
        stack.callback(load.close)
        for i, seconds in enumerate(before + until_switch + until_gone):
            if i == len(before):
                kms.update_alias(AliasName="alias/test", TargetKeyId=new)
            clock.advance(seconds)
            if i % 10 == 0:
                stages.append([status.stage for status in operations.advance()])
            if i % 3 == 0:
                load.fetch()
            load.exchange()
            load.verify()
    algorithms = {jwt.get_unverified_header(token)["alg"] for token, _ in load.tokens}

    assert i + 1 == EXCHANGES
    assert load.verifications > EXCHANGES * 5
    assert [stage for i, stage in enumerate(stages) if stage not in stages[:i]] == [
        ["current"],
        ["current", "next"],
        ["previous", "current"],
    ]
    assert stages[-1] == ["current"]
    assert algorithms == {"ES256"}
    assert max(cached.max_age for cached in load.cached) == JWKS_MAX_AGE
