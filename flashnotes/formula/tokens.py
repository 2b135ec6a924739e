"""LaTeX source to tokens, after mending what scraping and Markdown do to it."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = {code: None for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"}
_INVISIBLE: Final = dict.fromkeys(
    code
    for first, last in (
        (0xAD, 0xAD),
        (0x61C, 0x61C),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x2028, 0x202E),
        (0x2060, 0x206F),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xFFF9, 0xFFFB),
        (0xE0000, 0xE01EF),
    )
    for code in range(first, last + 1)
)
_SPACES: Final = dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_UNWANTED: Final = {**_CONTROL, **_INVISIBLE, **_SPACES, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}

_ENTITY: Final = re.compile(r"&(lt|gt|amp|quot|nbsp|apos|#39|#34|#60|#62|#38);")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " ", "apos": "'"} | {
    "#39": "'",
    "#34": '"',
    "#60": "<",
    "#62": ">",
    "#38": "&",
}
_COMMENT: Final = re.compile(r"(?<![\\0-9])%[^\n]*\n")
_WRAPPERS: Final = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))

COMBINING: Final = frozenset(map(chr, (*range(0x300, 0x370), *range(0x20D0, 0x20F1))))
"""Marks drawn on the character before them."""

_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[0-9]+|.", re.DOTALL)


def visible(text: str) -> str:
    """`text` without control characters, terminal escapes and invisible marks."""
    return text if text.isascii() and text.isprintable() else text.translate(_UNWANTED)


def cleaned(source: str) -> str:
    """`source` without comments, entities and the dollar signs around it, its spaces single."""
    text = visible(source)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], text)
    if "%" in text:
        text = _COMMENT.sub(" ", text)
    text = " ".join(text.split())
    for opening, closing in _WRAPPERS:
        if text.startswith(opening) and text.endswith(closing) and len(text) >= len(opening) + len(closing):
            return text[len(opening) : -len(closing)].strip()
    return text


def tokenize(text: str) -> list[str]:
    """The tokens of cleaned LaTeX: commands, runs of digits, single characters."""
    return _TOKEN.findall(text)
