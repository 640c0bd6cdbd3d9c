"""The app as its users meet it, without a socket: through Chalice's test client, authorizers included."""

import base64
import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode

import jwt
import pytest
from chalice.local import LambdaContext
from chalice.test import Client

import app
from chalicelib.wiring import Zones, build
from tests.support.boto3_clients import Boto3Clients
from tests.support.clocks import ShiftedClock
from tests.support.identity_provider import IdentityProvider
from tests.support.policy_watch import PolicyWatch


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Api:
    """Calls the app. ``answers`` keeps the text of every answer that was given; ``clock`` is the service's."""

    def __init__(
        self,
        client: Client,
        environ: dict[str, str],
        provider: IdentityProvider,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.identity_provider = provider
        self.clients = Boto3Clients()
        self.clock = ShiftedClock()
        self._client = client
        self._environ = environ | {"OIDC_ISSUER": provider.issuer}
        self._monkeypatch = monkeypatch
        self.zones = self.restart()
        self._watch = PolicyWatch(app.app, self.zones.settings, self.clients)
        self.answers: list[str] = []

    def restart(self, **changed: str) -> Zones:
        """Starts an execution environment with these variables changed, which answers from now on."""
        self.zones = build(self._environ | changed, self.clients, clock=self.clock)
        self._monkeypatch.setattr(app, "zones", lambda: self.zones)
        return self.zones

    def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes | str | None = None
    ) -> Answer:
        content = body.encode() if isinstance(body, str) else body
        self._watch.begin()
        response = self._client.http.request(method, path, headers=headers, body=content or b"")
        self._watch.end(method, path)
        text = response.body.decode() if response.body else ""
        self.answers.append(text)
        return Answer(response.status_code, dict(response.headers), text)

    def run_schedule(self, function: str) -> Any:
        """Runs a scheduled function; returns what it returns."""
        event = self._client.events.generate_cw_event("aws.events", "Scheduled Event", {}, [])
        self._watch.begin()
        returned = app.app.handler_map[function](event, LambdaContext(function, 512, max_runtime_ms=60_000))
        self._watch.end_of(f"the schedule of {function}", [function])
        return returned

    def console(self, method: str, path: str, body: object = None, **claims: Any) -> Answer:
        """As a console user: Ada, admin of acme, unless claims say otherwise."""
        headers = {"Authorization": f"Bearer {self.identity_provider.token(**claims)}"}
        if body is None:
            return self.call(method, path, headers=headers)
        content = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return self.call(method, path, headers=headers | {"Content-Type": "application/json"}, body=content)

    def create(self, name: str = "Nightly export", **fields: Any) -> dict[str, Any]:
        answer = self.console("POST", "/v1/credentials", {"name": name, **fields})
        assert answer.status == 201, answer.text
        created: dict[str, Any] = answer.json
        return created

    def form(self, path: str, fields: Any, headers: dict[str, str] | None = None) -> Answer:
        content_type = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.call("POST", path, headers=content_type | (headers or {}), body=urlencode(fields))

    def exchange(self, credential: dict[str, Any], **fields: str) -> Answer:
        """The exchange by client_secret_basic."""
        return self.form(
            "/oauth/token",
            {"grant_type": "client_credentials", **fields},
            basic(credential["client_id"], credential["client_secret"]),
        )

    def exchange_with(self, headers: dict[str, str], credential: dict[str, Any], **fields: str) -> Answer:
        """The same, with further headers."""
        client = basic(credential["client_id"], credential["client_secret"])
        return self.form("/oauth/token", {"grant_type": "client_credentials", **fields}, client | headers)

    def access_token(self, credential: dict[str, Any], **fields: str) -> str:
        answer = self.exchange(credential, **fields)
        assert answer.status == 200, answer.text
        return str(answer.json["access_token"])

    def ask(self, path: str, credential: dict[str, Any], **fields: str) -> Answer:
        """A form at an OAuth endpoint, from this client, which authenticates by client_secret_basic."""
        return self.form(path, fields, basic(credential["client_id"], credential["client_secret"]))

    def introspect(self, asking: dict[str, Any], token: str) -> dict[str, Any]:
        answer = self.ask("/oauth/introspect", asking, token=token)
        assert answer.status == 200, answer.text
        state: dict[str, Any] = answer.json
        return state

    def whoami(self, access_token: str) -> Answer:
        return self.call("GET", "/v1/whoami", headers={"Authorization": f"Bearer {access_token}"})


def basic(client_id: str, client_secret: str) -> dict[str, str]:
    """RFC 6749 §2.3.1: both are form-encoded first."""
    pair = f"{quote_plus(client_id)}:{quote_plus(client_secret)}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a JWT, of which nothing is verified."""
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


@pytest.fixture
def api(
    aws: None, environ: dict[str, str], identity_provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Api]:
    """The app, wired to moto and to the tests' identity provider."""
    with Client(app.app) as client:
        yield Api(client, environ, identity_provider, monkeypatch)
