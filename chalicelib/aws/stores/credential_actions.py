"""The actions that change one credential, for whoever sends them in a transaction together with what tells of it."""

from collections.abc import Mapping

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_value
from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.aws.stores.keys import credential_row, tenant_row
from chalicelib.aws.stores.stamp import stamp
from chalicelib.aws.stores.transactions import Action
from chalicelib.credentials.credential import FIRST_VERSION, Credential
from chalicelib.tables import Table

Names = Mapping[Table, str]


def revocation(names: Names, revoked: Credential) -> list[Action]:
    """Stamps the row if it is active, and its tenant still at its generation."""
    return [
        {
            "Update": {
                "TableName": names[tables.TENANTS],
                "Key": tenant_row(revoked.tenant_id),
                "UpdateExpression": "SET active_counts.#generation = active_counts.#generation - :one",
                # Behind a fence the credential is the sweep's: only one of the two may count it.
                "ConditionExpression": "generation = :generation",
                "ExpressionAttributeNames": {"#generation": str(revoked.generation)},
                "ExpressionAttributeValues": {
                    ":one": to_value(1),
                    ":generation": to_value(revoked.generation),
                },
            }
        },
        stamp(names[tables.CREDENTIALS], revoked, "generation = :generation", revoked.generation),
    ]


def change(names: Names, before: Credential, after: Credential) -> list[Action]:
    """Writes what differs if the row is active and still as before, and its tenant at its generation."""
    old, new = to_row(before), to_row(after)
    differing = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    written, removed = sorted(differing & new.keys()), sorted(differing - new.keys())
    # A first version is not written down.
    conditions = ["#status = :active", "#version = :old_version"]
    compared = {":active": to_value("active"), ":old_version": to_value(before.version)}
    if before.version == FIRST_VERSION:
        conditions[1] = "attribute_not_exists(#version)"
        del compared[":old_version"]
    if "secrets" in differing:
        # A hash is made anew without a new version: whoever writes the whole map must have seen it.
        conditions.append("#secrets = :old_secrets")
        compared[":old_secrets"] = old["secrets"]
    return [
        {
            "ConditionCheck": {
                "TableName": names[tables.TENANTS],
                "Key": tenant_row(before.tenant_id),
                "ConditionExpression": "generation = :generation",
                "ExpressionAttributeValues": {":generation": to_value(before.generation)},
            }
        },
        {
            "Update": {
                "TableName": names[tables.CREDENTIALS],
                "Key": credential_row(before.client_id),
                "UpdateExpression": "SET "
                + ", ".join(f"#{name} = :{name}" for name in written)
                + (f" REMOVE {', '.join(f'#{name}' for name in removed)}" if removed else ""),
                "ConditionExpression": " AND ".join(conditions),
                "ExpressionAttributeNames": {f"#{name}": name for name in differing | {"status", "version"}},
                "ExpressionAttributeValues": compared | {f":{name}": new[name] for name in written},
            }
        },
    ]
