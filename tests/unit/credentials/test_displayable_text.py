"""A name that people are shown is all that is there, and the languages of the world can be written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.displayable_text import fault_of, is_blank

LEGITIMATE = [
    "Nightly export",
    "Überblick – “Büro” №7 (50 %)",
    "集計\u3000夜間",
    "Việt Nam",
    "Ελληνικά и русский",
    "עברית לילה",
    "العربية ٣",
    "می\u200cخواهم",  # Persian: a non-joiner between letters that would join
    "کتاب\u200cها",
    "क्\u200dष क्\u200cष",  # Devanagari: a joiner and a non-joiner after a virama
    "ශ්\u200dරී",  # Sinhala
    "র\u200d্যাব",  # Bengali: a joiner before a virama
    "한국어",
    "ไทย ที่นี่",
    "བོད་སྐད་",
    "🔑 👩\u200d💻 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀",
    "🏳\ufe0f\u200d🌈 🧑\u200d🤝\u200d🧑 🙂\u200d↔\ufe0f 🇩🇪",
    "1\ufe0f\u20e3 #\ufe0f\u20e3 ‼\ufe0f ℹ\ufe0f ©\ufe0f ☎\ufe0e",
    "⠓⠑⠇⠇⠕⠀⠺⠕⠗⠇⠙",
    "c\u00a0d",
]


@pytest.mark.parametrize("text", LEGITIMATE)
def test_a_legitimate_name_is_let_through(text: str) -> None:
    assert fault_of(unicodedata.normalize("NFC", text)) is None
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u00ad", "U+00AD SOFT HYPHEN"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\u115f", "U+115F"),
        ("\u1160", "U+1160"),
        ("\uffa0", "U+FFA0"),
        ("\u034f", "U+034F"),
        ("\u061c", "U+061C"),
        ("\u17b4", "U+17B4"),
        ("\u180e", "U+180E"),
        ("\u200c", "U+200C"),
        ("\u200d", "U+200D"),
        ("\u200e", "U+200E LEFT-TO-RIGHT MARK"),
        ("\u200f", "U+200F"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "U+2066"),
        ("\u2060", "U+2060"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\ufe00", "U+FE00"),
        ("\ufe0f", "U+FE0F"),
        ("\ufeff", "U+FEFF"),
        ("\ufff9", "U+FFF9"),
        ("\uffff", "U+FFFF"),
        ("\ue000", "U+E000"),
        ("\ud800", "U+D800"),
        ("\x00", "U+0000"),
        ("\n", "U+000A"),
        ("\x85", "U+0085"),
        ("\U000e0061", "U+E0061 TAG LATIN SMALL LETTER A"),
        ("\U000e0100", "U+E0100"),
        ("\U0001d173", "U+1D173"),
        ("\U0010fffd", "U+10FFFD"),
    ],
)
@pytest.mark.parametrize("around", ["ab{}c", "{}ab", "ab{}"])
def test_what_cannot_be_seen_is_refused_by_its_name_and_its_place(character: str, name: str, around: str) -> None:
    text = around.format(character)
    fault = fault_of(text)
    assert fault is not None
    assert fault.startswith(f"must not have {name}")
    assert f"as its character {text.index(character) + 1}: " in fault
    assert character not in fault


@pytest.mark.parametrize(
    "text",
    [
        "🔑\u200d",
        "🔑\u200da",
        "🔑\u200c🔑",
        "می\u200c",
        "می\u200c\u200cخواهم",
        "🔑\ufe0f\ufe0f",
        "+\ufe0f",
        "1\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_what_joins_or_styles_nothing_is_refused(text: str) -> None:
    assert fault_of(text) is not None


def test_a_text_that_is_not_in_nfc_is_refused_from_where_it_is_not() -> None:
    fault = fault_of("Zoe\u0308")
    assert fault is not None
    assert "NFC" in fault
    assert "U+0065 LATIN SMALL LETTER E" in fault
    assert "its character 3" in fault
    assert fault_of("\u212b") is not None
    assert fault_of("Zoë") is None


@pytest.mark.parametrize("text", ["\u0301", "\u0301ab", "a \u0301b", "x" + "\u0336" * 5, "\u1eb9" + "\u0336" * 5])
def test_marks_stand_on_a_letter_and_do_not_pile_up(text: str) -> None:
    assert fault_of(unicodedata.normalize("NFC", text)) is not None


@pytest.mark.parametrize(
    "text", ["", " ", "\t", "\u00a0\u3000", "\u3164", "\u200b\u200d", "\u2800\u2800", "\U000e0061", "\ufe0f"]
)
def test_a_text_with_nothing_to_see_is_blank(text: str) -> None:
    assert is_blank(text)


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_any_text_gets_an_answer_that_can_be_shown(text: str) -> None:
    fault = fault_of(text)
    assert fault is None or fault.isascii()


@given(st.text(max_size=20))
def test_no_text_that_is_let_through_has_a_format_character_but_a_joiner(text: str) -> None:
    if fault_of(text) is None:
        assert {character for character in text if unicodedata.category(character) == "Cf"} <= {"\u200c", "\u200d"}
        assert unicodedata.is_normalized("NFC", text)
