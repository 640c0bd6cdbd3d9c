"""moto gets the tables that CloudFormation would make, and a signing key."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.settings import Settings
from deploy.resources import template
from deploy.stages import stage_variables
from emulators.environment import isolated, with_backing_services
from emulators.provision import provision

RESOURCES = template()["Resources"]


@pytest.fixture
def clients() -> Iterator[tuple[Any, Any]]:
    session = boto3.Session("test", "test", region_name="eu-central-1")
    with mock_aws():
        yield session.client("dynamodb"), session.client("kms")


@pytest.fixture
def settings() -> Settings:
    return Settings.from_env(stage_variables("local"))


@pytest.mark.parametrize(
    ("name", "resource"),
    [("tenants", "TenantsTable"), ("credentials", "CredentialsTable"), ("audit_events", "AuditEventsTable")],
)
def test_a_table_has_the_key_schema_of_the_template(
    clients: tuple[Any, Any], settings: Settings, name: str, resource: str
) -> None:
    dynamodb, kms = clients
    provision(settings, dynamodb, kms)
    table = dynamodb.describe_table(TableName=name)["Table"]
    assert table["KeySchema"] == RESOURCES[resource]["Properties"]["KeySchema"]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_only_audit_events_expire(clients: tuple[Any, Any], settings: Settings) -> None:
    dynamodb, kms = clients
    provision(settings, dynamodb, kms)
    ttl = {name: dynamodb.describe_time_to_live(TableName=name) for name in ("tenants", "credentials", "audit_events")}
    assert ttl["audit_events"]["TimeToLiveDescription"]["AttributeName"] == "expires_at_ttl"
    assert ttl["tenants"]["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED"
    assert ttl["credentials"]["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED"


def test_provisioning_again_changes_nothing(clients: tuple[Any, Any], settings: Settings) -> None:
    dynamodb, kms = clients
    provision(settings, dynamodb, kms)
    dynamodb.put_item(TableName="tenants", Item={"tenant_id": {"S": "t"}})
    key = kms.get_public_key(KeyId=settings.signing_key_id)["KeyId"]
    provision(settings, dynamodb, kms)
    assert dynamodb.scan(TableName="tenants")["Count"] == 1
    assert kms.get_public_key(KeyId=settings.signing_key_id)["KeyId"] == key
    assert len(kms.list_keys()["Keys"]) == 1


def test_the_signing_key_signs_with_rsa_2048(clients: tuple[Any, Any], settings: Settings) -> None:
    dynamodb, kms = clients
    provision(settings, dynamodb, kms)
    key = kms.describe_key(KeyId=settings.signing_key_id)["KeyMetadata"]
    assert (key["KeySpec"], key["KeyUsage"]) == ("RSA_2048", "SIGN_VERIFY")


def test_nothing_of_the_developers_own_aws_account_is_left_in_the_environment() -> None:
    own = {"AWS_PROFILE": "production", "AWS_SESSION_TOKEN": "real", "AWS_ENDPOINT_URL": "https://aws", "HOME": "/home"}
    variables = with_backing_services(stage_variables("local"), "http://127.0.0.1:1", "http://127.0.0.1:2")
    environment = isolated(own, variables)
    assert {name for name in environment if name.startswith("AWS_")} == {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_ENDPOINT_URL_KMS",
    }
    assert environment["AWS_ENDPOINT_URL_DYNAMODB"] == "http://127.0.0.1:1"
    assert environment["OIDC_ISSUER"] == "http://127.0.0.1:2"
    assert environment["HOME"] == "/home"
    assert environment["no_proxy"] == "127.0.0.1"
