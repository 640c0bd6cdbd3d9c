"""All tenants, page by page."""

from typing import Any

from chalicelib.aws.stores.tenant_directory import DynamoDBTenantDirectory
from chalicelib.tables import SIGNING_KEYS_ROW
from emulators.dynamodb import DynamoDB

TENANTS = ["0" * 26, "1" * 26, "2" * 26]


class InPages(DynamoDB):
    """Gives a scan's rows one a page, as DynamoDB gives them by the megabyte."""

    def scan(self, **asked: Any) -> Any:
        start = asked.pop("ExclusiveStartKey", {"tenant_id": {"S": ""}})["tenant_id"]["S"]
        rows = sorted((row for row in super().scan(**asked)["Items"]), key=lambda row: row["tenant_id"]["S"])
        left = [row for row in rows if row["tenant_id"]["S"] > start]
        more = {"LastEvaluatedKey": {"tenant_id": left[0]["tenant_id"]}} if len(left) > 1 else {}
        return {"Items": left[:1], **more}


def test_every_tenant_is_named_with_its_places_and_no_other_row() -> None:
    client = InPages()
    rows: list[dict[str, Any]] = [{"tenant_id": {"S": name}} for name in (*TENANTS, SIGNING_KEYS_ROW)]
    rows[1]["next_status_index"] = {"N": "8193"}
    client.load("tenants", rows)
    found = {
        tenant.tenant_id: tenant.next_status_index
        for tenant in DynamoDBTenantDirectory(client, "tenants").status_indexes()
    }
    assert found == {TENANTS[0]: 0, TENANTS[1]: 8193, TENANTS[2]: 0}
