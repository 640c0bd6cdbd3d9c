"""The custom domain. Its name is the issuer's: a token's ``iss`` must lead to this very API (RFC 8414 §3)."""

from typing import Any
from urllib.parse import urlsplit

from deploy.intrinsics import attribute, if_, ref
from deploy.names import API, logical_id

_TLS_1_3 = "SecurityPolicy_TLS13_1_3_2025_09"
"""FAPI 2.0 Security Profile §5.2.2: with TLS 1.2 no cipher suites but those that IANA recommends. API Gateway's TLS_1_2
has others, too."""


def issuer_of(template: dict[str, Any]) -> str:
    """The setting ISSUER of a packaged template."""
    return str(_settings(template)["ISSUER"])


def _settings(template: dict[str, Any]) -> dict[str, Any]:
    variables: dict[str, Any] = template["Resources"][logical_id("token")]["Properties"]["Environment"]["Variables"]
    return variables


def add(template: dict[str, Any]) -> None:
    """Adds the domain of ISSUER, made only where the parameter CertificateArn is given.

    With a SECURITY_PROFILE the domain, and the API's other address, speak TLS 1.3 alone.
    """
    resources = template["Resources"]
    issuer = issuer_of(template)
    address = urlsplit(issuer)
    resources["Domain"] = {
        "Type": "AWS::ApiGateway::DomainName",
        "Condition": "HasCertificate",
        "Properties": {
            "DomainName": address.hostname,
            "RegionalCertificateArn": ref("CertificateArn"),
            "EndpointConfiguration": {"Types": ["REGIONAL"]},
            "SecurityPolicy": "TLS_1_2",
        },
    }
    resources["DomainMapping"] = {
        "Type": "AWS::ApiGateway::BasePathMapping",
        "Condition": "HasCertificate",
        "Properties": {
            "DomainName": ref("Domain"),
            "RestApiId": ref(API),
            # SAM's reference to the stage it makes: the mapping needs it to exist.
            "Stage": ref(f"{API}.Stage"),
            **({"BasePath": address.path.strip("/")} if address.path.strip("/") else {}),
        },
    }
    resources["DomainRecord"] = {
        "Type": "AWS::Route53::RecordSet",
        "Condition": "HasHostedZone",
        "Properties": {
            "Name": address.hostname,
            "Type": "A",
            "HostedZoneId": ref("HostedZoneId"),
            "AliasTarget": {
                "DNSName": attribute("Domain", "RegionalDomainName"),
                "HostedZoneId": attribute("Domain", "RegionalHostedZoneId"),
            },
        },
    }
    # With a domain of its own the API answers nowhere else: no second address for the same tokens.
    api = resources[API]["Properties"]
    api["DefinitionBody"]["x-amazon-apigateway-endpoint-configuration"] = {
        "disableExecuteApiEndpoint": if_("HasCertificate", True, False)
    }
    # API Gateway heeds that when a setting of a stage changes, and a certificate given later changes no other.
    api["Variables"] = {"executeApiEndpoint": if_("HasCertificate", "disabled", "enabled")}
    if _settings(template).get("SECURITY_PROFILE"):
        resources["Domain"]["Properties"] |= {"SecurityPolicy": _TLS_1_3, "EndpointAccessMode": "BASIC"}
        api["DefinitionBody"] |= {
            "x-amazon-apigateway-security-policy": _TLS_1_3,
            "x-amazon-apigateway-endpoint-access-mode": "BASIC",
        }
    template["Outputs"] |= {
        "Issuer": {"Value": issuer},
        "DomainTarget": {
            "Condition": "HasCertificate",
            "Description": "What the issuer's host must point at where its DNS is not in Route 53",
            "Value": attribute("Domain", "RegionalDomainName"),
        },
    }
