"""What an operator chooses for a stack, and what follows from it."""

from typing import Any

from deploy.intrinsics import differs, equals
from deploy.names import PUBLISHES_EVENTS


def parameters() -> dict[str, Any]:
    return {
        "SigningKeySpec": _text(
            "Kind of the signing key, from its first deployment on. RSA signs RS256, ECC signs ES256 or ES384.",
            default="RSA_2048",
            allowed=["RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384"],
        ),
        "LogRetentionDays": {
            "Type": "Number",
            "Default": 90,
            "AllowedValues": [30, 60, 90, 120, 180, 365, 400, 545, 731],
            "Description": "How long the logs are kept.",
        },
        "RequestsPerSecond": _number(
            "Requests a second that the API accepts before it answers 429; the account's own quota comes on top.",
            default=1000,
            at_least=1,
        ),
        "RequestBurst": _number("Requests at once before the API answers 429.", default=2000, at_least=1),
        "SnapStart": _text(
            "Starts execution environments from a snapshot. Not together with ProvisionedConcurrency.",
            default="None",
            allowed=["None", "PublishedVersions"],
        ),
        "ProvisionedConcurrency": _number(
            "Execution environments kept warm for the token function, and as many for the access token authorizer. "
            "0 keeps none.",
            default=0,
            at_least=0,
        ),
        "CertificateArn": _text(
            "ACM certificate of the issuer's host, in this region. Makes the custom domain, and closes the API's "
            "other address."
        ),
        "HostedZoneId": _text(
            "Route 53 zone of the issuer's host; empty where its DNS is elsewhere. Needs CertificateArn."
        ),
        "AuditEventBus": _text(
            "EventBridge bus of this account and region that gets every audit event: default, or one of your own; "
            "empty: none does."
        ),
        "AlarmTopicArn": _text("SNS topic that the alarms tell; empty: they only show in CloudWatch."),
        "SetApiGatewayLogRole": _text(
            "true where API Gateway has no log role in this account and region yet: access logs need one, and there "
            "is one for all APIs.",
            default="false",
            allowed=["true", "false"],
        ),
    }


def rules() -> dict[str, Any]:
    no_snapstart = equals("SnapStart", "None")
    no_provisioned_concurrency = equals("ProvisionedConcurrency", "0")
    return {
        "OneWayToStayWarm": {
            "Assertions": [
                {
                    "Assert": {"Fn::Or": [no_snapstart, no_provisioned_concurrency]},
                    "AssertDescription": "Lambda takes SnapStart or provisioned concurrency, not both.",
                }
            ]
        }
    }


def conditions() -> dict[str, Any]:
    return {
        "HasCertificate": differs("CertificateArn", ""),
        "HasHostedZone": {"Fn::And": [{"Condition": "HasCertificate"}, differs("HostedZoneId", "")]},
        "HasProvisionedConcurrency": differs("ProvisionedConcurrency", "0"),
        PUBLISHES_EVENTS: differs("AuditEventBus", ""),
        "HasAlarmTopic": differs("AlarmTopicArn", ""),
        "SetsApiGatewayLogRole": equals("SetApiGatewayLogRole", "true"),
    }


def _text(description: str, default: str = "", allowed: list[str] | None = None) -> dict[str, Any]:
    choices = {"AllowedValues": allowed} if allowed else {}
    return {"Type": "String", "Default": default, **choices, "Description": description}


def _number(description: str, default: int, at_least: int) -> dict[str, Any]:
    return {"Type": "Number", "Default": default, "MinValue": at_least, "Description": description}
