"""What a revoke-all costs as the number of credentials grows: ``python -m bench.revoke_all [--write]``.

Runs against the in-process DynamoDB, or a real endpoint where DYNAMODB_ENDPOINT_URL is set, in tables of its own.
``--write`` renews the numbers in docs/revoke_all.json, and from them the table in docs/revocation.md and the picture.
"""

import argparse
import json
import os
import platform
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import msgspec

from bench.generated import DOCS, check, replaced
from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.revocation_writer import DynamoDBRevocationWriter
from chalicelib.aws.stores.sweep_store import DynamoDBSweepStore
from chalicelib.aws.stores.token_record_store import DynamoDBIdempotencyRecords
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.credentials import identifiers
from chalicelib.credentials.callers import Actor, Caller
from chalicelib.credentials.credential import Credential, StoredSecret
from chalicelib.credentials.revocation import RevocationService
from chalicelib.credentials.sweep import Sweeper
from chalicelib.credentials.tenant import Tenant
from chalicelib.tables import AUDIT_EVENTS, CREDENTIALS, TENANTS, TOKEN_RECORDS, Table
from emulators.dynamodb import DynamoDB
from emulators.provision import create_table

SIZES = (1, 100, 1_000, 10_000, 100_000)
TENANT = identifiers.tenant_key("bench")
ADMIN = Caller(
    tenant_id=TENANT, subject="bench", name="Bench", roles=frozenset(["admin"]), source_ip="", request_id="bench"
)
_MEASURED = (TENANTS, CREDENTIALS, AUDIT_EVENTS, TOKEN_RECORDS)
Names = dict[Table, str]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One size's result. Times in milliseconds."""

    credentials: int
    fence_ms: float
    fence_calls: int
    fence_write_units: float | None
    active_after_fence: int
    sweep_ms: float
    sweep_transactions: int
    sweep_calls: int
    sweep_write_units: float | None


def measure(client: Any, names: Names, size: int) -> Row:
    """Revokes ``size`` credentials: the fence by itself, then the sweep. The rows are there already."""
    reader = DynamoDBCredentialReader(client, names)
    transactions = Transactions(client, names, 86_400)
    sweeper = Sweeper(reader, DynamoDBSweepStore(client, names, transactions), None)
    writer = DynamoDBRevocationWriter(client, names[TENANTS], transactions)
    records = DynamoDBIdempotencyRecords(client, names[TOKEN_RECORDS])
    # No sweep inside the request: each of the two is timed by itself.
    service = RevocationService(reader, writer, records, sweeper, sweep_in_request=0)
    calls = _counted(client)

    before = _units(client)
    start = time.perf_counter()
    service.revoke_all(ADMIN)
    fence_ms = (time.perf_counter() - start) * 1000
    fence_calls, fence_units = sum(calls.values()), _spent(client, before)

    active = _active(reader)
    calls.clear()
    before = _units(client)
    start = time.perf_counter()
    finished = sweeper.sweep(TENANT, lambda: True)
    sweep_ms = (time.perf_counter() - start) * 1000
    if not finished:
        raise AssertionError("the sweep did not come to its end")
    return Row(
        credentials=size,
        fence_ms=fence_ms,
        fence_calls=fence_calls,
        fence_write_units=fence_units,
        active_after_fence=active,
        sweep_ms=sweep_ms,
        sweep_transactions=calls["TransactWriteItems"],
        sweep_calls=sum(calls.values()),
        sweep_write_units=_spent(client, before),
    )


def _active(reader: DynamoDBCredentialReader) -> int:
    """How many credentials an exchange would still find active; each is asked as an exchange asks."""
    rows: list[Credential] = []
    more = True
    while more:
        page = reader.oldest_first(TENANT, rows[-1].client_id if rows else "", 1000)
        rows += page.rows
        more = page.more and bool(page.rows)
    asked = rows if len(rows) <= 10_000 else rows[:: len(rows) // 10_000]
    found = (reader.read_with_tenant(row.client_id) for row in asked)
    return sum(one.is_active(int(time.time())) for one in found if one is not None)


def _counted(client: Any) -> "Counter[str]":
    if isinstance(client, DynamoDB):
        return client.calls
    calls: Counter[str] = Counter()
    client.meta.events.register("before-call", lambda model, **_: calls.update([model.name]))
    return calls


def _units(client: Any) -> float:
    return client.write_units if isinstance(client, DynamoDB) else 0.0


def _spent(client: Any, before: float) -> float | None:
    return client.write_units - before if isinstance(client, DynamoDB) else None


def rows_of(size: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The items of a tenant with so many active credentials, each as large as a real one."""
    by = Actor(subject="auth0|507f1f77bcf86cd799439011", name="Alice Andersen")
    secret = StoredSecret(
        hash="$argon2id$v=19$m=19456,t=2,p=1$" + "s" * 22 + "$" + "h" * 43, hint="abcd", created_at=1_700_000_000
    )
    credentials = [
        Credential(
            tenant_id=TENANT,
            client_id=identifiers.client_id(TENANT, 1_700_000_000 + i, os.urandom),
            name=f"Nightly export {i}",
            status="active",
            generation=1,
            scopes=("orders:read", "orders:write"),
            secrets={"abcdef": secret},
            created_by=by,
            created_at=1_700_000_000 + i,
            status_index=i,
        )
        for i in range(size)
    ]
    tenant = Tenant(tenant_id=TENANT, generation=1, active_counts={1: size}, revocations={}, next_status_index=size)
    return to_item(tenant), [to_item(credential) for credential in credentials]


@contextmanager
def in_process(size: int) -> Iterator[tuple[Any, Names]]:
    client = DynamoDB()
    tenant, credentials = rows_of(size)
    client.load(TENANTS.name, [tenant])
    client.load(CREDENTIALS.name, credentials)
    yield client, {table: table.name for table in _MEASURED}


@contextmanager
def endpoint(size: int) -> Iterator[tuple[Any, Names]]:
    """Tables made for this run alone, at DYNAMODB_ENDPOINT_URL."""
    client = boto3.client("dynamodb", endpoint_url=os.environ["DYNAMODB_ENDPOINT_URL"])
    run = uuid.uuid4().hex[:8]
    names = {table: f"bench-{run}-{table.name}" for table in _MEASURED}
    for table, name in names.items():
        create_table(client, table, name)
        client.get_waiter("table_exists").wait(TableName=name)
    try:
        tenant, credentials = rows_of(size)
        client.put_item(TableName=names[TENANTS], Item=tenant)
        for start in range(0, len(credentials), 25):
            puts = [{"PutRequest": {"Item": item}} for item in credentials[start : start + 25]]
            left: Any = {names[CREDENTIALS]: puts}
            while left:
                left = client.batch_write_item(RequestItems=left)["UnprocessedItems"]
        yield client, names
    finally:
        for name in names.values():
            client.delete_table(TableName=name)


def markdown(rows: list[Row]) -> str:
    lines = [
        "| credentials | fence | calls | write units | active after it | sweep | transactions | calls | write units |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.credentials:,} | {row.fence_ms:.2f} ms | {row.fence_calls} | {_number(row.fence_write_units)} "
        f"| {row.active_after_fence} | {row.sweep_ms:,.1f} ms | {row.sweep_transactions:,} | {row.sweep_calls:,} "
        f"| {_number(row.sweep_write_units)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "not metered" if value is None else f"{value:,.0f}"


def plot(rows: list[Row], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4))
    sizes = [row.credentials for row in rows]
    axes.loglog(sizes, [row.fence_ms for row in rows], "o-", label="fence: every credential is revoked")
    axes.loglog(sizes, [row.sweep_ms for row in rows], "s--", label="sweep: every row says so")
    axes.set_xlabel("credentials of the tenant")
    axes.set_ylabel("milliseconds, without the network")
    axes.set_title("Revoke all")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)


def write(about: dict[str, Any], rows: list[Row]) -> None:
    (DOCS / "revoke_all.json").write_text(json.dumps(about, indent=2) + "\n")
    plot(rows, DOCS / "revoke_all.svg")
    target = DOCS / "revocation.md"
    target.write_text(page(target.read_text(), about))


def page(text: str, about: dict[str, Any]) -> str:
    """The text of docs/revocation.md with these results between its markers."""
    measured = f"Measured on {about['date']} with Python {about['python']} against {about['dynamodb']}."
    rows = msgspec.convert(about["rows"], list[Row])
    return replaced(text, "python -m bench.revoke_all --write", f"{measured}\n\n{markdown(rows)}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the table, the picture and the numbers in docs/")
    parser.add_argument("--check", type=Path, metavar="PAGE", help="fail unless the page has the numbers in docs/")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    arguments = parser.parse_args()
    if arguments.check:
        about = json.loads((DOCS / "revoke_all.json").read_text())
        check(arguments.check, lambda text: page(text, about))
        return
    where = endpoint if "DYNAMODB_ENDPOINT_URL" in os.environ else in_process
    rows = []
    with where(1) as (client, names):
        measure(client, names, 1)  # imports and caches are paid for
    for size in arguments.sizes:
        with where(size) as (client, names):
            rows.append(measure(client, names, size))
        print(f"{size:,} credentials measured", file=sys.stderr)
    print(markdown(rows))
    if arguments.write:
        about = {
            "python": platform.python_version(),
            "date": time.strftime("%Y-%m-%d"),
            "dynamodb": os.environ.get("DYNAMODB_ENDPOINT_URL") or "the in-process DynamoDB",
            "rows": [msgspec.to_builtins(row) for row in rows],
        }
        write(about, rows)


if __name__ == "__main__":
    main()
