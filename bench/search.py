"""What it costs to look through all credentials of a tenant, and for nothing: ``python -m bench.search``.

Counted by the in-process DynamoDB, so each run finds the same. Writes the table into docs/scale.md.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.generated import DOCS, check, replaced
from bench.revoke_all import ADMIN, rows_of
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.credentials.credential_list import CredentialFilter, CredentialList
from chalicelib.tables import CREDENTIALS, TABLES, TENANTS
from emulators.dynamodb import DynamoDB

SIZES = (1, 100, 1_000, 10_000)
_SOUGHT = CredentialFilter(status="all", search="nothing has this name")


class Row(NamedTuple):
    credentials: int
    requests: int
    calls: int
    read_units: float
    most_calls: int
    """Of one request, as the next."""
    most_read_units: float


def measure(size: int) -> Row:
    """Looks for what no credential has, request after request, until the last says that there is no more."""
    client = DynamoDB()
    tenant, credentials = rows_of(size)
    client.load(TENANTS.name, [tenant])
    client.load(CREDENTIALS.name, credentials)
    costs = list(_requests(client))
    calls, units = [calls for calls, _ in costs], [units for _, units in costs]
    return Row(size, len(costs), sum(calls), sum(units), max(calls), max(units))


def _requests(client: DynamoDB) -> Iterator[tuple[int, float]]:
    """Yields the calls and the read units of each request."""
    listed = CredentialList(DynamoDBCredentialReader(client, {table: table.name for table in TABLES}), 0)
    cursor = None
    while True:
        client.calls.clear()
        client.read_units = 0.0
        page = listed.page(ADMIN, _SOUGHT, cursor, limit=50)
        yield sum(client.calls.values()), client.read_units
        cursor = page.next_cursor
        if cursor is None:
            return


def markdown(rows: list[Row]) -> str:
    lines = [
        "| credentials | requests | calls of DynamoDB | read units | calls of one request, at most | its read units |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row.credentials:,} | {row.requests} | {row.calls} | {row.read_units:,.0f} | {row.most_calls} "
            f"| {row.most_read_units:,.0f} |"
            for row in rows
        ),
    ]
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The text of docs/scale.md with the table between its markers."""
    return replaced(text, "python -m bench.search", markdown([measure(size) for size in SIZES]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path, metavar="PAGE", help="fail unless the page has these numbers")
    options = parser.parse_args()
    if options.check:
        check(options.check, page)
        return
    target = DOCS / "scale.md"
    target.write_text(page(target.read_text()))


if __name__ == "__main__":
    main()
