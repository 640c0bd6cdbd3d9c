"""The whole service over emulators in this process, behind API Gateway, with faults at AWS's edge."""

import copy
import io
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NamedTuple

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

import app
from chalicelib import tables
from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.aws.transport.clients import (
    DYNAMODB,
    EVENTS,
    KMS,
    SQS,
    LeanDynamoDBClient,
    LeanEventsClient,
    LeanKmsClient,
    LeanQueueClient,
)
from chalicelib.aws.transport.json_client import JsonClient, Service
from chalicelib.aws.transport.signature_v4 import Signer
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.wiring import Zones, build
from emulators.api_gateway.chalice_api import ChaliceApi, api_definition
from emulators.api_gateway.events import Event
from emulators.api_gateway.gateway import ApiGateway, Route
from emulators.api_gateway.gateway_responses import GatewayResponses
from emulators.aws_services import AwsServices
from emulators.cloudformation import REGION
from emulators.dynamodb import DynamoDB
from emulators.event_bus import EventBus
from emulators.faults import Answer, Call, Choose, Fault, FaultyConnections
from emulators.http_server import Request
from emulators.kms import Kms
from emulators.message_queue import MessageQueue
from tests.reliability.faulty_publisher import FaultyGithub, FaultyIdentityProvider
from tests.support.environ import ENVIRON
from tests.support.github import TYPE

TENANT = tenant_key("acme")
_ENOUGH_MS, _SHORT_MS, _EACH_LOOK_MS = 25_000, 10_000, 500
"""What a background function has left: all it needs, or too little to begin anything; and how fast it goes by."""


class Reply(NamedTuple):
    """What the caller got. A background function has no status: it returns, or fails."""

    status: int | str
    headers: dict[str, str]
    body: Any

    @property
    def detail(self) -> str:
        """What an error says, in either format."""
        return str(self.body.get("detail", self.body.get("error_description", "")))


class Function(NamedTuple):
    """An invocation of a background function. ``short``: it has no time to begin anything."""

    name: str
    event: dict[str, Any]
    short: bool = False


Asked = Request | Function


class World:
    """``asked`` keeps the name of every call that was made, one for each attempt.

    ``sign_again`` makes the request anew whose assertion or proof is good once; None where there is neither.
    """

    def __init__(self) -> None:
        definition = api_definition("https://credentials.example.com")
        whole = ChaliceApi(app.app, definition)
        responses = GatewayResponses(definition)
        self._whole, self._signed_in = ApiGateway(whole, responses), ApiGateway(_SignedIn(whole), responses)
        self._kms = Kms()
        self._choose: Choose = lambda _: None
        self._lambda = _lambda_client(lambda call: self._choose(call))  # one for all: boto3 takes 100 ms to make it
        self.dynamodb, self.bus, self.queue = DynamoDB(), EventBus(), MessageQueue()
        self.identity_provider = FaultyIdentityProvider(lambda call: self._choose(call))
        self.github = FaultyGithub(lambda call: self._choose(call))
        self.asked: list[str] = []
        self.sign_again: Callable[[], Request] | None = None

    def close(self) -> None:
        self.identity_provider.stop()
        self.github.stop()

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return {table.name: copy.deepcopy(self.dynamodb.items(table.name)) for table in tables.TABLES}

    def load(self, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        """Tables that hold these rows and no others, a bus and a queue that had nothing."""
        self.dynamodb, self.bus, self.queue = DynamoDB(), EventBus(), MessageQueue()
        for table, items in rows.items():
            self.dynamodb.load(table, copy.deepcopy(items))

    @contextmanager
    def environment(self, choose: Choose = lambda _: None, changed: dict[str, str] | None = None) -> Iterator[None]:
        """An execution environment that has just started, whose calls meet the faults that are chosen."""

        def noted(call: Call) -> Fault | None:
            self.asked.append(name_of(call))
            return choose(call)

        self.asked = []
        self._choose = noted
        before = app.zones
        zones = self._zones(noted, changed or {})
        app.zones = lambda: zones
        try:
            yield
        finally:
            app.zones = before

    def send(self, asked: Asked) -> Reply:
        if isinstance(asked, Function):
            return _invoke(asked)
        gateway = self._whole if asked.header("authorization") else self._signed_in
        response = gateway.answer(asked)
        text = response.body.decode()
        headers = {name.lower(): value for name, value in response.headers}
        is_json = headers.get("content-type", "").endswith("json")
        return Reply(response.status, headers, json.loads(text) if text and is_json else text)

    def _zones(self, choose: Choose, changed: dict[str, str]) -> Zones:
        fixed = {"SWEEP_FUNCTION_NAME": "sweep", "REQUEST_DEADLINE_SECONDS": "25", "AUDIT_EVENT_BUS": "audit"}
        published = {"OIDC_ISSUER": self.identity_provider.issuer, "GITHUB_KEYS_URL": self.github.keys_url}
        environ = ENVIRON | fixed | published | {"GITHUB_SECRET_TYPE": TYPE} | changed
        time_passed = [0.0]

        def wait(seconds: float) -> None:
            time_passed[0] += seconds

        services = AwsServices(self.dynamodb, self._kms, self.bus, self.queue)

        def client(service: Service) -> JsonClient:
            signer = Signer(service.name, REGION, lambda: AwsCredentials("AKIDEXAMPLE", "secret", None))
            connections = FaultyConnections(service.name, services, choose, wait)
            url = f"https://{service.name}.{REGION}.amazonaws.com"
            return JsonClient(service, url, signer, connections, lambda: time_passed[0], wait)

        clients: Any = SimpleNamespace(
            dynamodb=LeanDynamoDBClient(client(DYNAMODB)),
            kms=LeanKmsClient(client(KMS)),
            events=LeanEventsClient(client(EVENTS)),
            sqs=LeanQueueClient(client(SQS)),
            lambda_=self._lambda,
        )
        return build(environ, clients, sleep=wait)


def name_of(call: Call) -> str:
    """The call as the page names it: the operation, and what it concerns."""
    arguments = call.arguments
    if call.operation == "BatchGetItem":
        return f"BatchGetItem {' + '.join(arguments['RequestItems'])}"
    if call.operation == "TransactWriteItems":
        bodies = [body for action in arguments["TransactItems"] for body in action.values()]
        return f"TransactWriteItems {' + '.join(dict.fromkeys(body['TableName'] for body in bodies))}"
    if call.service != "dynamodb":
        return f"{call.service}: {call.operation}"
    row = (arguments.get("Key") or arguments.get("Item") or {}).get("tenant_id", {}).get("S")
    table = "signing keys" if row == tables.SIGNING_KEYS_ROW else arguments["TableName"]
    return f"{call.operation} {table}"


def numbered(names: Iterable[str]) -> list[tuple[str, int]]:
    """Each name with how often it came before, from 1."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append((name, seen[name]))
    return found


class _SignedIn:
    """The API with a console user who has signed in: whom the authorizer lets through comes from the request."""

    def __init__(self, api: ChaliceApi) -> None:
        self._api = api

    def paths(self) -> Iterable[str]:
        return self._api.paths()

    def route(self, method: str, path: str) -> Route:
        route = self._api.route(method, path)
        return Route(_as_admin(route.function)) if route.authorizer is not None else route


def _as_admin(function: Callable[[Event], Any]) -> Callable[[Event], Any]:
    context = {"principalId": "ada", "tenant_id": TENANT, "subject": "ada", "name": "Ada", "roles": "admin"}

    def call(event: Event) -> Any:
        event["requestContext"]["authorizer"] = context
        return function(event)

    return call


def _invoke(function: Function) -> Reply:
    left = _SHORT_MS if function.short else _ENOUGH_MS
    looks = itertools.count()
    context = SimpleNamespace(
        get_remaining_time_in_millis=lambda: left - next(looks) * _EACH_LOOK_MS, aws_request_id="request"
    )
    try:
        returned = getattr(app, function.name)(function.event, context)
    except Exception as error:  # noqa: BLE001  (Lambda, too, takes whatever it is for a failure)
        return Reply("fails", {}, {"detail": type(error).__name__})
    return Reply("returns", {}, returned)


def _lambda_client(choose: Choose) -> Any:
    """boto3's, which nothing leaves. Without its retries, which would take time: they are botocore's matter."""
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name=REGION)
    client = session.client("lambda", config=Config(retries={"total_max_attempts": 1}))

    def answer(request: Any, **_: object) -> Any:
        call = Call("lambda", "Invoke", {}, lambda: (202, b""), lambda: None)
        fault = choose(call)
        try:
            status, body = call.carry_out() if fault is None else fault.answer(call)
        except TimeoutError as error:
            raise ReadTimeoutError(endpoint_url=request.url) from error
        except OSError as error:
            raise ConnectionClosedError(endpoint_url=request.url) from error
        return _aws_response(request.url, (status, body))

    client.meta.events.register("before-send.lambda.Invoke", answer)
    return client


class _Raw(io.BytesIO):
    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


def _aws_response(url: str, answer: Answer) -> AWSResponse:
    status, body = answer
    headers: Any = {"x-amzn-errortype": json.loads(body)["__type"].partition("#")[2]} if status >= 400 else {}
    return AWSResponse(url, status, headers, _Raw(body))
