"""Everything that a table holds."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest

TableItems = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def table_items(aws: None) -> TableItems:
    """Reads a table as DynamoDB's JSON: ``table_items("credentials")``."""

    def items(table: str) -> list[dict[str, Any]]:
        pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName=table)
        return [item for page in pages for item in page["Items"]]

    return items
