"""The stamp: writes a revocation on a credential's row, for a revoke and for the sweep."""

from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.keys import credential_row
from chalicelib.aws.stores.transactions import Action
from chalicelib.credentials.credential import Credential


def stamp(table_name: str, revoked: Credential, generation_condition: str, generation: int) -> Action:
    """The action that stamps a credential's row, if the row is active and its generation meets the condition.

    ``generation_condition`` compares ``generation`` with ``:generation``.
    """
    marks = {"revoked_by": revoked.revoked_by, "revoked_at": revoked.revoked_at, "revocation_id": revoked.revocation_id}
    present = {name: mark for name, mark in marks.items() if mark is not None}
    return {
        "Update": {
            "TableName": table_name,
            "Key": credential_row(revoked.client_id),
            "UpdateExpression": "SET #status = :revoked, version = if_not_exists(version, :one) + :one"
            + "".join(f", {name} = :{name}" for name in present),
            "ConditionExpression": f"#status = :active AND {generation_condition}",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": {
                ":active": to_value("active"),
                ":revoked": to_value("revoked"),
                ":one": to_value(1),
                ":generation": to_value(generation),
            }
            | {f":{name}": to_value(mark) for name, mark in present.items()},
        }
    }
