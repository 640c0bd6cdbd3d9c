"""Writes when a credential was last used, beside all that makes its version: no edit meets it."""

from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.contention import write_free_row
from chalicelib.aws.stores.keys import credential_row
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.credential import Credential, Use
from chalicelib.deadline import attempted_once


class DynamoDBLastUseWriter:
    """Implements ``credentials.ports.LastUseWriter``."""

    def __init__(self, client: DynamoDBClient, table_name: str) -> None:
        self._client = client
        self._table_name = table_name

    def write(self, credential: Credential, used: str, use: Use, due: int) -> None:
        present = credential.secrets.keys() | {key.thumbprint for key in credential.keys}
        gone = {f"#gone{n}": name for n, name in enumerate(sorted(credential.last_uses.keys() - present))}
        whole = "SET last_used_at = :at, last_used_from = :network, "
        values = {":at": to_value(use.at), ":network": to_value(use.network)}
        if credential.last_uses:
            update = f"{whole}last_uses.#used = :use"
            update += f" REMOVE {', '.join(f'last_uses.{name}' for name in gone)}" if gone else ""
            condition = "attribute_exists(last_uses) AND "
            condition += "(attribute_not_exists(last_uses.#used) OR last_uses.#used.#at <= :due)"
            names = {"#used": used, "#at": "at", **gone}
            values |= {":use": to_value(use), ":due": to_value(due)}
        else:
            update = f"{whole}#uses = :uses"
            condition = "attribute_exists(client_id) AND attribute_not_exists(#uses)"
            names = {"#uses": "last_uses"}
            values |= {":uses": to_value({used: use})}
        with attempted_once():
            write_free_row(
                lambda: self._client.update_item(
                    TableName=self._table_name,
                    Key=credential_row(credential.client_id),
                    UpdateExpression=update,
                    ConditionExpression=condition,
                    ExpressionAttributeValues=values,
                    ExpressionAttributeNames=names,
                )
            )
