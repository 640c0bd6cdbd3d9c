"""Tries everything and writes docs/reliability.md: ``python -m tests.reliability``."""

import logging
import sys

from deploy.stages import PROJECT
from tests.reliability.page import page
from tests.reliability.tried import tried, wrong

PAGE = PROJECT / "docs" / "reliability.md"


def main() -> int:
    logging.disable(logging.CRITICAL)
    rows = tried()
    PAGE.write_text(page(PAGE.read_text(), rows))
    print("\n".join(wrong(rows)), file=sys.stderr)
    return 1 if wrong(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
