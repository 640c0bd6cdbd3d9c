"""The page on revocation has the numbers of its JSON."""

import json

from bench.generated import DOCS
from bench.revoke_all import page


def test_the_page_has_the_table_of_its_numbers() -> None:
    text = (DOCS / "revocation.md").read_text()
    assert page(text, json.loads((DOCS / "revoke_all.json").read_text())) == text
