"""The packaged service, deployed to a small AWS on this machine: what the template says is what happens.

Functions run from the unpacked zip; the API routes and authorizes as its definition says; moto is DynamoDB and KMS;
and between a function and moto stands its policy, which answers AccessDenied as AWS would.
"""

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import boto3
import urllib3

from chalicelib.settings import Settings
from emulators import wsgi_process
from emulators.cloudformation import ACCOUNT, REGION, Template
from emulators.iam import Key, Permission, allows, permissions_of
from emulators.provision import provision
from tests.support.api_client import Answer
from tests.support.lambda_function import LambdaFunction

_PREFIX = f"{REGION}:{ACCOUNT}"


class Deployed:
    """The service, to be called over its API, and watched from below."""

    def __init__(self, template: dict[str, Any], task_root: Path, oidc_issuer: str, logs: Path) -> None:
        self._moto = wsgi_process.start("emulators.moto_server", 0)
        self._moto_url = wsgi_process.address(self._moto)
        tables = {
            name: name.lower() for name, r in template["Resources"].items() if r["Type"] == "AWS::DynamoDB::Table"
        }
        self._alias = "alias/signing"
        self._key_arn = self._provision(tables, oidc_issuer)
        arns = {name: f"arn:aws:dynamodb:{_PREFIX}:table/{table}" for name, table in tables.items()}
        self.template = Template(
            template, tables | {"SigningKeyAlias": self._alias}, arns | {"SigningKey": self._key_arn}
        )
        self._keys: dict[str, Key] = {}
        self._know_key(self._key_arn)
        self._gate = ThreadingHTTPServer(("127.0.0.1", 0), self._policy_gate())
        self._gate.daemon_threads = True
        threading.Thread(target=self._gate.serve_forever, args=(0.05,), daemon=True).start()
        self.functions: dict[str, LambdaFunction] = {}
        self.policies: dict[str, list[dict[str, Any]]] = {}
        self.called: dict[str, set[Permission]] = defaultdict(set)
        self.refused: list[tuple[str, Permission]] = []
        self.answered: set[tuple[str, str]] = set()
        """The (method, path) pairs of the API that gave an answer below 400."""
        self.slow: dict[tuple[str, str], float] = {}
        """Seconds that an action of a function takes longer, by (function, action)."""
        self.started: list[tuple[str, Any]] = []
        """Asynchronous invocations that wait: (function, event)."""
        self._deploy(task_root, oidc_issuer, logs)
        body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
        self._paths, self._authorizers = body["paths"], body["securityDefinitions"]

    def routes(self) -> set[tuple[str, str]]:
        return {
            (method.upper(), path)
            for path, methods in self._paths.items()
            for method, definition in methods.items()
            if definition["x-amazon-apigateway-integration"]["type"] == "aws_proxy"
        }

    def call(self, method: str, target: str, headers: dict[str, str] | None = None, body: str | None = None) -> Answer:
        """As API Gateway does it: find the method, ask its authorizer, call the function behind it."""
        path, _, query = target.partition("?")
        resource, parameters = self._match(path)
        definition = self._paths[resource][method.lower()]
        sent = headers or {}
        context: dict[str, Any] = {
            "resourcePath": resource,
            "httpMethod": method,
            "requestId": str(uuid4()),
            "stage": "prod",
            "path": path,
            "identity": {"sourceIp": "192.0.2.1"},
        }
        event = {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "queryStringParameters": {name: values[-1] for name, values in parse_qs(query).items()} or None,
            "multiValueQueryStringParameters": parse_qs(query) or None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "requestContext": context,
            "body": body,
            "isBase64Encoded": False,
        }
        for requirement in definition.get("security", []):
            refusal = self._authorize(next(iter(requirement)), event, context)
            if refusal is not None:
                return refusal
        answer = self._function_of(definition["x-amazon-apigateway-integration"]["uri"]).invoke(event)
        given = dict(answer.get("headers") or {})
        given |= {name: values[0] for name, values in (answer.get("multiValueHeaders") or {}).items()}
        if answer["statusCode"] < 400:
            self.answered.add((method, resource))
        return Answer(answer["statusCode"], given, answer["body"])

    def run_started(self) -> int:
        """Runs the asynchronous invocations that wait, and those that they start; says how many."""
        count = 0
        while self.started:
            name, event = self.started.pop(0)
            self.functions[name].invoke(event)
            count += 1
        return count

    def point_alias_at_new_key(self) -> None:
        """What an operator does to begin a rotation: a new key, tagged as the template tags its own."""
        key = self._kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
        self._kms.update_alias(AliasName=self._alias, TargetKeyId=key["KeyId"])
        self._know_key(key["Arn"])

    def _know_key(self, arn: str) -> None:
        tags = self.template.resolve(self.template.resources["SigningKey"]["Properties"]["Tags"])
        key = Key(arn, frozenset(f"{tag['Key']}={tag['Value']}" for tag in tags))
        # moto answers GetPublicKey with the key's bare id, where AWS answers with its ARN.
        self._keys |= dict.fromkeys((self._alias, arn, arn.rpartition("/")[2]), key)

    def stop(self) -> None:
        for function in self.functions.values():
            function.stop()
        self._gate.shutdown()
        self._gate.server_close()
        wsgi_process.stop(self._moto)

    def _provision(self, tables: Mapping[str, str], oidc_issuer: str) -> str:
        settings = Settings.from_env(
            {
                "TENANTS_TABLE": tables["TenantsTable"],
                "CREDENTIALS_TABLE": tables["CredentialsTable"],
                "AUDIT_EVENTS_TABLE": tables["AuditEventsTable"],
                "TOKEN_RECORDS_TABLE": tables["TokenRecordsTable"],
                "SIGNING_KEY_ID": self._alias,
                "ISSUER": "https://credentials.example.com",
                "AUDIENCE": "https://api.example.com",
                "OIDC_ISSUER": oidc_issuer,
                "OIDC_AUDIENCE": "console",
            }
        )
        place = {"endpoint_url": self._moto_url, "region_name": REGION}
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self._kms = boto3.client("kms", **place, **keys)  # type: ignore[call-overload]
        provision(settings, boto3.client("dynamodb", **place, **keys), self._kms)  # type: ignore[call-overload]
        return str(self._kms.describe_key(KeyId=self._alias)["KeyMetadata"]["Arn"])

    def _deploy(self, task_root: Path, oidc_issuer: str, logs: Path) -> None:
        gate = f"http://127.0.0.1:{self._gate.server_port}"
        for logical, resource in self.template.resources.items():
            if resource["Type"] != "AWS::Serverless::Function":
                continue
            properties = resource["Properties"]
            name = self.template.resolve(properties["FunctionName"])
            policy = self.template.resources[f"{logical}Policy"]["Properties"]
            assert policy["Roles"] == [{"Ref": f"{logical}Role"}]
            assert properties["Role"] == {"Fn::GetAtt": [f"{logical}Role", "Arn"]}
            self.policies[name] = self.template.resolve(policy["PolicyDocument"]["Statement"])
            environment = self.template.resolve(properties["Environment"]["Variables"])
            environment |= {
                "AWS_ENDPOINT_URL": gate,
                "AWS_REGION": REGION,
                "AWS_DEFAULT_REGION": REGION,
                # Not a secret: it says to the gate whose policy counts.
                "AWS_ACCESS_KEY_ID": name,
                "AWS_SECRET_ACCESS_KEY": "test",
                "OIDC_ISSUER": oidc_issuer,
                "OIDC_AUDIENCE": "console",
            }
            if logical == "TokenHandler":
                # Other costs than the console's: the first exchange of each secret makes its hash anew.
                environment["ARGON2_TIME_COST"] = "3"
            handler, seconds = properties["Handler"], properties["Timeout"]
            self.functions[name] = LambdaFunction(name, handler, task_root, environment, seconds, logs)

    def _match(self, path: str) -> tuple[str, dict[str, str]]:
        """API Gateway prefers a path without parameters."""
        for resource in sorted(self._paths, key=lambda template: template.count("{")):
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", resource)
            found = re.fullmatch(pattern, path)
            if found:
                return resource, found.groupdict()
        raise AssertionError(f"the API has no path {path}")

    def _function_of(self, uri: Any) -> LambdaFunction:
        arn = self.template.resolve(uri).partition("/functions/")[2].removesuffix("/invocations")
        assert arn.endswith(":live"), f"{arn} is not an alias"
        return self.functions[arn.split(":")[6]]

    def _authorize(self, name: str, event: dict[str, Any], context: dict[str, Any]) -> Answer | None:
        definition = self._authorizers[name]["x-amazon-apigateway-authorizer"]
        header = next((value for key, value in event["headers"].items() if key.lower() == "authorization"), None)
        if header is None:
            return Answer(401, {}, "")
        arn = f"arn:aws:execute-api:{_PREFIX}:api/prod/{event['httpMethod']}{event['path']}"
        request: dict[str, Any] = {"type": "TOKEN", "methodArn": arn, "authorizationToken": header}
        if definition["type"] == "request":
            request = event | {"type": "REQUEST", "methodArn": arn}
        answer = self._function_of(definition["authorizerUri"]).invoke(request)
        context["authorizer"] = {"principalId": answer["principalId"], **answer.get("context", {})}
        for statement in answer["policyDocument"]["Statement"]:
            resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
            patterns = [re.escape(resource).replace(r"\*", ".*") for resource in resources]
            if statement["Effect"] == "Allow" and any(re.fullmatch(pattern, arn) for pattern in patterns):
                return None
        return Answer(403, {}, "")

    def _policy_gate(self) -> type[BaseHTTPRequestHandler]:
        deployed = self
        moto = urllib3.PoolManager(maxsize=16)

        class PolicyGate(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                function = self.headers["Authorization"].partition("Credential=")[2].partition("/")[0]
                target = self.headers.get("X-Amz-Target", "")
                wanted = permissions_of(self.path, target, body, deployed._keys, _PREFIX)
                deployed.called[function].update(wanted)
                denied = [permission for permission in wanted if not allows(deployed.policies[function], permission)]
                if denied:
                    deployed.refused.extend((function, permission) for permission in denied)
                    self._answer(400, json.dumps({"__type": "AccessDeniedException"}).encode())
                    return
                time.sleep(max(deployed.slow.get((function, permission.action), 0) for permission in wanted))
                if wanted[0].action == "lambda:InvokeFunction":
                    deployed.started.append((wanted[0].resource.split(":")[6], json.loads(body)))
                    self._answer(202, b"")
                    return
                headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                reply = moto.request("POST", deployed._moto_url + self.path, body=body, headers=headers)
                self._answer(reply.status, reply.data, reply.headers.get("Content-Type", "application/json"))

            def _answer(self, status: int, body: bytes, content_type: str = "application/x-amz-json-1.0") -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return PolicyGate


@contextmanager
def deployed(template: dict[str, Any], task_root: Path, oidc_issuer: str, logs: Path) -> Iterator[Deployed]:
    service = Deployed(template, task_root, oidc_issuer, logs)
    try:
        yield service
    finally:
        service.stop()
