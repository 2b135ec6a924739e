"""LaTeX source to tokens, after mending what scraping and Markdown do to it."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = {code: None for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"}
_INVISIBLE: Final = dict.fromkeys(
    (173, *range(8203, 8208), *range(8232, 8239), *range(8288, 8304), *range(65024, 65040), 65279)
)
_SPACES: Final = dict.fromkeys((160, *range(8192, 8203), 8239, 8287, 12288), " ")
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
