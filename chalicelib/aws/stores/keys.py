"""The primary keys of the rows."""

from chalicelib.aws.stores.attribute_values import Value, to_value
from chalicelib.credentials.identifiers import tenant_of

Key = dict[str, Value]


def tenant_row(tenant_id: str) -> Key:
    return {"tenant_id": to_value(tenant_id)}


def token_record(token_id: str) -> Key:
    return {"token_id": to_value(token_id)}


def credential_row(client_id: str) -> Key:
    return {"tenant_id": to_value(tenant_of(client_id)), "client_id": to_value(client_id)}
