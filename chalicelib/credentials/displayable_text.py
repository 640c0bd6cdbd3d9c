"""Says which text may be shown to people as a name: what they see must be all there is, in the order in which it is.

The rules are those of RFC 8264's FreeformClass (§4.3), in Unicode's form NFC, with what UTS #39 adds on marks. They let
through the joiners without which Persian, Bengali or an emoji cannot be written, and refuse them where they do nothing.
Tag characters are refused even in the flags of three countries' parts that are written with them: they can hide a text.
Letters of different scripts that look alike are no concern here: a name is a label and no identifier.
"""

import unicodedata

_ZERO_WIDTH_NON_JOINER, _ZERO_WIDTH_JOINER = "\u200c", "\u200d"
_TEXT_STYLE, _EMOJI_STYLE = "\ufe0e", "\ufe0f"
_KEYCAP = "\u20e3"
_MOST_MARKS = 4
"""Nonspacing marks in a row (UTS #39 §5.4)."""
# Controls, format characters, surrogates, private use, line and paragraph separators (RFC 8264 §9).
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Default_Ignorable_Code_Point beyond category Cf (Unicode's DerivedCoreProperties.txt): shown as nothing.
_IGNORABLE = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)
_BLANK_SYMBOLS = frozenset("\u2800\U0001d159")
"""Of category So, with nothing to see: a pattern of no dots, a note without a head."""
_EMOJI_OF_OTHER_CATEGORIES = frozenset("\u203c\u2049\u2139\u3030")
_KEYS = frozenset("0123456789#*")


def fault_of(text: str) -> str | None:
    """What is wrong with a text, and with which character of it, from 1; None where it may be shown as it is."""
    for index in range(len(text)):
        if reason := _reason(text, index):
            return f"must not have {_name(text[index])} as its character {index + 1}: {reason}"
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        pairs = enumerate(zip(text, composed, strict=False))
        index = next((at for at, (given, wanted) in pairs if given != wanted), len(composed))
        return f"must be in Unicode's form NFC, and is not from {_name(text[index])} on, its character {index + 1}"
    return None


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text."""
    return not any(_is_seen(character) for character in text)


def _reason(text: str, index: int) -> str | None:
    """Why the character at this place is refused; None where it is not."""
    character = text[index]
    if character in (_ZERO_WIDTH_JOINER, _ZERO_WIDTH_NON_JOINER):
        return None if _joins(text, index) else "nothing there is joined or kept apart by it, so it cannot be seen"
    if character in (_TEXT_STYLE, _EMOJI_STYLE):
        return None if _styles(text, index) else "no emoji comes before it, so it cannot be seen"
    if _is_refused(character):
        return "it cannot be seen, or changes what is seen around it"
    if unicodedata.category(character).startswith("M"):
        return _reason_of_mark(text, index)
    return None


def _reason_of_mark(text: str, index: int) -> str | None:
    if index == 0 or text[index - 1].isspace():
        return "a mark needs a letter that it stands on"
    row = text[max(0, index - _MOST_MARKS) : index + 1]
    if len(row) > _MOST_MARKS and all(unicodedata.category(mark) in ("Mn", "Me") for mark in row):
        return f"more than {_MOST_MARKS} marks stand on one letter"
    return None


def _is_refused(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in _REFUSED_CATEGORIES
        or any(first <= code <= last for first, last in _IGNORABLE)
        or code & 0xFFFE == 0xFFFE  # noncharacters, with the next
        or 0xFDD0 <= code <= 0xFDEF
    )


def _is_seen(character: str) -> bool:
    return not (character.isspace() or character in _BLANK_SYMBOLS or _is_refused(character))


def _joins(text: str, index: int) -> bool:
    """Whether a joiner does something: within an emoji, beside a virama, between letters that are written joined.

    RFC 5892 A.1 and A.2, and the joiner before a virama of Bengali and Kannada (Unicode's core specification, §12).
    """
    before, after = _before(text, index), text[index + 1 : index + 2]
    if not before or not after:
        return False
    if text[index] == _ZERO_WIDTH_JOINER and _is_emoji(before) and _is_emoji(after):
        return True
    viramas = [unicodedata.combining(neighbour) == 9 for neighbour in (text[index - 1], after)]
    if any(viramas) and all(unicodedata.category(neighbour)[0] in "LM" for neighbour in (before, after)):
        return True
    return all(unicodedata.bidirectional(neighbour) == "AL" for neighbour in (before, after))


def _before(text: str, index: int) -> str:
    """The character that a joiner follows, but for the marks and the style that stand on it; empty without one."""
    for at in range(index - 1, -1, -1):
        if unicodedata.category(text[at]) not in ("Mn", "Me", "Sk") or unicodedata.combining(text[at]) == 9:
            return text[at]
    return ""


def _styles(text: str, index: int) -> bool:
    """Whether a variation selector has an emoji to style (UTS #51 §2.3), or begins a keycap."""
    before = text[index - 1 : index]
    if text[index + 1 : index + 2] == _KEYCAP:
        return before in _KEYS and before != ""
    return before != "" and _is_emoji(before)


def _is_emoji(character: str) -> bool:
    """Symbols beyond ASCII, assigned or reserved for emoji; a runtime's Unicode is older than its users' emoji."""
    return character in _EMOJI_OF_OTHER_CATEGORIES or (
        not character.isascii()
        and (unicodedata.category(character) in ("So", "Sm") or 0x1F000 <= ord(character) <= 0x1FAFF)
    )


def _name(character: str) -> str:
    known = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" {known}" if known else "")
