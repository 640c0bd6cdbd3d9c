"""The table of docs/attack-prices.md."""

from collections.abc import Iterable

from tests.attack_prices.attacks import Attack
from tests.attack_prices.price import Price

_BEGIN, _END = "<!-- python -m tests.attack_prices: begin -->", "<!-- end -->"
_HEAD = (
    "| sent | by who knows | answer | calls | read units | write units | argon2 | verified | signed | bounded by |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def page(text: str, prices: Iterable[tuple[Attack, Price]]) -> str:
    """The page with the table of these prices."""
    before, written = text.split(_BEGIN)
    _, after = written.split(_END)
    return "\n".join([before + _BEGIN, *_HEAD, *(_row(attack, price) for attack, price in prices), _END + after])


def _row(attack: Attack, price: Price) -> str:
    numbers = (price.read_units, price.write_units, price.hashes, price.verified, price.signs)
    counts = " | ".join("–" if number == 0 else f"{number:,g}" for number in numbers)
    calls = ", ".join(f"{count:,} {name}" for name, count in sorted(price.calls.items())) or "–"
    return f"| {attack.sent} | {attack.knows} | {price.status} | {calls} | {counts} | {attack.bounded_by} |"
