"""Creates the tables and the signing key. The template that CloudFormation gets says what a table's keys are."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from chalicelib.settings import Settings
from deploy.resources import template

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient


def provision(settings: Settings, dynamodb: "DynamoDBClient", kms: "KMSClient") -> None:
    """Makes what is not there yet; what is there stays as it is."""
    for name, properties in _tables(settings):
        _create_table(dynamodb, name, properties)
    _create_signing_key(kms, settings.signing_key_id)


def _tables(settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    resources = template()["Resources"]
    for table, name in settings.tables.items():
        yield name, resources[table.resource]["Properties"]


def _create_table(dynamodb: "DynamoDBClient", name: str, properties: dict[str, Any]) -> None:
    try:
        dynamodb.create_table(
            TableName=name,
            AttributeDefinitions=properties["AttributeDefinitions"],
            KeySchema=properties["KeySchema"],
            BillingMode=properties["BillingMode"],
        )
    except dynamodb.exceptions.ResourceInUseException:
        return
    if "TimeToLiveSpecification" in properties:
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=properties["TimeToLiveSpecification"])


def _create_signing_key(kms: "KMSClient", alias: str) -> None:
    try:
        kms.describe_key(KeyId=alias)
    except kms.exceptions.NotFoundException:
        key = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyMetadata"]["KeyId"])
