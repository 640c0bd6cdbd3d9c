"""Replaces a secret's hash: the only write to the credentials table that an exchange may do."""

from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_free_row
from chalicelib.aws.stores.keys import credential_row
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.credential import StoredSecret


class DynamoDBSecretHashWriter:
    """Implements ``credentials.ports.SecretHashWriter``."""

    def __init__(self, client: DynamoDBClient, table_name: str) -> None:
        self._client = client
        self._table_name = table_name

    def replace_hash(self, client_id: str, secret_id: str, old: StoredSecret, new: StoredSecret) -> None:
        # Once: the exchange that does it must not wait for a transaction, the next one will do it as well.
        write_free_row(
            lambda: self._client.update_item(
                TableName=self._table_name,
                Key=credential_row(client_id),
                UpdateExpression="SET secrets.#secret_id.#hash = :new",
                ConditionExpression="secrets.#secret_id.#hash = :old",
                ExpressionAttributeNames={"#secret_id": secret_id, "#hash": "hash"},
                ExpressionAttributeValues={":old": to_value(old.hash), ":new": to_value(new.hash)},
            )
        )
