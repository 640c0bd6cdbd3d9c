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
    after: str | None = None,
    limit: int,
) -> Page[Row]:
    """Reads the rows after the sort key ``after``, oldest first; without it those before ``before``, newest first.

    Raises Unavailable.
    """
    beyond, start = (">", after) if after is not None else ("<", before)
    condition = f"{table.partition_key} = :partition" + (f" AND {table.sort_key} {beyond} :start" if start else "")
    with translated_errors():
        answer = client.query(
            TableName=table_name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues={":partition": to_value(partition)}
            | ({":start": to_value(start)} if start else {}),
            ConsistentRead=True,
            ScanIndexForward=after is not None,
            Limit=limit,
        )
    return Page([read(item) for item in answer["Items"]], "LastEvaluatedKey" in answer)
