"""The service that the package makes: everything that each function does, done once."""

import json
import re
from datetime import datetime, timedelta, timezone
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import pytest

import app
from emulators.api_gateway.events import scheduled_event
from emulators.cloudformation import STACK
from emulators.iam import granted
from tests.package.conftest import BY_OTHERS
from tests.support.api_client import Answer, basic
from tests.support.client_key import ClientKey
from tests.support.deployed import Deployed
from tests.support.github import Github, report_of
from tests.support.identity_provider import IdentityProvider

pytestmark = pytest.mark.slow
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Journey:
    """A vendor's day: everything that each function does, done once."""

    def __init__(self, service: Deployed, provider: IdentityProvider, github: Github) -> None:
        self.service = service
        self._github = github
        self._token = provider.token()
        self._newcomer = provider.token(tenant="newcomer")

    def console(self, method: str, path: str, body: object = None, expected: int = 200, **more: str) -> Any:
        headers = {"Authorization": f"Bearer {self._token}"} | (JSON if body is not None else {}) | more
        answer = self.service.call(method, path, headers, None if body is None else json.dumps(body))
        assert answer.status == expected, (path, answer, self.service.refused)
        if method == "GET":
            assert self.service.call("HEAD", path, headers).status == expected
        return answer.json if answer.text else None

    def create(self, **fields: Any) -> dict[str, Any]:
        created: dict[str, Any] = self.console("POST", "/v1/credentials", {"name": "Nightly export", **fields}, 201)
        return created

    def oauth(
        self, path: str, credential: dict[str, Any], fields: dict[str, str], expected: int = 200, **headers: str
    ) -> Answer:
        sent = FORM | basic(credential["client_id"], credential["client_secret"]) | headers
        answer = self.service.call("POST", path, sent, urlencode(fields))
        assert answer.status == expected, (path, answer, self.service.refused)
        return answer

    def exchange(self, credential: dict[str, Any], expected: int = 200, **headers: str) -> Any:
        return self.oauth("/oauth/token", credential, {"grant_type": "client_credentials"}, expected, **headers).json

    def use_the_protocol(self) -> None:
        """DPoP, introspection, revocation."""
        credential, key = self.create(), ClientKey()
        bound = self.exchange(credential, DPoP=key.proof())["access_token"]
        url = "https://credentials.example.com/v1/whoami"
        proof = key.proof(url=url, method="GET", access_token=bound)
        answer = self.service.call("GET", "/v1/whoami", {"Authorization": f"DPoP {bound}", "DPoP": proof})
        assert answer.status == 200, answer
        asking = self.create(scopes=["introspect"])
        assert self.oauth("/oauth/introspect", asking, {"token": bound}).json["active"] is True
        self.oauth("/oauth/revoke", credential, {"token": bound})
        assert self.oauth("/oauth/introspect", asking, {"token": bound}).json["active"] is False

    def manage_by_program(self) -> None:
        """A credential with a token of its own, bound to a key."""
        credential, key = self.create(scopes=["credentials:read"]), ClientKey()
        fields = {"grant_type": "client_credentials", "resource": "https://credentials.example.com"}
        bound = self.oauth("/oauth/token", credential, fields, DPoP=key.proof()).json["access_token"]
        url = "https://credentials.example.com/v1/credentials"
        proof = key.proof(url=url, method="GET", access_token=bound)
        answer = self.service.call("GET", "/v1/credentials", {"Authorization": f"DPoP {bound}", "DPoP": proof})
        assert answer.status == 200, answer

    def manage(self) -> None:
        credential = self.create()
        client_id = credential["client_id"]
        self.console("GET", f"/v1/credentials/{client_id}")
        self.console("POST", f"/v1/credentials/{client_id}/secrets", {}, 201)
        self.console("POST", "/v1/credentials", {"name": "Made once"}, 201, **{"Idempotency-Key": '"made-once"'})
        self.console("GET", "/v1/credentials?limit=10")
        self.console("POST", f"/v1/credentials/{client_id}/revoke")
        self.console("GET", "/v1/console-user")
        self.console("GET", "/v1/audit-events")

    def change(self) -> None:
        """What a credential has, and whether it may be used."""
        one = f"/v1/credentials/{self.create()['client_id']}"
        self.console("PATCH", one, {"name": "Hourly export"})
        self.console("POST", f"{one}/suspend")
        self.console("POST", f"{one}/resume")
        first, _second = self.console("POST", f"{one}/secrets", {}, 201)["secrets"]
        self.console("DELETE", f"{one}/secrets/{first['secret_id']}", expected=204)
        keys = self.create(jwks={**ClientKey().jwk, "kid": "old"})["client_id"]
        self.console("POST", f"/v1/credentials/{keys}/keys", {"jwk": {**ClientKey().jwk, "kid": "new"}}, 201)
        self.console("DELETE", f"/v1/credentials/{keys}/keys/old", expected=204)

    def use(self) -> None:
        credential = self.create()
        self.service.age_secret(credential["client_id"], credential["secrets"][0]["secret_id"])
        token = self.exchange(credential)["access_token"]
        for method in ("GET", "HEAD"):
            answer = self.service.call(method, "/v1/whoami", {"Authorization": f"Bearer {token}"})
            assert answer.status == 200, answer
        claims = jwt.decode(token, options={"verify_signature": False})
        status_list = urlsplit(claims["status"]["status_list"]["uri"]).path
        script = re.search(r'"\.?(/console/[^"/]+\.js)"', self.service.call("GET", "/").text)
        assert script is not None
        for method in ("GET", "HEAD"):
            answer = self.service.call(method, "/status-lists", {"Authorization": f"Bearer {token}"})
            assert answer.status == 200, (answer, self.service.refused)
        assert claims["status"]["status_list"]["uri"] in answer.json["status_lists"]
        for path in ("/", "/health", "/openapi.json", *_WELL_KNOWN, status_list, "/console/config.json", script[1]):
            for method in ("GET", "HEAD"):
                assert self.service.call(method, path).status == 200, path

    def end_leaked(self) -> None:
        for leaked in (self.create()["client_secret"], "none"):
            answer = self.service.call("POST", "/leaked-secrets", FORM, urlencode({"secret": leaked}))
            assert answer.status == 204, (answer, self.service.refused)
        self.service.restart(f"{STACK}-leaks", LEAKED_SECRET_CONSEQUENCE="revoke")
        report = report_of(self.create()["client_secret"])
        answer = self.service.call("POST", "/leaked-secrets/github", self._github.signed(report), report.decode())
        assert answer.status == 200, (answer, self.service.refused)
        assert [match["label"] for match in answer.json] == ["true_positive"]

    def revoke_all_of_nothing(self) -> None:
        """By a tenant that has no row yet."""
        headers = {"Authorization": f"Bearer {self._newcomer}"}
        assert self.service.call("POST", "/v1/credentials/revoke-all", headers).status == 202

    def revoke_all_at_length(self) -> dict[str, Any]:
        """A revoke-all that the request does not finish: another function must."""
        self.service.slow[f"{STACK}-managed", "dynamodb:Query"] = 1.6
        progress: dict[str, Any] = self.console("POST", "/v1/credentials/revoke-all", expected=202)
        self.service.slow.clear()
        assert progress["completed_at"] is None
        return progress

    def completed(self, progress: dict[str, Any]) -> bool:
        paths = [f"/v1/{place}/{progress['revocation_id']}" for place in ("revocations", "credentials/revoke-all")]
        one, other = [self.console("GET", path)["completed_at"] for path in paths]
        assert one == other
        return one is not None

    def sweep(self) -> None:
        credential = self.create()
        progress = self.revoke_all_at_length()
        sweep = self.service.functions[f"{STACK}-sweep"]
        whole, sweep.runtime_api.seconds = sweep.runtime_api.seconds, 10
        [(name, event)] = self.service.started
        self.service.started.clear()
        self.service.functions[name].invoke(event)
        assert self.service.started, "a sweep without time starts itself again"
        sweep.runtime_api.seconds = whole
        self.service.run_started()
        assert self.completed(progress)
        self.exchange(credential, expected=401)

    def sweep_unfinished(self) -> None:
        scheduled = self.service.functions[f"{STACK}-sweep-unfinished"]
        whole = scheduled.runtime_api.seconds
        for seconds in (16.5, whole):
            self.create()
            progress = self.revoke_all_at_length()
            self.service.started.clear()
            scheduled.runtime_api.seconds = seconds
            self.service.slow[scheduled.name, "dynamodb:Query"] = 0 if seconds == whole else 2
            scheduled.invoke(scheduled_event())
            self.service.slow.clear()
            assert bool(self.service.started) == (seconds != whole)
            self.service.run_started()
            assert self.completed(progress)

    def tell_expiring(self) -> None:
        """Once, however often it runs."""
        self.create(expires_at=(datetime.now(timezone.utc) + timedelta(hours=12)).isoformat())
        scheduled = self.service.functions[f"{STACK}-tell-expiring"]
        assert [scheduled.invoke(scheduled_event()) for _ in range(2)] == [{"told": 1}, {"told": 0}]

    def publish_audit_events(self) -> None:
        """From the stream, and again from the table; and one that is too large for any bus."""
        publish, bus = self.service.functions[f"{STACK}-publish-audit-events"], self.service.bus
        records = self.service.audit_event_stream()
        assert publish.invoke({"Records": records}) == {"batchItemFailures": []}
        written = [record["dynamodb"]["NewImage"]["event_id"]["S"] for record in records]
        assert sorted(detail["event_id"] for detail in bus.arrived) == sorted(written)
        image = records[0]["dynamodb"]["NewImage"]
        too_large = image | {"event_id": {"S": image["event_id"]["S"][:-1] + "z"}, "details": _TOO_LARGE}
        self.service.put_audit_event(too_large)
        assert publish.invoke({"Records": self.service.audit_event_stream()[-1:]}) == {"batchItemFailures": []}
        resend = self.service.functions[f"{STACK}-resend-audit-events"]
        span = {"since": 0, "until": 2**32}
        assert resend.invoke(span) == {"published": len(records) + 1, "cursor": None, "done": True}
        assert resend.invoke(span | {"tenant_id": "nobody"}) == {"published": 0, "cursor": None, "done": True}
        assert len(bus.arrived) == 2 * len(records)
        assert len(self.service.queue.messages) == 2

    def rotate_signing_keys(self) -> None:
        rotation = self.service.functions[f"{STACK}-rotate-signing-keys"]
        [current] = rotation.invoke(scheduled_event())
        operation = self.service.functions[f"{STACK}-signing-keys"]
        assert [key["kid"] for key in operation.invoke({"command": "show"})] == [current["kid"]]
        self.service.point_alias_at_new_key()
        stages = [key["stage"] for key in operation.invoke({"command": "advance"})]
        assert stages == ["current", "next"]


_TOO_LARGE = {"M": {"text": {"S": "x" * 300_000}}}
_WELL_KNOWN = (
    "/.well-known/jwks.json",
    "/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-protected-resource",
)


@pytest.fixture(scope="session")
def journey(service: Deployed, _provider: IdentityProvider, _github: Github) -> Journey:
    """The service after everything was done once."""
    done = Journey(service, _provider, _github)
    done.manage()
    done.change()
    done.use()
    done.use_the_protocol()
    done.manage_by_program()
    done.end_leaked()
    done.rotate_signing_keys()
    done.tell_expiring()
    done.revoke_all_of_nothing()
    done.sweep()
    done.sweep_unfinished()
    done.publish_audit_events()
    return done


def test_the_unpacked_zip_answers_every_route(journey: Journey) -> None:
    assert journey.service.answered == journey.service.routes()


def test_the_api_has_every_route_of_the_app(service: Deployed) -> None:
    routes = {(method, path) for path, methods in app.app.routes.items() for method in methods}
    assert service.routes() == routes


@pytest.mark.parametrize("path", ["/oauth/token", "/v1/credentials", "/health"])
def test_a_wrong_method_gets_the_answer_that_it_gets_locally(service: Deployed, path: str) -> None:
    answer = service.call("PUT", path, FORM, "x=y")
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(", ")) == app.app.routes[path].keys()
    assert len(answer.headers["X-Request-Id"]) == 36


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/health", {}, 200),
        ("GET", "/v1/credentials", {}, 401),
        ("GET", "/v1/credentials", {"Authorization": "Bearer wrong"}, 401),
        ("GET", "/v1/whoami", {"Authorization": "Bearer wrong"}, 401),
        ("POST", "/oauth/token", {}, 400),
        ("GET", "/nowhere", {}, 404),
        ("OPTIONS", "/v1/credentials", {}, 200),
        ("OPTIONS", "/oauth/token", {}, 200),
    ],
)
def test_every_answer_has_its_request_id_and_lets_any_page_read_it(
    service: Deployed, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = service.call(method, path, headers)
    assert answer.status == status
    assert len(answer.headers["X-Request-Id"]) == 36
    exposed = answer.headers["Access-Control-Expose-Headers"].lower().split(",")
    assert {"x-request-id", "www-authenticate", "etag", "retry-after", "location"} <= set(exposed)


def test_a_page_may_send_the_headers_that_the_service_reads(service: Deployed) -> None:
    answer = service.call("OPTIONS", "/v1/credentials")
    allowed = answer.headers["Access-Control-Allow-Headers"].split(",")
    assert {"Authorization", "Content-Type", "DPoP", "Idempotency-Key", "If-Match"} <= set(allowed)


def test_every_path_answers_a_preflight(template: dict[str, Any], service: Deployed) -> None:
    for path in template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]:
        assert service.call("OPTIONS", path).status == 200, path


def test_every_function_was_run_from_the_zip(journey: Journey) -> None:
    assert [name for name, function in journey.service.functions.items() if not function.answered] == []


def test_no_function_calls_what_its_policy_does_not_allow(journey: Journey) -> None:
    assert journey.service.refused == []


def test_no_policy_allows_what_its_function_does_not_call(journey: Journey) -> None:
    excess = {}
    for name, statements in journey.service.policies.items():
        ours = [statement for statement in statements if statement["Sid"] not in BY_OTHERS]
        excess[name] = {
            (action, pattern)
            for action, pattern in granted(ours)
            if not any(p.action == action and fnmatchcase(p.resource, pattern) for p in journey.service.called[name])
        }
    assert {name: rights for name, rights in excess.items() if rights} == {}


def test_no_function_logs_a_secret_or_a_token(journey: Journey) -> None:
    for function in journey.service.functions.values():
        assert "accs_" not in function.logs()
        assert "eyJ" not in function.logs()
        assert "Bearer" not in function.logs()


def lines_of(service: Deployed, function: str) -> list[dict[str, Any]]:
    text = service.functions[f"{STACK}-{function}"].logs()
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_each_exchange_is_one_line_with_its_ids_and_metrics(journey: Journey) -> None:
    exchanges = [line for line in lines_of(journey.service, "token") if line["message"] == "token request"]
    assert [line["outcome"] for line in exchanges] == ["issued", "issued", "issued", "invalid_client"]
    for line in exchanges:
        assert line["request_id"]
        assert line["aws_request_id"]
        assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == f"ApiClientCredentials/{STACK}"


def test_the_schedule_says_how_many_sweeps_are_unfinished(journey: Journey) -> None:
    counts = [line.get("UnfinishedSweeps") for line in lines_of(journey.service, "sweep-unfinished")]
    assert counts == [1, 1]
