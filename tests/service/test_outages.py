"""While DynamoDB, KMS or the identity provider is away, nobody is told that a good token is bad."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

import app
from chalicelib.aws.transport.clients import DYNAMODB, KMS, AwsSession, LeanDynamoDBClient, LeanKmsClient
from chalicelib.errors import Unavailable
from chalicelib.signing_keys.key_schedule import SCHEDULE_CACHE, STALE_FOR_VERIFIERS
from chalicelib.wiring import build
from emulators.api_gateway.chalice_api import app_server
from tests.support.api_client import Api, basic
from tests.support.clocks import ShiftedClock
from tests.support.faulty_aws import FAULTS, FaultyAws
from tests.support.identity_provider import IdentityProvider
from tests.support.log_lines import LogLines

AWAY = [(name, fault) for name in ("tenants", "credentials", "token_records", "kms") for fault in FAULTS]
MOST_CALLS = 7
"""The schedule, the first key and its public half, the credential with its tenant, and three attempts of the last call,
which asks whether the token was revoked."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: Any


class Clients:
    """Implements ``wiring.clients.AwsClients`` as far as requests need it, by the clients that are deployed."""

    events: Any = None
    sqs: Any = None

    def __init__(self, variables: dict[str, str]) -> None:
        session = AwsSession(variables)
        self._connected = session.client(DYNAMODB), session.client(KMS)
        self.dynamodb = LeanDynamoDBClient(self._connected[0])
        self.kms = LeanKmsClient(self._connected[1])

    @property
    def lambda_(self) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        for client in self._connected:
            client.close()


class Service:
    """The app behind the local gateway, with clients that call over a socket."""

    def __init__(
        self, port: int, provider: IdentityProvider, clock: ShiftedClock, restart: Callable[..., None]
    ) -> None:
        self._port = port
        self.clock = clock
        self._provider = provider
        self.restart = restart
        """Answers from a new execution environment, with these variables changed."""

    def keys(self) -> Any:
        return self.call("GET", "/.well-known/jwks.json").body["keys"]

    def call(self, method: str, path: str, authorization: str = "", body: str | None = None, kind: str = "") -> Answer:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as connection:
            content_type = {"Content-Type": kind} if kind else {}
            authorized = {"Authorization": authorization} if authorization else {}
            connection.request(method, path, body, authorized | content_type)
            response = connection.getresponse()
            return Answer(response.status, dict(response.headers), json.loads(response.read() or b"null"))

    def console(self, method: str, path: str, body: str | None = None) -> Answer:
        return self.call(method, path, f"Bearer {self._provider.token()}", body, "application/json")

    def exchange(self, credential: dict[str, Any]) -> Answer:
        form = urlencode({"grant_type": "client_credentials"})
        authorization = basic(credential["client_id"], credential["client_secret"])["Authorization"]
        return self.call("POST", "/oauth/token", authorization, form, "application/x-www-form-urlencoded")

    def whoami(self, token: str) -> Answer:
        return self.call("GET", "/v1/whoami", f"Bearer {token}")


@pytest.fixture
def service(
    environ: dict[str, str],
    faulty_aws: FaultyAws,
    identity_provider: IdentityProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Service]:
    with ExitStack() as stack:
        clock = ShiftedClock()

        def restart(**changed: str) -> None:
            here = {"AWS_ENDPOINT_URL": faulty_aws.url, "OIDC_ISSUER": identity_provider.issuer}
            variables = environ | here | changed
            zones = build(variables, stack.enter_context(closing(Clients(variables))), clock=clock)
            monkeypatch.setattr(app, "zones", lambda: zones)

        restart()
        server = stack.enter_context(closing(app_server(app.app, environ["ISSUER"])))
        yield Service(server.port, identity_provider, clock, restart)


@pytest.fixture
def credential(service: Service) -> dict[str, Any]:
    created: dict[str, Any] = service.console("POST", "/v1/credentials", '{"name": "x"}').body
    return created


@pytest.fixture
def token(service: Service, credential: dict[str, Any]) -> str:
    return str(service.exchange(credential).body["access_token"])


def assert_temporary(answer: Answer) -> None:
    """503 with the time to wait, in the words of a managed endpoint, and no challenge that asks for another token."""
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["type"] == f"urn:problem-type:{Unavailable.code}"
    assert "WWW-Authenticate" not in answer.headers


@pytest.mark.parametrize(("name", "fault"), AWAY)
def test_a_good_access_token_is_not_refused_and_the_answer_comes_after_few_calls(
    service: Service, token: str, faulty_aws: FaultyAws, name: str, fault: str
) -> None:
    service.restart()
    faulty_aws.faults[name] = FAULTS[fault]
    before = len(faulty_aws.requests)
    assert_temporary(service.whoami(token))
    assert len(faulty_aws.requests) - before <= MOST_CALLS
    faulty_aws.faults.clear()
    assert service.whoami(token).status == 200


@pytest.mark.parametrize("name", ["tenants", "credentials", "token_records", "kms"])
def test_what_does_not_answer_holds_a_request_no_longer_than_its_deadline(
    service: Service, token: str, faulty_aws: FaultyAws, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    service.restart(REQUEST_DEADLINE_SECONDS="1")
    faulty_aws.faults[name] = faulty_aws.hanging
    started = time.monotonic()
    assert_temporary(service.whoami(token))
    assert time.monotonic() - started < 3  # one attempt alone would wait as long


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ["tenants", "credentials", "kms"])
def test_a_client_that_exchanges_into_an_outage_is_told_to_come_back(
    service: Service, credential: dict[str, Any], faulty_aws: FaultyAws, name: str, fault: str
) -> None:
    service.restart()
    faulty_aws.faults[name] = FAULTS[fault]
    answer = service.exchange(credential)
    assert (answer.status, answer.body["error"]) == (503, Unavailable.code)
    assert int(answer.headers["Retry-After"]) >= 1


def test_published_keys_survive_an_outage_of_the_table_for_an_hour(
    service: Service, token: str, faulty_aws: FaultyAws
) -> None:
    published = service.keys()
    assert published
    faulty_aws.faults["tenants"] = FAULTS["reset"]
    service.clock.shift = SCHEDULE_CACHE
    assert service.keys() == published
    service.clock.shift = STALE_FOR_VERIFIERS
    assert service.call("GET", "/.well-known/jwks.json").status == 503


def test_a_disabled_signing_key_is_an_outage_and_no_defect(api: Api, lines: LogLines) -> None:
    created = api.create()
    key_id = api.clients.kms.describe_key(KeyId="alias/test")["KeyMetadata"]["KeyId"]
    api.restart(TOKEN_REUSE_SECONDS="0")
    api.access_token(created)
    api.clients.kms.disable_key(KeyId=key_id)
    answer = api.exchange(created)
    assert (answer.status, answer.json["error"]) == (503, Unavailable.code)
    assert answer.headers["Retry-After"]
    failures = [line for line in lines() if "aws_service" in line]
    assert [(line["aws_service"], line["aws_operation"], line["aws_error"]) for line in failures] == [
        ("kms", "Sign", "DisabledException")
    ]
    assert "ERROR" not in {line["level"] for line in lines()}


def test_a_console_user_is_not_signed_out_while_the_identity_provider_is_away(service: Service) -> None:
    service.restart(OIDC_ISSUER="http://127.0.0.1:1")
    assert_temporary(service.console("GET", "/v1/credentials"))


def test_a_bad_token_is_refused_all_the_same(service: Service, faulty_aws: FaultyAws) -> None:
    faulty_aws.faults = dict.fromkeys(["tenants", "credentials", "token_records", "kms"], FAULTS["reset"])
    service.restart(OIDC_ISSUER="http://127.0.0.1:1")
    for path in ("/v1/whoami", "/v1/credentials"):
        answer = service.call("GET", path, "Bearer not.a.token")
        assert (answer.status, answer.body["type"]) == (401, "urn:problem-type:invalid_token")
