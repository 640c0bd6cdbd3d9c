"""One function per trust zone, each with a role and a policy of its own.

Chalice puts every route behind one function. Here that function becomes three of the same zip and handler, and each
path of the API leads to the one of its zone. The reasons are in ``docs/adr/``.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

Template = dict[str, Any]
Policy = dict[str, Any]
Zone = Literal["managed", "token", "public"]

ALIAS = "live"
"""What API Gateway calls: publishing a version and moving this alias is the deployment."""
NAMESPACE = "ApiClientCredentials"
"""Of the metrics, before the stack's name."""
ZONES: tuple[Zone, ...] = ("managed", "token", "public")
_TOKEN_PATHS = ("/oauth/", "/status-lists/", "/.well-known/jwks.json")
"""What needs the signing key, or knows it."""
_CONSOLE_AUTHORIZER = "console_user"
_HOT = frozenset({"token", "access_token"})
"""Programs wait for these: provisioned concurrency is for them."""
_FIRST_SNAPSTART = (3, 12)


class UnknownFunction(Exception):
    """A function of the app has no policy, or a policy has no function."""


def zone(path: str, method: Mapping[str, Any]) -> Zone:
    """The zone that answers a method of the API: what no rule names gets the one that may do nothing."""
    if any(_CONSOLE_AUTHORIZER in requirement for requirement in method.get("security", [])):
        return "managed"
    return "token" if path.startswith(_TOKEN_PATHS) else "public"


def logical_id(function: str) -> str:
    """``sweep_unfinished`` → ``SweepUnfinished``, as Chalice names its resources; the zones end in ``Handler``."""
    name = "".join(part.capitalize() for part in function.split("_"))
    return f"{name}Handler" if function in ZONES else name


def read_policies(directory: Path) -> dict[str, Policy]:
    """By function: what the files ``policy-<function>.json`` allow it to call."""
    return {
        path.stem.removeprefix("policy-").replace("-", "_"): json.loads(path.read_text())
        for path in sorted(directory.glob("policy-*.json"))
    }


def services_of(policies: Mapping[str, Policy]) -> frozenset[str]:
    """The AWS services that any function may call, as botocore calls their models."""
    return frozenset(
        action.partition(":")[0] for policy in policies.values() for s in policy["Statement"] for action in s["Action"]
    )


def split(template: Template, policies: Mapping[str, Policy]) -> None:
    """Makes the zones' functions, and gives every function its name, environment, role, policy, logs and alias.

    Raises UnknownFunction.
    """
    resources = template["Resources"]
    handler = resources.pop("APIHandler")
    del resources["APIHandlerInvokePermission"]
    for name in ZONES:
        resources[logical_id(name)] = copy.deepcopy(handler)
    present = {name for name, resource in resources.items() if resource["Type"] == "AWS::Serverless::Function"}
    if present != {logical_id(function) for function in policies}:
        differing = sorted(present ^ {logical_id(function) for function in policies})
        raise UnknownFunction(f"each function needs one .chalice/policy-<function>.json; differing: {differing}")
    for function, policy in policies.items():
        _complete(template, function, policy)
    _route(template)
    for name in list(template["Outputs"]):
        if name.startswith("APIHandler"):
            del template["Outputs"][name]
    _restrict_snapstart(template, handler["Properties"]["Runtime"])


def _complete(template: Template, function: str, policy: Policy) -> None:
    resources, name = template["Resources"], logical_id(function)
    resource, properties = resources[name], resources[name]["Properties"]
    physical = {"Fn::Sub": f"${{AWS::StackName}}-{function.replace('_', '-')}"}
    resources[f"{name}Logs"] = {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {
            "LogGroupName": {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}-{function.replace('_', '-')}"},
            "RetentionInDays": {"Ref": "LogRetentionDays"},
        },
    }
    resources[f"{name}Role"] = _role()
    # Apart from the role, because the signing key's policy names the role, and this one names the key.
    resources[f"{name}Policy"] = {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": function.replace("_", "-"),
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [*policy["Statement"], *_for_the_platform(name)],
            },
            "Roles": [{"Ref": f"{name}Role"}],
        },
    }
    resource["DependsOn"] = f"{name}Policy"
    properties |= {
        "FunctionName": physical,
        "Role": {"Fn::GetAtt": [f"{name}Role", "Arn"]},
        "LoggingConfig": {"LogGroup": {"Ref": f"{name}Logs"}},
        "Tracing": "Active",
        "AutoPublishAlias": ALIAS,
        # Without this a change of a setting alone would publish no version, and never reach the alias.
        "AutoPublishAliasAllProperties": True,
    }
    properties["Environment"]["Variables"] |= _environment()
    if function in _HOT:
        properties["ProvisionedConcurrencyConfig"] = {
            "Fn::If": [
                "HasProvisionedConcurrency",
                {"ProvisionedConcurrentExecutions": {"Ref": "ProvisionedConcurrency"}},
                {"Ref": "AWS::NoValue"},
            ]
        }
    authorizers = resources["RestAPI"]["Properties"]["DefinitionBody"].get("securityDefinitions", {})
    if function in ZONES or function in authorizers:
        properties["SnapStart"] = {"ApplyOn": {"Ref": "SnapStart"}}
    if function == "sweep":
        properties |= _resumed_by_itself()


def _environment() -> dict[str, Any]:
    """What the template knows better than .chalice/config.json."""
    return {
        "TENANTS_TABLE": {"Ref": "TenantsTable"},
        "CREDENTIALS_TABLE": {"Ref": "CredentialsTable"},
        "AUDIT_EVENTS_TABLE": {"Ref": "AuditEventsTable"},
        "TOKEN_RECORDS_TABLE": {"Ref": "TokenRecordsTable"},
        "SIGNING_KEY_ID": {"Ref": "SigningKeyAlias"},
        "METRICS_NAMESPACE": {"Fn::Sub": f"{NAMESPACE}/${{AWS::StackName}}"},
        # A name, and no reference: the sweep function has it too, and nothing can refer to itself.
        "SWEEP_FUNCTION_NAME": {"Fn::Sub": f"${{AWS::StackName}}-sweep:{ALIAS}"},
    }


def _role() -> dict[str, Any]:
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        },
    }


def _for_the_platform(name: str) -> list[dict[str, Any]]:
    """What Lambda itself does under the function's role."""
    failures = {
        "Sid": "Failures",
        "Effect": "Allow",
        "Action": ["sqs:SendMessage"],
        "Resource": {"Fn::GetAtt": ["SweepFailures", "Arn"]},
    }
    return [
        *([failures] if name == logical_id("sweep") else []),
        {
            "Sid": "Logs",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": {"Fn::GetAtt": [f"{name}Logs", "Arn"]},
        },
        {
            "Sid": "Traces",
            "Effect": "Allow",
            "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "Resource": "*",  # X-Ray has no resource that could be named here
        },
    ]


def _resumed_by_itself() -> dict[str, Any]:
    return {
        # The function starts itself again until a sweep is done. After 16 times Lambda would take that for a mistake.
        "RecursiveLoop": "Allow",
        "EventInvokeConfig": {
            "MaximumRetryAttempts": 2,
            "MaximumEventAgeInSeconds": 21600,
            "DestinationConfig": {
                "OnFailure": {"Type": "SQS", "Destination": {"Fn::GetAtt": ["SweepFailures", "Arn"]}}
            },
        },
    }


def _route(template: Template) -> None:
    """Leads each method of the API, and each authorizer, to the alias of its function, and lets the API call it."""
    resources = template["Resources"]
    body = resources["RestAPI"]["Properties"]["DefinitionBody"]
    for path, method in _methods(body):
        integration = method["x-amazon-apigateway-integration"]
        if integration["type"] == "aws_proxy":
            integration["uri"] = _invocation(logical_id(zone(path, method)))
    stage = resources["RestAPI"]["Properties"]["StageName"]
    for name in ZONES:
        resources[f"{logical_id(name)}InvokePermission"] = _permission(logical_id(name), f"{stage}/*")
    for name, definition in body.get("securityDefinitions", {}).items():
        definition["x-amazon-apigateway-authorizer"]["authorizerUri"] = _invocation(logical_id(name))
        resources[f"{logical_id(name)}InvokePermission"] = _permission(logical_id(name), "authorizers/*")


def _methods(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in body["paths"].items():
        for method in methods.values():
            yield path, method


def _invocation(name: str) -> dict[str, Any]:
    """``.Alias`` is SAM's: it becomes the ARN of the function's alias."""
    return {
        "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
        f"${{{name}.Alias}}/invocations"
    }


def _permission(name: str, source: str) -> dict[str, Any]:
    api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestAPI}"
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "FunctionName": {"Ref": f"{name}.Alias"},
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceAccount": {"Ref": "AWS::AccountId"},
            "SourceArn": {"Fn::Sub": f"{api}/{source}"},
        },
    }


def _restrict_snapstart(template: Template, runtime: str) -> None:
    """SnapStart exists from Python 3.12; on an older runtime the parameter takes only None."""
    version = tuple(int(part) for part in runtime.removeprefix("python").split("."))
    if version < _FIRST_SNAPSTART:
        template["Parameters"]["SnapStart"]["AllowedValues"] = ["None"]
