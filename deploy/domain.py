"""The custom domain. Its name is the issuer's: a token's ``iss`` must lead to this very API (RFC 8414 §3)."""

from typing import Any
from urllib.parse import urlsplit


def add(template: dict[str, Any]) -> None:
    """Adds the domain of ISSUER, made only where the parameter CertificateArn is given."""
    resources = template["Resources"]
    issuer = resources["TokenHandler"]["Properties"]["Environment"]["Variables"]["ISSUER"]
    address = urlsplit(issuer)
    resources["Domain"] = {
        "Type": "AWS::ApiGateway::DomainName",
        "Condition": "HasCertificate",
        "Properties": {
            "DomainName": address.hostname,
            "RegionalCertificateArn": {"Ref": "CertificateArn"},
            "EndpointConfiguration": {"Types": ["REGIONAL"]},
            "SecurityPolicy": "TLS_1_2",
        },
    }
    resources["DomainMapping"] = {
        "Type": "AWS::ApiGateway::BasePathMapping",
        "Condition": "HasCertificate",
        "Properties": {
            "DomainName": {"Ref": "Domain"},
            "RestApiId": {"Ref": "RestAPI"},
            # RestAPI.Stage is SAM's reference to the stage it makes: the mapping needs it to exist.
            "Stage": {"Ref": "RestAPI.Stage"},
            **({"BasePath": address.path.strip("/")} if address.path.strip("/") else {}),
        },
    }
    resources["DomainRecord"] = {
        "Type": "AWS::Route53::RecordSet",
        "Condition": "HasHostedZone",
        "Properties": {
            "Name": address.hostname,
            "Type": "A",
            "HostedZoneId": {"Ref": "HostedZoneId"},
            "AliasTarget": {
                "DNSName": {"Fn::GetAtt": ["Domain", "RegionalDomainName"]},
                "HostedZoneId": {"Fn::GetAtt": ["Domain", "RegionalHostedZoneId"]},
            },
        },
    }
    # With a domain of its own the API answers nowhere else: no second address for the same tokens.
    resources["RestAPI"]["Properties"]["DefinitionBody"]["x-amazon-apigateway-endpoint-configuration"] = {
        "disableExecuteApiEndpoint": {"Fn::If": ["HasCertificate", True, False]}
    }
    template["Outputs"]["Issuer"] = {"Value": issuer}
