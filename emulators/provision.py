"""Creates the tables and the signing key in an AWS that has none yet: moto, or an account of a benchmark's."""

from typing import TYPE_CHECKING

from chalicelib.settings import Settings, SettingsError
from chalicelib.tables import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import KeySchemaElementTypeDef, StreamSpecificationTypeDef
    from mypy_boto3_kms import KMSClient


def provision(settings: Settings, dynamodb: "DynamoDBClient", kms: "KMSClient") -> None:
    """Makes what is not there yet; what is there stays as it is. Raises SettingsError."""
    for table, name in settings.tables.items():
        try:
            create_table(dynamodb, table, name)
        except dynamodb.exceptions.ResourceInUseException:
            continue
    _create_signing_key(kms, settings.signing_key_id)


def _stream(table: Table) -> "StreamSpecificationTypeDef":
    """As the template has it."""
    if table.has_stream:
        return {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    return {"StreamEnabled": False}


def create_table(dynamodb: "DynamoDBClient", table: Table, name: str) -> None:
    """Raises ResourceInUseException where there is one of that name."""
    keys: list[KeySchemaElementTypeDef] = [{"AttributeName": table.partition_key, "KeyType": "HASH"}]
    if table.sort_key:
        keys.append({"AttributeName": table.sort_key, "KeyType": "RANGE"})
    dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in keys],
        KeySchema=keys,
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification=_stream(table),
    )
    if table.ttl:
        dynamodb.update_time_to_live(
            TableName=name, TimeToLiveSpecification={"AttributeName": table.ttl, "Enabled": True}
        )


def _create_signing_key(kms: "KMSClient", alias: str) -> None:
    try:
        kms.describe_key(KeyId=alias)
    except kms.exceptions.NotFoundException:
        if not alias.startswith("alias/"):
            raise SettingsError(f"SIGNING_KEY_ID: there is no key {alias!r} here; an alias/… would be made") from None
        key = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")
        kms.create_alias(AliasName=alias, TargetKeyId=key["KeyMetadata"]["KeyId"])
