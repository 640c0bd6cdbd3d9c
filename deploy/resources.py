"""The resources of the stack beside the functions: tables, the signing key, the API's settings, logs, a queue."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.paths import GITHUB_REPORTS, LEAKED_SECRETS
from chalicelib.tables import AUDIT_EVENTS, CREDENTIALS, TABLES, TENANTS, Table
from deploy.gateway_responses import gateway_responses
from deploy.intrinsics import Value, arn, attribute, if_, ref, sub
from deploy.names import (
    ACCESS_TOKEN,
    API,
    MANAGER,
    PUBLISH,
    PUBLISHES_EVENTS,
    SIGNING_KEY,
    SIGNING_KEY_ALIAS,
    SIGNING_KEY_TAG,
    SWEEP_FAILURES,
    UNDELIVERED_EVENTS,
    alias,
    role,
)
from deploy.parameters import conditions, parameters, rules
from deploy.policies import assumed_by, document

Resource = dict[str, Any]
_RETAINED = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
"""The resource stays when the stack goes, or makes another in its place.

When a first deployment fails it stays as well: only for what has no name of its own, which a second try would meet.
"""
_RETAINED_ONCE_DEPLOYED = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}
"""The same, but a first deployment that fails takes it along."""
_ABOUT = "API client credentials and their access tokens."
_FOURTEEN_DAYS = 14 * 24 * 60 * 60
_TWENTY_THREE_HOURS = 23 * 60 * 60
_LEAK_REPORTS_PER_SECOND = 5, 10
"""The rate and the burst of each of the endpoints for leaked secrets."""
_ACCESS_LOG_LINE = {
    "time": "$context.requestTime",
    "request_id": "$context.requestId",
    "source_ip": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "response_bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "integration_milliseconds": "$context.integrationLatency",
    "authorizer_milliseconds": "$context.authorizer.latency",
    "authorizer_status": "$context.authorizer.status",
    "error": "$context.error.responseType",
    "waf": "$context.wafResponseCode",
}


def template() -> dict[str, Any]:
    """The part of the template that Chalice merges into what it makes of the app."""
    return {
        # W3011 wants both policies or none. A function has one, for its versions to take on: deploy/versions.py.
        "Metadata": {"cfn-lint": {"config": {"ignore_checks": ["W3011"]}}},
        "Parameters": parameters(),
        "Rules": rules(),
        "Conditions": conditions(),
        "Resources": {
            **{table.resource: _table(table) for table in TABLES},
            API: _api_settings(),
            SIGNING_KEY: _signing_key(),
            SIGNING_KEY_ALIAS: _signing_key_alias(),
            SWEEP_FAILURES: _queue(),
            UNDELIVERED_EVENTS: _queue(),
            "AuditEventStream": _audit_event_stream(),
            "AccessLogs": log_group("/aws/apigateway/${AWS::StackName}"),
            "ApiGatewayLogRole": _api_gateway_log_role(),
            "ApiGatewayAccount": _api_gateway_account(),
        },
        "Outputs": _outputs(),
    }


def log_group(name: str) -> Resource:
    return {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {"LogGroupName": sub(name), "RetentionInDays": ref("LogRetentionDays")},
    }


def _table(table: Table) -> Resource:
    keys = {"HASH": table.partition_key} | ({"RANGE": table.sort_key} if table.sort_key else {})
    properties: dict[str, Any] = {
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in keys.values()],
        "KeySchema": [{"AttributeName": name, "KeyType": key_type} for key_type, name in keys.items()],
        "BillingMode": "PAY_PER_REQUEST",
        "DeletionProtectionEnabled": True,
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "SSESpecification": {"SSEEnabled": True},
    }
    if table.ttl:
        properties["TimeToLiveSpecification"] = {"AttributeName": table.ttl, "Enabled": True}
    if table.has_stream:
        properties["StreamSpecification"] = if_(PUBLISHES_EVENTS, {"StreamViewType": "NEW_IMAGE"})
    # Kept when a first deployment fails, too: a protected table cannot be deleted, and the rollback would fail on it.
    return {"Type": "AWS::DynamoDB::Table", **_RETAINED, "Properties": properties}


def _api_settings() -> Resource:
    method_settings = [
        _method_settings("/*", "*", ref("RequestsPerSecond"), ref("RequestBurst")),
        # Nobody authenticates there, and a call may take long: few at a time are enough for who means well.
        *(_method_settings(path, "POST", *_LEAK_REPORTS_PER_SECOND) for path in (LEAKED_SECRETS, GITHUB_REPORTS)),
    ]
    return {
        "Properties": {
            "Name": ref("AWS::StackName"),
            # The stage logs, which API Gateway refuses before it has a role for that: named here, it is waited for.
            "Description": if_("SetsApiGatewayLogRole", sub(f"{_ABOUT} Logs by ${{ApiGatewayAccount}}."), _ABOUT),
            # Without it SAM makes a second stage, "Stage", with neither throttling nor a log.
            "OpenApiVersion": "2.0",
            "DefinitionBody": _api_definition(),
            "AccessLogSetting": {"DestinationArn": arn("AccessLogs"), "Format": _json(_ACCESS_LOG_LINE)},
            "MethodSettings": method_settings,
            "TracingEnabled": True,
        }
    }


def _method_settings(path: str, method: str, per_second: Value | int, burst: Value | int) -> dict[str, Any]:
    """``path``: of the API, or "/*"."""
    return {
        # A slash within the path of one resource is written so.
        "ResourcePath": path if path == "/*" else f"/{path.replace('/', '~1')}",
        "HttpMethod": method,
        # Up to five paid metrics for each of some thirty methods. The alarms go by those of the stage, which are free.
        "MetricsEnabled": False,
        "LoggingLevel": "OFF",
        "DataTraceEnabled": False,
        "ThrottlingRateLimit": per_second,
        "ThrottlingBurstLimit": burst,
    }


def _api_definition() -> dict[str, Any]:
    # Chalice makes authorizers of type TOKEN alone: docs/adr/dpop-in-the-authorizer.md.
    sees_every_header = {"type": "request", "identitySource": "method.request.header.Authorization"}
    return {
        "info": {"title": ref("AWS::StackName")},
        "securityDefinitions": {
            authorizer: {"x-amazon-apigateway-authorizer": sees_every_header} for authorizer in (ACCESS_TOKEN, MANAGER)
        },
        "x-amazon-apigateway-gateway-responses": gateway_responses(),
    }


def _signing_key() -> Resource:
    administered_by_this_account = {
        "Sid": "AdministeredByThisAccount",
        "Effect": "Allow",
        "Principal": {"AWS": sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")},
        "Action": "kms:*",
        "Resource": "*",
    }
    only_the_token_function_signs = {
        "Sid": "OnlyTheTokenFunctionSigns",
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["kms:Sign", "kms:CreateGrant"],
        "Resource": "*",
        "Condition": {"ArnNotEquals": {"aws:PrincipalArn": arn(role("token"))}},
    }
    return {
        "Type": "AWS::KMS::Key",
        **_RETAINED_ONCE_DEPLOYED,
        "Properties": {
            "Description": sub("Signs the access tokens of ${AWS::StackName}"),
            "KeySpec": ref("SigningKeySpec"),
            "KeyUsage": "SIGN_VERIFY",
            "PendingWindowInDays": 30,
            "KeyPolicy": document(administered_by_this_account, only_the_token_function_signs),
            "Tags": [{"Key": SIGNING_KEY_TAG, "Value": ref("AWS::StackName")}],
        },
    }


def _signing_key_alias() -> Resource:
    return {
        "Type": "AWS::KMS::Alias",
        **_RETAINED_ONCE_DEPLOYED,
        "Properties": {"AliasName": sub("alias/${AWS::StackName}-signing"), "TargetKeyId": ref(SIGNING_KEY)},
    }


def _queue() -> Resource:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {"MessageRetentionPeriod": _FOURTEEN_DAYS, "SqsManagedSseEnabled": True},
    }


def _audit_event_stream() -> Resource:
    """Has Lambda hand the stream to the function that publishes it: ``docs/adr/audit-events-by-a-function.md``."""
    return {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Condition": PUBLISHES_EVENTS,
        "Properties": {
            "EventSourceArn": attribute(AUDIT_EVENTS.resource, "StreamArn"),
            "FunctionName": ref(alias(PUBLISH)),
            # From the first event after the stream was turned on.
            "StartingPosition": "TRIM_HORIZON",
            "FilterCriteria": {"Filters": [{"Pattern": _json({"eventName": ["INSERT"]})}]},
            "BatchSize": 100,
            # Above 1 Lambda keeps the order of a row's records, and no longer that of a tenant's.
            "ParallelizationFactor": 1,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "BisectBatchOnFunctionError": True,
            # Not for ever: a stream forgets after 24 hours, and what it forgets is in no queue.
            "MaximumRetryAttempts": -1,
            "MaximumRecordAgeInSeconds": _TWENTY_THREE_HOURS,
            "DestinationConfig": {"OnFailure": {"Destination": arn(UNDELIVERED_EVENTS)}},
        },
    }


def _api_gateway_log_role() -> Resource:
    pushes_logs = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    return {
        "Type": "AWS::IAM::Role",
        "Condition": "SetsApiGatewayLogRole",
        **_RETAINED,
        "Properties": {
            "AssumeRolePolicyDocument": assumed_by("apigateway.amazonaws.com"),
            "ManagedPolicyArns": [sub(pushes_logs)],
        },
    }


def _api_gateway_account() -> Resource:
    return {
        "Type": "AWS::ApiGateway::Account",
        "Condition": "SetsApiGatewayLogRole",
        **_RETAINED,
        "Properties": {"CloudWatchRoleArn": arn("ApiGatewayLogRole")},
    }


def _outputs() -> dict[str, Any]:
    return {
        "SigningKeyArn": {"Value": arn(SIGNING_KEY)},
        **{f"{table.resource}Name": {"Value": ref(table.resource)} for table in (TENANTS, CREDENTIALS, AUDIT_EVENTS)},
        "AccessTokenAuthorizerArn": {
            "Description": "For the vendor's own APIs: the authorizer that knows of revocation",
            "Value": ref(alias(ACCESS_TOKEN)),
        },
    }


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, separators=(",", ":"))
