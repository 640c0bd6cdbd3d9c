"""docs/attack-prices.md says what an attacker's requests cost, and nothing that is made up costs much."""

import pytest

from tests.attack_prices.__main__ import PAGE
from tests.attack_prices.attacks import NOTHING, Attack
from tests.attack_prices.page import page
from tests.attack_prices.price import Price, priced

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prices() -> list[tuple[Attack, Price]]:
    return list(priced())


def test_the_page_says_what_was_counted(prices: list[tuple[Attack, Price]]) -> None:
    assert page(PAGE.read_text(), prices) == PAGE.read_text(), "write it anew: python -m tests.attack_prices"


def test_what_is_made_up_costs_two_read_units_at_most(prices: list[tuple[Attack, Price]]) -> None:
    dear = [
        attack.sent
        for attack, price in prices
        if attack.knows == NOTHING
        and (price.read_units > 2 or (price.write_units, price.hashes, price.signs) != (0, 0, 0))
    ]
    assert dear == []
