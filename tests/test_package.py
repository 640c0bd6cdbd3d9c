"""The package that an operator deploys: the zip, the template, and the service that they make."""

import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import pytest
from packaging.utils import canonicalize_name
from samtranslator.translator.transform import transform

import app
from deploy import archive
from deploy.functions import logical_id, zone
from tests.api_client import Answer, basic
from tests.client_key import ClientKey
from tests.deployed import Deployed, deployed
from tests.identity_provider import IdentityProvider
from tests.locks import SHIPS, locked_here
from tests.policy_view import Permission, allows, granted
from tests.resolved_template import ACCOUNT, REGION, STACK

pytestmark = pytest.mark.slow
BY_THE_PLATFORM = ("Logs", "Traces", "Failures")
"""Statements for what Lambda does under the function's role, not the function's code."""
ROOT = Path(__file__).parent.parent
CHECKOV = ROOT / ".venv" / "checkov" / "bin" / "checkov"
MACHINE = {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "x86_64")
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/prod as ``make package`` makes it, for the architecture of this machine, with no AWS credentials about."""
    target = tmp_path_factory.mktemp("package")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    command = ["make", "package", "STAGE=prod", f"ARGS=--architecture {MACHINE} --target {target}"]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return target


@pytest.fixture(scope="session")
def task_root(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(package / "deployment.zip") as zipped:
        zipped.extractall(root)
    return root


@pytest.fixture(scope="session")
def template(package: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((package / "sam.json").read_text())
    return content


@pytest.fixture(scope="session")
def translated(template: dict[str, Any]) -> dict[str, Any]:
    """What CloudFormation makes of the template."""
    content = json.loads(json.dumps(template))
    for resource in content["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # As ``aws cloudformation package`` leaves it.
            resource["Properties"]["CodeUri"] = {"Bucket": "a-bucket", "Key": "a-key"}

    class NoManagedPolicies:
        def load(self) -> dict[str, str]:
            return {}

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        result: dict[str, Any] = transform(content, {}, NoManagedPolicies())
    return result


@pytest.fixture(scope="session")
def service(
    template: dict[str, Any], task_root: Path, _provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployed]:
    with deployed(template, task_root, _provider.issuer, tmp_path_factory.mktemp("logs")) as running:
        yield running


class Journey:
    """A vendor's day: everything that each function does, done once."""

    def __init__(self, service: Deployed, provider: IdentityProvider) -> None:
        self.service = service
        self._token = provider.token()
        self._newcomer = provider.token(tenant="newcomer")

    def console(self, method: str, path: str, body: object = None, expected: int = 200) -> Any:
        headers = {"Authorization": f"Bearer {self._token}"} | (JSON if body is not None else {})
        answer = self.service.call(method, path, headers, None if body is None else json.dumps(body))
        assert answer.status == expected, (path, answer, self.service.refused)
        return answer.json

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

    def manage(self) -> None:
        credential = self.create()
        client_id = credential["client_id"]
        self.console("GET", f"/v1/credentials/{client_id}")
        self.console("POST", f"/v1/credentials/{client_id}/secrets", {}, 201)
        self.console("GET", "/v1/credentials?limit=10")
        self.console("POST", f"/v1/credentials/{client_id}/revoke")
        self.console("GET", "/v1/console-user")
        self.console("GET", "/v1/audit-events")

    def use(self) -> None:
        token = self.exchange(self.create())["access_token"]
        answer = self.service.call("GET", "/v1/whoami", {"Authorization": f"Bearer {token}"})
        assert answer.status == 200, answer
        claims = jwt.decode(token, options={"verify_signature": False})
        status_list = urlsplit(claims["status"]["status_list"]["uri"]).path
        script = re.search(r'"\.?(/console/[^"/]+\.js)"', self.service.call("GET", "/").text)
        assert script is not None
        for path in ("/health", "/openapi.json", *_WELL_KNOWN, status_list, "/console/config.json", script[1]):
            assert self.service.call("GET", path).status == 200, path

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
        path = f"/v1/credentials/revoke-all/{progress['revocation_id']}"
        return self.console("GET", path)["completed_at"] is not None

    def sweep(self) -> None:
        credential = self.create()
        progress = self.revoke_all_at_length()
        sweep = self.service.functions[f"{STACK}-sweep"]
        whole, sweep.seconds = sweep.seconds, 10
        [(name, event)] = self.service.started
        self.service.started.clear()
        self.service.functions[name].invoke(event)
        assert self.service.started, "a sweep without time starts itself again"
        sweep.seconds = whole
        self.service.run_started()
        assert self.completed(progress)
        self.exchange(credential, expected=401)

    def sweep_unfinished(self) -> None:
        scheduled = self.service.functions[f"{STACK}-sweep-unfinished"]
        whole = scheduled.seconds
        for seconds in (16.5, whole):
            self.create()
            progress = self.revoke_all_at_length()
            self.service.started.clear()
            scheduled.seconds = seconds
            self.service.slow[scheduled.name, "dynamodb:Query"] = 0 if seconds == whole else 2
            scheduled.invoke({"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}, **_SCHEDULED})
            self.service.slow.clear()
            assert bool(self.service.started) == (seconds != whole)
            self.service.run_started()
            assert self.completed(progress)

    def rotate_signing_keys(self) -> None:
        rotation = self.service.functions[f"{STACK}-rotate-signing-keys"]
        [current] = rotation.invoke(
            {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}, **_SCHEDULED}
        )
        operation = self.service.functions[f"{STACK}-signing-keys"]
        assert [key["kid"] for key in operation.invoke({"command": "show"})] == [current["kid"]]
        self.service.point_alias_at_new_key()
        stages = [key["stage"] for key in operation.invoke({"command": "advance"})]
        assert stages == ["current", "next"]


_WELL_KNOWN = ("/.well-known/jwks.json", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
_SCHEDULED = {"id": "1", "account": "1", "time": "2026-01-01T00:00:00Z", "region": "eu-central-1", "version": "0"} | {
    "resources": ["arn:aws:events:eu-central-1:123456789012:rule/sweep"]
}


@pytest.fixture(scope="session")
def journey(service: Deployed, _provider: IdentityProvider) -> Journey:
    """The service after everything was done once."""
    done = Journey(service, _provider)
    done.manage()
    done.use()
    done.use_the_protocol()
    done.rotate_signing_keys()
    done.revoke_all_of_nothing()
    done.sweep()
    done.sweep_unfinished()
    return done


# --- the service that the package makes -------------------------------------------------------------------------------


def test_the_unpacked_zip_answers_every_route(journey: Journey) -> None:
    assert journey.service.answered == journey.service.routes()


def test_the_api_has_every_route_of_the_app(service: Deployed) -> None:
    routes = {(method, path) for path, methods in app.app.routes.items() for method in methods}
    assert service.routes() == routes


def test_every_function_was_run_from_the_zip(journey: Journey) -> None:
    assert [name for name, function in journey.service.functions.items() if not function.answered] == []


def test_no_function_calls_what_its_policy_does_not_allow(journey: Journey) -> None:
    assert journey.service.refused == []


def test_no_policy_allows_what_its_function_does_not_call(journey: Journey) -> None:
    excess = {}
    for name, statements in journey.service.policies.items():
        ours = [statement for statement in statements if statement["Sid"] not in BY_THE_PLATFORM]
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
    exchanges = [line for line in lines_of(journey.service, "token") if line["message"] == "exchange"]
    assert [line["outcome"] for line in exchanges] == ["issued", "issued", "invalid_client"]
    for line in exchanges:
        assert line["request_id"]
        assert line["aws_request_id"]
        assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == f"ApiClientCredentials/{STACK}"


def test_the_schedule_says_how_many_sweeps_are_unfinished(journey: Journey) -> None:
    counts = [line.get("UnfinishedSweeps") for line in lines_of(journey.service, "sweep-unfinished")]
    assert counts == [1, 1]


# --- who may do what --------------------------------------------------------------------------------------------------


def may(
    service: Deployed, function: str, action: str, resource: str, *attributes: str, leading_key: str = "a-tenant"
) -> bool:
    """Asks the policy of a function about a resource of the template."""
    arn = service.template.resolve({"Fn::GetAtt": [resource, "Arn"]})
    tags = frozenset({f"signs-tokens-of={STACK}"} if resource == "SigningKey" else ())
    wanted = Permission(action, arn, frozenset(attributes), frozenset({leading_key}), tags)
    return allows(service.policies[f"{STACK}-{function}"], wanted)


def test_only_the_token_function_signs(service: Deployed) -> None:
    signers = {
        name for name in service.policies if may(service, name.removeprefix(f"{STACK}-"), "kms:Sign", "SigningKey")
    }
    assert signers == {f"{STACK}-token"}


def test_the_token_function_writes_nothing_of_a_credential_but_its_hash(service: Deployed) -> None:
    keys = ("tenant_id", "client_id")
    assert may(service, "token", "dynamodb:UpdateItem", "CredentialsTable", *keys, "secrets")
    for attribute in ("status", "generation", "scopes", "name", "expires_at"):
        assert not may(service, "token", "dynamodb:UpdateItem", "CredentialsTable", *keys, attribute)
    for action in ("PutItem", "DeleteItem", "Scan"):
        assert not may(service, "token", f"dynamodb:{action}", "CredentialsTable")
    for table in ("TenantsTable", "AuditEventsTable"):
        assert not may(service, "token", "dynamodb:UpdateItem", table)


def test_no_function_signs_with_a_key_that_is_not_of_this_stack(service: Deployed) -> None:
    other = Permission("kms:Sign", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/another", tags=frozenset({"signs-tokens-of=x"}))
    assert not any(allows(statements, other) for statements in service.policies.values())


def test_only_those_who_rotate_the_signing_keys_write_their_timetable(service: Deployed) -> None:
    writers = {
        name
        for name in service.policies
        for action in ("PutItem", "UpdateItem", "DeleteItem")
        if may(
            service, name.removeprefix(f"{STACK}-"), f"dynamodb:{action}", "TenantsTable", leading_key="signing-keys"
        )
    }
    assert writers == {f"{STACK}-rotate-signing-keys", f"{STACK}-signing-keys"}


def test_only_the_sweep_may_leave_its_failed_events_in_the_queue(service: Deployed) -> None:
    queue = service.template.resolve({"Fn::GetAtt": ["SweepFailures", "Arn"]})
    wanted = Permission("sqs:SendMessage", queue)
    assert [name for name, statements in service.policies.items() if allows(statements, wanted)] == [f"{STACK}-sweep"]


@pytest.mark.parametrize("function", ["access-token", "console-user"])
def test_an_authorizer_only_reads_but_for_the_proofs_it_has_seen(service: Deployed, function: str) -> None:
    statements = service.policies[f"{STACK}-{function}"]
    rights = granted(s for s in statements if s["Sid"] not in BY_THE_PLATFORM)
    writes = {
        (action, resource)
        for action, resource in rights
        if action not in ("dynamodb:BatchGetItem", "dynamodb:GetItem", "kms:GetPublicKey")
    }
    proofs = service.template.resolve({"Fn::GetAtt": ["SpentTokensTable", "Arn"]})
    assert writes <= {("dynamodb:PutItem", proofs)}


def test_no_statement_names_every_resource_but_the_one_for_traces(service: Deployed) -> None:
    for statements in service.policies.values():
        for statement in statements:
            assert statement["Resource"] != "*" or statement["Sid"] == "Traces"
            assert not any("*" in action for action in statement["Action"])


def test_a_route_that_no_rule_names_leads_to_the_function_that_may_do_nothing() -> None:
    assert zone("/something/new", {}) == "public"


# --- the zip ----------------------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_zip(package: Path, tmp_path: Path) -> None:
    archive.rebuild(package / "deployment.zip", tmp_path / "again.zip", frozenset({"dynamodb", "kms", "lambda"}))
    assert archive.digest(tmp_path / "again.zip") == archive.digest(package / "deployment.zip")


def test_every_module_in_the_zip_is_compiled_and_never_checked(task_root: Path) -> None:
    cache_tag = sys.implementation.cache_tag
    for source in task_root.rglob("*.py"):
        compiled = source.parent / "__pycache__" / f"{source.stem}.{cache_tag}.pyc"
        assert compiled.exists(), source
        flags = int.from_bytes(compiled.read_bytes()[4:8], "little")
        assert flags == 0b01, source  # PEP 552: by hash, unchecked


def test_the_zip_holds_what_ships_and_nothing_of_development(task_root: Path) -> None:
    present = {path.name for path in task_root.iterdir()}
    assert {
        "app.py",
        "chalicelib",
        "chalice",
        "boto3",
        "botocore",
        "msgspec",
        "jwt",
        "argon2",
        "cryptography",
    } <= present
    assert not present & {"local", "tests", "deploy", "bench", "console", "moto", "pip", "setuptools", "node_modules"}


def test_every_requirement_is_in_the_zip_at_its_pinned_version(task_root: Path) -> None:
    shipped = {
        distribution.metadata["Name"].lower(): distribution.version
        for distribution in importlib.metadata.distributions(path=[str(task_root)])
    }
    wanted = {one.name: str(one.specifier) for one in locked_here(SHIPS)}
    assert {canonicalize_name(name): f"=={version}" for name, version in shipped.items()} == wanted


def test_a_package_whose_hash_is_another_does_not_ship(tmp_path: Path) -> None:
    for name in ("chalicelib", "deploy", ".chalice"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "app.py", tmp_path)
    (tmp_path / "requirements.txt").write_text(re.sub(r"sha256:\w+", f"sha256:{'0' * 64}", SHIPS.read_text()))
    command = [sys.executable, "-m", "deploy", "--stage", "prod", "--architecture", MACHINE]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert made.returncode != 0
    assert "DO NOT MATCH THE HASHES" in made.stdout + made.stderr
    assert not (tmp_path / "build").exists()


# --- the template -----------------------------------------------------------------------------------------------------


def test_the_translated_template_is_clean_in_cfn_lint(translated: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "translated.json"
    file.write_text(json.dumps(translated, indent=1))
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run([cfn_lint, "-r", "eu-central-1", "--", file], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_what_checkov_finds_in_the_template_is_named_with_its_reason(
    translated: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "translated.json"
    file.write_text(json.dumps(translated, indent=1))
    assert CHECKOV.exists(), "checkov is not installed: run  make test"
    command = [CHECKOV, "--config-file", ROOT / "deploy" / "checkov.yaml", "-f", file, "-o", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert report["summary"]["passed"] > 100
    assert [(c["check_id"], c["resource"]) for c in report["results"]["failed_checks"]] == []


def test_no_reason_is_kept_for_what_checkov_no_longer_finds(translated: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "translated.json"
    file.write_text(json.dumps(translated, indent=1))
    reasons = re.findall(r"^  - (CKV\w+)$", (ROOT / "deploy" / "checkov.yaml").read_text(), re.MULTILINE)
    command = [CHECKOV, "--skip-download", "--framework", "cloudformation", "-f", file]
    run = subprocess.run([*command, "-o", "json"], capture_output=True, text=True, check=False)
    found = {check["check_id"] for check in json.loads(run.stdout)["results"]["failed_checks"]}
    assert found == set(reasons)


def test_each_path_leads_to_the_alias_of_a_function_that_lets_the_api_call_it(translated: dict[str, Any]) -> None:
    resources = translated["Resources"]
    callable_aliases = {
        resource["Properties"]["FunctionName"]["Ref"]
        for resource in resources.values()
        if resource["Type"] == "AWS::Lambda::Permission"
        and resource["Properties"]["Principal"].startswith("apigateway")
    }
    body = resources["RestAPI"]["Properties"]["Body"]
    integrations = [
        method["x-amazon-apigateway-integration"] for methods in body["paths"].values() for method in methods.values()
    ]
    uris = [integration["uri"] for integration in integrations if integration["type"] != "mock"]
    uris += [s["x-amazon-apigateway-authorizer"]["authorizerUri"] for s in body["securityDefinitions"].values()]
    for uri in uris:
        name = uri["Fn::Sub"].partition("${AWS::Region}:lambda")[2].partition("${")[2].partition("}")[0]
        assert resources[name]["Type"] == "AWS::Lambda::Alias"
        assert name in callable_aliases


def test_the_tables_outlive_the_stack_and_every_mistake(translated: dict[str, Any]) -> None:
    tables = [r for r in translated["Resources"].values() if r["Type"] == "AWS::DynamoDB::Table"]
    assert len(tables) >= 3
    for table in tables:
        assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
        assert table["Properties"]["DeletionProtectionEnabled"] is True
        assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert table["Properties"]["SSESpecification"]["SSEEnabled"] is True


def test_the_signing_key_refuses_everyone_but_the_token_function_to_sign(translated: dict[str, Any]) -> None:
    deny = translated["Resources"]["SigningKey"]["Properties"]["KeyPolicy"]["Statement"][1]
    assert deny["Effect"] == "Deny"
    assert "kms:Sign" in deny["Action"]
    role = {"Fn::GetAtt": ["TokenHandlerRole", "Arn"]}
    assert deny["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": role}}


def test_every_alarm_has_its_section_in_the_operations_page(template: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    alarms = [name.removesuffix("Alarm") for name, r in template["Resources"].items() if r["Type"].endswith("::Alarm")]
    assert len(alarms) > 10
    for alarm in alarms:
        for suffix in ("Throttles", "Errors"):
            if alarm.endswith(suffix) and alarm != "ServerErrors":
                alarm = f"…{suffix}"  # one section for all functions and tables
        assert f"### {alarm}" in page


def test_no_access_log_holds_a_header_or_a_body(template: dict[str, Any]) -> None:
    written = template["Resources"]["RestAPI"]["Properties"]["AccessLogSetting"]["Format"]
    assert set(json.loads(written)) >= {"request_id", "status", "route"}
    assert "header" not in written
    assert "body" not in written
    assert "querystring" not in written


def test_snapstart_can_be_chosen_only_on_a_runtime_that_has_it(template: dict[str, Any]) -> None:
    allowed = template["Parameters"]["SnapStart"]["AllowedValues"]
    assert ("PublishedVersions" in allowed) == (sys.version_info >= (3, 12))
    for name in ("token", "managed", "public", "access_token", "console_user"):
        assert template["Resources"][logical_id(name)]["Properties"]["SnapStart"] == {"ApplyOn": {"Ref": "SnapStart"}}
