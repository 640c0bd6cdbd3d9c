"""The page on performance says what its JSON says, at the prices of the operator's page."""

import json
import re

import pytest

from bench.generated import DOCS
from bench.report import PRICES, page


def test_the_page_has_the_tables_of_its_numbers() -> None:
    text = (DOCS / "performance.md").read_text()
    assert page(text, json.loads((DOCS / "performance.json").read_text())) == text


def test_other_numbers_make_another_page() -> None:
    text = (DOCS / "performance.md").read_text()
    results = json.loads((DOCS / "performance.json").read_text())
    results["parallel"]["16"]["median_ms"] += 1
    assert page(text, results) != text


@pytest.mark.parametrize(("item", "price"), PRICES.items())
def test_a_price_is_that_of_the_operators_page(item: str, price: float) -> None:
    rows = re.findall(rf"^\| {re.escape(item)}.*$", (DOCS / "operations.md").read_text(), re.MULTILINE)
    assert len(rows) == 1
    numbers = [float(number) for number in re.findall(r"\d+\.\d+", rows[0].split("|")[2])]
    assert price == numbers[0]
