import pytest

from bench.generated import replaced

PAGE = "before\n<!-- python -m x: begin -->\nold\n<!-- end -->\nafter\n<!-- end -->\n"


def test_what_stands_between_the_markers_is_replaced_and_nothing_else() -> None:
    assert replaced(PAGE, "python -m x", "new\n") == PAGE.replace("old", "new")


def test_a_page_without_the_commands_markers_is_an_error() -> None:
    with pytest.raises(ValueError, match="unpack"):
        replaced(PAGE, "python -m y", "new\n")
