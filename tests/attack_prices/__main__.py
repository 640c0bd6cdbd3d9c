"""Counts everything and writes docs/attack-prices.md: ``python -m tests.attack_prices``."""

import logging

from deploy.stages import PROJECT
from tests.attack_prices.page import page
from tests.attack_prices.price import priced

PAGE = PROJECT / "docs" / "attack-prices.md"


def main() -> None:
    logging.disable(logging.CRITICAL)
    PAGE.write_text(page(PAGE.read_text(), priced()))


if __name__ == "__main__":
    main()
