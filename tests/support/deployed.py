"""The packaged service, deployed to a small AWS on this machine: what the template says is what happens.

Functions run from the unpacked zip; the API routes and authorizes as its definition says; moto is DynamoDB and KMS;
and between a function and moto stands its policy, which answers AccessDenied as AWS would.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import boto3

from chalicelib import tables
from chalicelib.credentials.identifiers import tenant_of
from chalicelib.settings import Settings
from chalicelib.tables import AUDIT_EVENTS, TABLES
from deploy.names import UNDELIVERED_EVENTS
from emulators.api_gateway.gateway import ApiGateway, Authorizer, Route, match
from emulators.api_gateway.gateway_responses import GatewayResponses
from emulators.api_gateway.mock_integration import MockIntegration
from emulators.aws_endpoint import AwsEndpoint
from emulators.cloudformation import ACCOUNT, REGION, Template
from emulators.emulator_process import EmulatorProcess
from emulators.http_server import Request
from emulators.iam import Key
from emulators.lambda_runtime import LambdaFunction
from emulators.provision import provision
from tests.support.api_client import Answer

_ALIAS = "alias/signing"
_QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:undelivered"
"""The ARN of the queue of undelivered events, and its URL here."""
_EVERY_OTHER_METHOD = "x-amazon-apigateway-any-method"


class DeployedApi:
    """Implements ``api_gateway.Api`` by the definition in a template."""

    def __init__(self, definition: dict[str, Any], template: Template, functions: dict[str, LambdaFunction]) -> None:
        self._definition = definition
        self._template = template
        self._functions = functions

    def paths(self) -> Iterable[str]:
        return list(self._definition["paths"])

    def route(self, method: str, path: str) -> Route | None:
        methods = self._definition["paths"][path]
        definition = methods.get(method.lower()) or methods.get(_EVERY_OTHER_METHOD)
        if definition is None:
            return None
        integration = definition["x-amazon-apigateway-integration"]
        if integration["type"] == "mock":
            return Route(MockIntegration(integration))
        function = self._function(integration["uri"])
        for name in definition.get("security", []):
            authorizer = self._definition["securityDefinitions"][next(iter(name))]["x-amazon-apigateway-authorizer"]
            asked = self._function(authorizer["authorizerUri"])
            return Route(function.invoke, Authorizer(asked.invoke, authorizer["type"].upper()))
        return Route(function.invoke)

    def routes(self) -> set[tuple[str, str]]:
        return {
            (method.upper(), path)
            for path, methods in self._definition["paths"].items()
            for method, definition in methods.items()
            if method != _EVERY_OTHER_METHOD and definition["x-amazon-apigateway-integration"]["type"] == "aws_proxy"
        }

    def _function(self, uri: Any) -> LambdaFunction:
        arn = self._template.resolve(uri).partition("/functions/")[2].removesuffix("/invocations")
        assert arn.endswith(":live"), f"{arn} is not an alias"
        return self._functions[arn.split(":")[6]]


class Deployed:
    """The service, to be called over its API, and watched from below."""

    def __init__(self, template: dict[str, Any], task_root: Path, published: dict[str, str], logs: Path) -> None:
        self._moto = EmulatorProcess("moto", "emulators.moto_server")
        self._endpoint = AwsEndpoint(self._moto.address())
        key_arn = self._provision(published["OIDC_ISSUER"])
        tables = {table.resource: table.name for table in TABLES}
        arns = {name: f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}" for name, table in tables.items()}
        self.template = Template(
            template,
            tables | {"SigningKeyAlias": _ALIAS, UNDELIVERED_EVENTS: _QUEUE},
            arns | {"SigningKey": key_arn, UNDELIVERED_EVENTS: _QUEUE},
            {"AuditEventBus": "audit"},
        )
        self._know_key(key_arn)
        self.policies, self.called, self.refused = (
            self._endpoint.policies,
            self._endpoint.called,
            self._endpoint.refused,
        )
        self.slow, self.started = self._endpoint.slow, self._endpoint.started
        self.bus, self.queue = self._endpoint.bus, self._endpoint.queue
        self.functions: dict[str, LambdaFunction] = {}
        self._make: dict[str, Callable[[dict[str, str]], LambdaFunction]] = {}
        self._variables: dict[str, dict[str, str]] = {}
        self._deploy(task_root, published, logs)
        definition = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
        self._api = DeployedApi(definition, self.template, self.functions)
        self._gateway = ApiGateway(self._api, GatewayResponses(definition), source_ip="192.0.2.1")
        self.routes = self._api.routes
        self.answered: set[tuple[str, str]] = set()
        """The (method, path) pairs of the API that gave an answer below 400."""

    def call(self, method: str, target: str, headers: dict[str, str] | None = None, body: str | None = None) -> Answer:
        request = Request(method, target, list((headers or {}).items()), (body or "").encode())
        response = self._gateway.answer(request)
        if response.status < 400:
            found = match(self._api.paths(), request.path)
            assert found is not None
            self.answered |= {(method, found.path)} & self.routes()
        return Answer(response.status, dict(response.headers), response.body.decode())

    def run_started(self) -> int:
        """Runs the asynchronous invocations that wait, and those that they start; says how many."""
        count = 0
        while self.started:
            name, event = self.started.pop(0)
            self.functions[name].invoke(event)
            count += 1
        return count

    def audit_event_stream(self) -> list[dict[str, Any]]:
        """The records of the audit_events table's stream, as Lambda hands them to a function."""
        place = {"endpoint_url": self._moto.address(), "region_name": REGION}
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        streams: Any = boto3.client("dynamodbstreams", **place, **keys)  # type: ignore[call-overload]
        [stream] = streams.list_streams(TableName=AUDIT_EVENTS.name)["Streams"]
        [shard] = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]
        begin = streams.get_shard_iterator(
            StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )
        page = streams.get_records(ShardIterator=begin["ShardIterator"])
        records: list[dict[str, Any]] = json.loads(json.dumps(page["Records"], default=str))
        return records

    def put_audit_event(self, item: dict[str, Any]) -> None:
        self._dynamodb.put_item(TableName=AUDIT_EVENTS.name, Item=item)

    def point_alias_at_new_key(self) -> None:
        """What an operator does to begin a rotation: a new key, tagged as the template tags its own."""
        key = self._kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
        self._kms.update_alias(AliasName=_ALIAS, TargetKeyId=key["KeyId"])
        self._know_key(key["Arn"])

    def age_secret(self, client_id: str, secret_id: str) -> None:
        """Makes the secret one that a release made which knew of no digests."""
        self._dynamodb.update_item(
            TableName=tables.CREDENTIALS.name,
            Key={"tenant_id": {"S": tenant_of(client_id)}, "client_id": {"S": client_id}},
            UpdateExpression="REMOVE secrets.#secret_id.has_digest",
            ExpressionAttributeNames={"#secret_id": secret_id},
        )

    def restart(self, name: str, **changed: str) -> None:
        """Deploys a function anew, with these variables changed."""
        self.functions[name].stop()
        self.functions[name] = self._make[name](self._variables[name] | changed)

    def stop(self) -> None:
        for function in self.functions.values():
            function.stop()
        self._endpoint.close()
        self._moto.stop()

    def _know_key(self, arn: str) -> None:
        tags = self.template.resolve(self.template.resources["SigningKey"]["Properties"]["Tags"])
        key = Key(arn, frozenset(f"{tag['Key']}={tag['Value']}" for tag in tags))
        # moto answers GetPublicKey with the key's bare id, where AWS answers with its ARN.
        self._endpoint.keys |= dict.fromkeys((_ALIAS, arn, arn.rpartition("/")[2]), key)

    def _provision(self, oidc_issuer: str) -> str:
        settings = Settings.from_env(
            {
                **{table.variable: table.name for table in TABLES},
                "SIGNING_KEY_ID": _ALIAS,
                "ISSUER": "https://credentials.example.com",
                "AUDIENCE": "https://api.example.com",
                "OIDC_ISSUER": oidc_issuer,
                "OIDC_AUDIENCE": "console",
            }
        )
        place = {"endpoint_url": self._moto.address(), "region_name": REGION}
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self._kms = boto3.client("kms", **place, **keys)  # type: ignore[call-overload]
        self._dynamodb = boto3.client("dynamodb", **place, **keys)  # type: ignore[call-overload]
        provision(settings, self._dynamodb, self._kms)
        return str(self._kms.describe_key(KeyId=_ALIAS)["KeyMetadata"]["Arn"])

    def _deploy(self, task_root: Path, published: dict[str, str], logs: Path) -> None:
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
                "AWS_ENDPOINT_URL": self._endpoint.url,
                "AWS_REGION": REGION,
                "AWS_DEFAULT_REGION": REGION,
                # Not a secret: it says to the endpoint whose policy counts.
                "AWS_ACCESS_KEY_ID": name,
                "AWS_SECRET_ACCESS_KEY": "test",
                **published,
                "OIDC_AUDIENCE": "console",
                "VENDOR_TENANTS": "acme",
            }
            if logical == "TokenHandler":
                # Other costs than the console's: the first exchange of each secret makes its hash anew.
                environment["ARGON2_TIME_COST"] = "3"
                environment["MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL"] = "60000"
            self._make[name] = partial(
                LambdaFunction,
                name,
                properties["Handler"],
                task_root,
                seconds=properties["Timeout"],
                log_file=logs / f"{name}.log",
            )
            self._variables[name] = environment
            self.functions[name] = self._make[name](environment)


@contextmanager
def deployed(template: dict[str, Any], task_root: Path, published: dict[str, str], logs: Path) -> Iterator[Deployed]:
    """``published``: the variables that say where others publish what the service asks of them."""
    service = Deployed(template, task_root, published, logs)
    try:
        yield service
    finally:
        service.stop()
