"""Reads one page of a partition's rows."""

from collections.abc import Callable, Mapping

from chalicelib.aws.errors import translated_errors
from chalicelib.aws.stores.attribute_values import Value, to_value
from chalicelib.aws.transport.protocols import DynamoDBClient
from chalicelib.credentials.ports import Page, Row
from chalicelib.tables import Table


def query_page(
    client: DynamoDBClient,
    table: Table,
    table_name: str,
    partition: str,
    read: Callable[[Mapping[str, Value]], Row],
    *,
    before: str | None = None,
    not_before: str | None = None,
    after: str | None = None,
    limit: int,
) -> Page[Row]:
    """Reads the rows after the sort key ``after``, oldest first; without it those before ``before``, newest first.

    Of the latter none before ``not_before``. Raises Unavailable.
    """
    if before is not None and not_before is not None and before <= not_before:
        return Page([], False)
    condition = f"{table.partition_key} = :partition"
    values = {":partition": partition}
    if after:
        condition, values = f"{condition} AND {table.sort_key} > :after", values | {":after": after}
    elif before is not None and not_before is not None:
        # A key condition has one term for a sort key, and BETWEEN has both its ends: ``before`` itself goes below.
        condition = f"{condition} AND {table.sort_key} BETWEEN :not_before AND :before"
        values |= {":not_before": not_before, ":before": before}
    elif before is not None:
        condition, values = f"{condition} AND {table.sort_key} < :before", values | {":before": before}
    elif not_before is not None:
        condition, values = f"{condition} AND {table.sort_key} >= :not_before", values | {":not_before": not_before}
    with translated_errors():
        answer = client.query(
            TableName=table_name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues={name: to_value(value) for name, value in values.items()},
            ConsistentRead=True,
            ScanIndexForward=after is not None,
            Limit=limit,
        )
    items = [item for item in answer["Items"] if before is None or item[str(table.sort_key)] != to_value(before)]
    return Page([read(item) for item in items], "LastEvaluatedKey" in answer)
