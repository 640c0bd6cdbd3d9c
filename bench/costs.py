"""What the service costs a month, as the table of docs/operations.md.

``python -m bench.costs`` writes the table between its two markers from docs/prices.json, where each price stands once,
with its source.
"""

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

from bench.generated import DOCS, check, replaced
from deploy.stages import CONFIG

_PER = {"million": 1e6, "1,000": 1e3, "10,000": 1e4, "GB": 1.0, "GB-s": 1.0, "month": 1.0}
_FIRST_TIER = 333e6
"""Requests a month to API Gateway at its first price."""
_READ_UNIT = 4096
"""Bytes that a strongly consistent read of one unit covers."""
_SCANS = 12 * 24 * 30
_EXPIRY_SCANS = 4 * 30
"""A month: one every five minutes."""
_METRICS_BY_OUTCOME = 2


class Row(NamedTuple):
    """An item of the table: its unit price in words, and dollars for a million and for a billion exchanges."""

    item: str
    unit_price: str
    source: str
    million: float
    billion: float


class Prices:
    """docs/prices.json. ``price``: dollars for one of the unit that the price is of."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._prices: dict[str, dict[str, Any]] = content["prices"]
        self.assumed: dict[str, float] = content["assumptions"]

    @classmethod
    def read(cls) -> "Prices":
        return cls(json.loads((DOCS / "prices.json").read_text()))

    def price(self, item: str) -> float:
        return float(self._prices[item]["dollars"]) / _PER[self._prices[item]["per"]]

    def per_million(self, item: str) -> float:
        return self.price(item) * 1e6

    def words(self, item: str) -> str:
        price = self._prices[item]
        digits = (
            ".10f" if price["per"] == "GB-s" else ".2f" if round(price["dollars"], 2) == price["dollars"] else ".3f"
        )
        return f"{price['dollars']:{digits}} per {price['per']}"

    def source(self, item: str) -> str:
        return str(self._prices[item]["source"])

    def words_of_requests(self) -> str:
        above = self._prices["API Gateway REST"]["above_333_million"]
        return f"{self.words('API Gateway REST')} to 333 million, {above:.2f} to 1 billion"

    def requests(self, count: float) -> float:
        """API Gateway, REST, in its two tiers."""
        item = self._prices["API Gateway REST"]
        above = max(count - _FIRST_TIER, 0)
        return float((count - above) * item["dollars"] + above * item["above_333_million"]) / 1e6


def rows(prices: Prices) -> list[Row]:
    assumed = prices.assumed
    gigabyte_seconds = assumed["milliseconds_billed"] / 1000 * _function_megabytes() / 1024
    each = {
        ("Lambda requests", "Lambda requests"): 1.0,
        (f"Lambda compute, {gigabyte_seconds:.3f} GB-s", "Lambda compute"): gigabyte_seconds,
        (f"DynamoDB reads, {assumed['read_units']} units", "DynamoDB reads"): assumed["read_units"],
        ("KMS signatures, RSA_2048", "KMS signatures"): 1.0,
        ("CloudWatch Logs", "CloudWatch Logs"): assumed["log_kilobytes"] / 1e6,
        (f"X-Ray, {assumed['traced_share']:.0%}", "X-Ray"): assumed["traced_share"],
        ("data out", "data out"): assumed["sent_kilobytes"] / 1e6,
    }
    return [
        Row(
            "API Gateway REST",
            prices.words_of_requests(),
            prices.source("API Gateway REST"),
            prices.requests(1e6),
            prices.requests(1e9),
        ),
        *(
            Row(name, prices.words(item), prices.source(item), *(prices.price(item) * used * n for n in (1e6, 1e9)))
            for (name, item), used in each.items()
        ),
        _fixed(prices),
    ]


def _fixed(prices: Prices) -> Row:
    counts = {
        "KMS key": 1,
        "CloudWatch alarm": int(prices.assumed["alarms"]),
        "CloudWatch metric": int(
            prices.assumed["metrics_without_outcome"] + _METRICS_BY_OUTCOME * prices.assumed["outcomes_seen"]
        ),
        "CloudWatch dashboard": 1,
    }
    dollars = sum(prices.price(item) * count for item, count in counts.items())
    items = ", ".join(f"{count} {item} × {prices.price(item):.2f}" for item, count in counts.items())
    return Row(f"fixed: {items}", "", "; ".join(dict.fromkeys(map(prices.source, counts))), dollars, dollars)


def scan_a_month(prices: Prices) -> float:
    """Dollars for a million tenants: the schedule reads every tenant's row, strongly consistent, to find a sweep."""
    units = 1e6 * prices.assumed["tenant_row_bytes"] / _READ_UNIT
    return units * _SCANS * prices.price("DynamoDB reads")


def expiry_scans_a_month(prices: Prices) -> float:
    """Dollars for a million credentials: the schedule reads each row, eventually consistent, to find what ends soon."""
    units = 1e6 * prices.assumed["credential_row_bytes"] / _READ_UNIT / 2
    return units * _EXPIRY_SCANS * prices.price("DynamoDB reads")


def audit_events_a_month(prices: Prices) -> float:
    """Dollars for a million audit events on a bus, with the alarms that there are only then."""
    alarms = prices.assumed["alarms_of_events"] * prices.price("CloudWatch alarm")
    return 1e6 * prices.price("EventBridge events") + alarms


def markdown(prices: Prices) -> str:
    table = rows(prices)
    million, billion = sum(row.million for row in table), sum(row.billion for row in table)
    scan = f"{scan_a_month(prices):.0f}"
    scanned = "beside it, for a million tenants: the scan for unfinished sweeps, every five minutes"
    reads = prices.words("DynamoDB reads"), prices.source("DynamoDB reads")
    each = f"{expiry_scans_a_month(prices):.2f}"
    expiry_scanned = "beside it, for a million credentials: the scan for those that end soon, every six hours"
    event = f"{audit_events_a_month(prices):.2f}"
    published = f"beside it, with `AuditEventBus`: a million audit events, {prices.assumed['alarms_of_events']} alarms"
    price_of_events = prices.words("EventBridge events"), prices.source("EventBridge events")
    lines = [
        "| item | unit price | source | 1 million | 1 billion |",
        "|---|---|---|---|---|",
        *(
            f"| {row.item} | {row.unit_price} | {row.source} | {row.million:,.2f} | {row.billion:,.0f} |"
            for row in table
        ),
        f"| **sum** | | | **about {million:.0f}** | **about {round(billion, -2):,.0f}** |",
        f"| {scanned} | {' | '.join(reads)} | {scan} | {scan} |",
        f"| {expiry_scanned} | {' | '.join(reads)} | {each} | {each} |",
        f"| {published} | {' | '.join(price_of_events)} | {event} | {event} |",
    ]
    return "\n".join(lines) + "\n"


def page(text: str, prices: Prices) -> str:
    """The text of docs/operations.md with these prices between its markers."""
    return replaced(text, "python -m bench.costs", markdown(prices))


def _function_megabytes() -> int:
    return int(json.loads(CONFIG.read_text())["lambda_memory_size"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", type=Path, metavar="PAGE", help="fail unless the page has these prices")
    options = parser.parse_args()
    prices = Prices.read()
    if options.check:
        check(options.check, lambda text: page(text, prices))
        return
    target = DOCS / "operations.md"
    target.write_text(page(target.read_text(), prices))


if __name__ == "__main__":
    main()
