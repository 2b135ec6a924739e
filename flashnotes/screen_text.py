"""Text of cards, notes and files made safe for a terminal: it is drawn, never obeyed.

A control character in a note must not move the cursor, write the clipboard or turn the line round. What it
was stays visible where Unicode has a picture for it.
"""

from __future__ import annotations

_LINE_ENDS = {0x0D: "\n", 0x2028: "\n", 0x2029: "\n"}
_C0 = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_DIRECTION = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Marks, embeddings, overrides and isolates (Unicode Standard Annex 9): dropped, since they draw nothing."""
_TABLE = {
    **_C0,
    0x7F: "\N{SYMBOL FOR DELETE}",
    **_C1,
    **_SURROGATES,
    **_DIRECTION,
    **_LINE_ENDS,
    0xFEFF: None,
}


def printable(text: str) -> str:
    r"""`text` without anything a terminal would obey: of the control characters `\n` and the tab are left."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_TABLE)


def one_line(text: str) -> str:
    """`text` printable and on one line, its runs of white space as one space."""
    return " ".join(printable(text).split())
