"""What the benchmarks need of this service: its functions with their variables, credentials, an exchange's event."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from chalicelib import paths
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.tables import TABLES
from deploy.stages import PROJECT
from emulators.api_gateway.events import API_ID, STAGE, proxy_event, scheduled_event
from emulators.cloudformation import ACCOUNT, REGION
from emulators.lambda_runtime import LambdaFunction
from emulators.metered_services import MeteredServices

BUILD = PROJECT / "build" / "bench"
SERVICE = BUILD / "service"
SIGNING_EACH = {"TOKEN_REUSE_SECONDS": "0"}
"""Variables of a service that gives no token out twice."""
PACKAGES = BUILD / "lambda"
"""What ``bench/install`` puts there: the packages that ship."""


def variables(services: MeteredServices, **changed: str) -> dict[str, str]:
    """A complete environment of the service, against these backing services."""
    return {
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_SESSION_TOKEN": "as long as a real one is, about" * 20,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL_DYNAMODB": services.url,
        "AWS_ENDPOINT_URL_KMS": services.url,
        **{table.variable: table.name for table in TABLES},
        "SIGNING_KEY_ID": "alias/bench",
        "ISSUER": "https://credentials.example.com",
        "AUDIENCE": "https://api.example.com",
        "OIDC_ISSUER": "https://login.example.com",
        "OIDC_AUDIENCE": "console",
        "SCOPES": json.dumps({"orders:read": "Read orders", "introspect": "Introspect tokens"}),
        "DEFAULT_SCOPES": "orders:read",
        **changed,
    }


def function(environ: Mapping[str, str], task_root: Path = SERVICE, handler: str = "app.app") -> LambdaFunction:
    return LambdaFunction("bench", handler, task_root, environ, packages=PACKAGES)


class Client(NamedTuple):
    """An API client's credential."""

    client_id: str
    secret: str


class Console:
    """Admins of tenants, who manage credentials as the console does."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        schedule = function(environ, handler="app.rotate_signing_keys")
        schedule.invoke(scheduled_event())  # as after a deployment: the signing keys' schedule is written
        schedule.stop()
        self._managed = function(environ)

    def create(self, tenant: str = "Bench", **fields: object) -> Client:
        event = proxy_event("POST", paths.CREDENTIALS, _headers({}), json.dumps({"name": tenant} | fields))
        context = {"tenant_id": tenant_key(tenant), "subject": "bench", "name": "Bench", "roles": "admin"}
        event["requestContext"]["authorizer"] = {"principalId": "bench", **context}
        answer = self._managed.invoke(event)
        if answer["statusCode"] >= 400:
            raise RuntimeError(str(answer))
        created = json.loads(answer["body"])
        return Client(created["client_id"], created["client_secret"])

    def stop(self) -> None:
        self._managed.stop()


def exchange_event(client_id: str, client_secret: str, proof: str | None = None) -> bytes:
    """``proof``: of the DPoP key that the token shall be bound to."""
    return _event_of_client(
        Client(client_id, client_secret), paths.TOKEN, "grant_type=client_credentials", {"DPoP": proof} if proof else {}
    )


def introspection_event(asking: Client, token: str) -> bytes:
    return _event_of_client(asking, paths.INTROSPECTION, f"token={token}", {})


def authorizer_event(token: str, proof: str | None = None) -> bytes:
    """As API Gateway sends it to an authorizer of type REQUEST. ``proof``: of the key that the token is bound to."""
    sent = {"Authorization": f"{'DPoP' if proof else 'Bearer'} {token}"} | ({"DPoP": proof} if proof else {})
    event = proxy_event("GET", paths.WHOAMI, _headers(sent))
    arn = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{API_ID}/{STAGE}/GET{paths.WHOAMI}"
    dropped = ("body", "isBase64Encoded")
    return json.dumps(
        {name: value for name, value in event.items() if name not in dropped} | {"type": "REQUEST", "methodArn": arn}
    ).encode()


def _event_of_client(client: Client, path: str, form: str, more: Mapping[str, str]) -> bytes:
    basic = base64.b64encode(f"{client.client_id}:{client.secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded", **more}
    return json.dumps(proxy_event("POST", path, _headers(headers), form)).encode()


def _headers(own: Mapping[str, str]) -> list[tuple[str, str]]:
    """With those that a client sends and CloudFront adds."""
    sent = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "Content-Type": "application/json",
        "Host": "credentials.example.com",
        "User-Agent": "python-requests/2.34.2",
        "X-Amzn-Trace-Id": "Root=1-00000000-000000000000000000000000",
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        **own,
    }
    return list(sent.items())
