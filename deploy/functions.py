"""One function per trust zone, each with a role and a policy of its own.

Chalice puts every route behind one function. Here that function becomes four of the same zip and handler, and each
path of the API leads to the one of its zone. ``docs/adr/one-function-per-trust-zone.md`` says why.
"""

import copy
from collections.abc import Container, Iterator, Mapping
from typing import Any

from chalicelib import paths
from chalicelib.settings import token_path_aliases
from chalicelib.tables import TABLES
from deploy.intrinsics import arn, if_, ref, sub
from deploy.names import (
    ACCESS_TOKEN,
    ALIAS,
    API,
    MANAGER,
    METRICS_NAMESPACE,
    SIGNING_KEY_ALIAS,
    SWEEP,
    SWEEP_ALIAS,
    SWEEP_FAILURES,
    UNDELIVERED_EVENTS,
    ZONES,
    Zone,
    alias,
    kebab_case,
    logical_id,
    logs,
    physical_name,
    role,
)
from deploy.policies import Policy, assumed_by, document, for_the_platform
from deploy.resources import log_group

Template = dict[str, Any]

_TOKEN_PATHS = (paths.OAUTH, paths.STATUS_LISTS, paths.JWKS)
"""The prefixes of the paths whose answers need the signing key."""
_EVERY_OTHER_METHOD = "x-amazon-apigateway-any-method"
_HOT = frozenset({"token", ACCESS_TOKEN})
"""Programs wait for these: provisioned concurrency is for them."""
_FIRST_SNAPSTART = (3, 12)


class UnknownFunction(Exception):
    """A function of the app has no policy, or a policy has no function."""


def zone(path: str, method: Mapping[str, Any], aliases: Container[str] = ()) -> Zone:
    """The zone that answers a method of the API. What no rule names goes to ``public``, which has no rights.

    ``aliases``: further paths of the token endpoint.
    """
    if any(MANAGER in requirement for requirement in method.get("security", [])):
        return "managed"
    if path.startswith(paths.LEAKED_SECRETS):
        return "leaks"
    return "token" if path.startswith(_TOKEN_PATHS) or path in aliases else "public"


def split(template: Template, policies: Mapping[str, Policy]) -> None:
    """Makes the zones' functions, and gives every function its name, environment, role, policy, logs and alias.

    Raises UnknownFunction.
    """
    resources = template["Resources"]
    handler = resources.pop("APIHandler")
    del resources["APIHandlerInvokePermission"]
    for name in ZONES:
        resources[logical_id(name)] = copy.deepcopy(handler)
    expected = {logical_id(function) for function in policies}
    differing = sorted(expected ^ set(in_template(template)))
    if differing:
        raise UnknownFunction(f"each function needs its policy in deploy/policies.py; differing: {differing}")
    for function, policy in policies.items():
        _complete(template, function, policy)
    _route(template, token_path_aliases(handler["Properties"]["Environment"]["Variables"]))
    for name in list(template["Outputs"]):
        if name.startswith("APIHandler"):
            del template["Outputs"][name]
    _restrict_snapstart(template, handler["Properties"]["Runtime"])


def in_template(template: Template) -> list[str]:
    """The logical ids of the functions."""
    resources = template["Resources"].items()
    return sorted(name for name, resource in resources if resource["Type"] == "AWS::Serverless::Function")


def _complete(template: Template, function: str, policy: Policy) -> None:
    resources, resource = template["Resources"], template["Resources"][logical_id(function)]
    resources |= {
        logs(function): log_group(f"/aws/lambda/{physical_name(function)}"),
        role(function): {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": assumed_by("lambda.amazonaws.com")},
        },
        # Apart from the role, because the signing key's policy names the role, and this one names the key.
        f"{logical_id(function)}Policy": {
            "Type": "AWS::IAM::Policy",
            "Properties": {
                "PolicyName": kebab_case(function),
                "PolicyDocument": document(*policy, *for_the_platform(function)),
                "Roles": [ref(role(function))],
            },
        },
    }
    resource["DependsOn"] = f"{logical_id(function)}Policy"
    properties = resource["Properties"]
    properties |= {
        "FunctionName": sub(physical_name(function)),
        "Role": arn(role(function)),
        "LoggingConfig": {"LogGroup": ref(logs(function))},
        "Tracing": "Active",
        "AutoPublishAlias": ALIAS,
        # Without this a change of a setting alone would publish no version, and never reach the alias. What it does
        # not see, deploy/versions.py does.
        "AutoPublishAliasAllProperties": True,
    }
    properties["Environment"]["Variables"] |= _environment()
    if function in _HOT:
        kept_warm = {"ProvisionedConcurrentExecutions": ref("ProvisionedConcurrency")}
        properties["ProvisionedConcurrencyConfig"] = if_("HasProvisionedConcurrency", kept_warm)
    authorizers = resources[API]["Properties"]["DefinitionBody"].get("securityDefinitions", {})
    if function in ZONES or function in authorizers:
        properties["SnapStart"] = {"ApplyOn": ref("SnapStart")}
    if function == SWEEP:
        properties |= _resumed_by_itself()


def _environment() -> dict[str, Any]:
    """The variables that the template sets: what .chalice/config.json cannot know."""
    return {
        **{table.variable: ref(table.resource) for table in TABLES},
        "SIGNING_KEY_ID": ref(SIGNING_KEY_ALIAS),
        "METRICS_NAMESPACE": sub(METRICS_NAMESPACE),
        "SWEEP_FUNCTION_NAME": sub(SWEEP_ALIAS),
        "AUDIT_EVENT_BUS": ref("AuditEventBus"),
        "UNDELIVERED_EVENTS_URL": ref(UNDELIVERED_EVENTS),
    }


def _resumed_by_itself() -> dict[str, Any]:
    return {
        # The function starts itself again until a sweep is done. After 16 times Lambda would take that for a mistake.
        "RecursiveLoop": "Allow",
        "EventInvokeConfig": {
            "MaximumRetryAttempts": 2,
            "MaximumEventAgeInSeconds": 6 * 60 * 60,
            "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": arn(SWEEP_FAILURES)}},
        },
    }


def _route(template: Template, aliases: Container[str]) -> None:
    """Leads each method of the API, and each authorizer, to the alias of its function, and lets the API call it."""
    resources = template["Resources"]
    body = resources[API]["Properties"]["DefinitionBody"]
    for path, method in _methods(body):
        integration = method["x-amazon-apigateway-integration"]
        if integration["type"] == "aws_proxy":
            integration["uri"] = _invocation(zone(path, method, aliases))
    for methods in body["paths"].values():
        methods[_EVERY_OTHER_METHOD] = _refusal_of_a_method()
    stage = resources[API]["Properties"]["StageName"]
    for name in ZONES:
        resources[f"{logical_id(name)}InvokePermission"] = _permission(name, f"{stage}/*")
    for name, definition in body.get("securityDefinitions", {}).items():
        definition["x-amazon-apigateway-authorizer"]["authorizerUri"] = _invocation(name)
        resources[f"{logical_id(name)}InvokePermission"] = _permission(name, "authorizers/*")


def _refusal_of_a_method() -> dict[str, Any]:
    """The service's own 405, which names the methods that there are: API Gateway would say that there is no such path.

    By the function that has no rights. A mock integration cannot: it takes no body that is not JSON.
    """
    return {
        "responses": {},
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "passthroughBehavior": "when_no_match",
            "uri": _invocation("public"),
        },
    }


def _methods(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in body["paths"].items():
        for method in methods.values():
            yield path, method


def _invocation(function: str) -> dict[str, Any]:
    path = sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions")
    # Fn::Join, and not the alias in Fn::Sub: there linters know no attribute of that name.
    return {"Fn::Join": ["/", [path, ref(alias(function)), "invocations"]]}


def _permission(function: str, source: str) -> dict[str, Any]:
    api = f"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{API}}}"
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "FunctionName": ref(alias(function)),
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceAccount": ref("AWS::AccountId"),
            "SourceArn": sub(f"{api}/{source}"),
        },
    }


def _restrict_snapstart(template: Template, runtime: str) -> None:
    """SnapStart exists from Python 3.12; on an older runtime the parameter takes only None."""
    version = tuple(int(part) for part in runtime.removeprefix("python").split("."))
    if version < _FIRST_SNAPSTART:
        template["Parameters"]["SnapStart"]["AllowedValues"] = ["None"]
