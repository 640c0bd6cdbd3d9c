"""Writes the digests of secrets: in the transaction that makes a secret, or later for one of an earlier release."""

from collections.abc import Mapping

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.keys import credential_row
from chalicelib.aws.stores.transactions import Action, Transactions
from chalicelib.credentials.secret_digests import SecretDigest
from chalicelib.deadline import attempted_once
from chalicelib.tables import Table


def put_digest(table_name: str, digest: SecretDigest) -> Action:
    """The action that writes the digest, or leaves it as it is: what else its row says of the secret stays."""
    return {
        "Update": {
            "TableName": table_name,
            "Key": {"token_id": to_value(digest.token_id)},
            "UpdateExpression": "SET client_id = :client_id",
            "ConditionExpression": "attribute_not_exists(client_id) OR client_id = :client_id",
            "ExpressionAttributeValues": {":client_id": to_value(digest.client_id)},
        }
    }


class DynamoDBSecretDigestWriter:
    """Implements ``credentials.ports.SecretDigestWriter``."""

    def __init__(self, names: Mapping[Table, str], transactions: Transactions) -> None:
        self._credentials = names[tables.CREDENTIALS]
        self._token_records = names[tables.TOKEN_RECORDS]
        self._transactions = transactions

    def write(self, digest: SecretDigest, secret_id: str) -> None:
        found = {
            "Update": {
                "TableName": self._credentials,
                "Key": credential_row(digest.client_id),
                "UpdateExpression": "SET secrets.#secret_id.has_digest = :true",
                "ConditionExpression": "attribute_exists(secrets.#secret_id)",
                "ExpressionAttributeNames": {"#secret_id": secret_id},
                "ExpressionAttributeValues": {":true": to_value(True)},
            }
        }
        with attempted_once():
            self._transactions.write_once([put_digest(self._token_records, digest), found], [])
