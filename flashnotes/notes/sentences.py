"""Where sentences begin and end, in Chinese and English, with formulas and abbreviations left whole."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from flashnotes.notes.model import Block, BlockKind, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FLATTENED = 200
"""Characters: a longer line of plain text is an article whose line breaks were lost."""
_FORMULA = re.compile(r"\$[^$]+\$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|resp|approx|Fig|Figs|Eq|Eqs|Dr|Mr|Mrs|Ms|Prof|No|Sec|Ch|St|ca|viz|Inc"
    r"|Ltd)"
    r"|\b[A-Za-z]|^\s*\d{1,3})\.$"
)
# The character comes first and what it may be after it: a search for one of a few characters is many times as fast.
# A run of dots or marks is tried from its first alone: from each of them a long one would take quadratic time.
_END = re.compile(
    r"[。！？；;!?….](?:"
    r"(?<=[。！？])[。！？]*[”’」）)\"']*|(?<=；)|(?<=;)(?=\s*[\u4e00-\u9fff])"
    r"|(?<=[!?])(?<![!?]{2})[!?]*[”\"')]*(?=\s|$|[\u4e00-\u9fff])"
    r"|(?<=\.)(?<!\.\.)\.{2,}(?=\s|$)|(?<=…)(?<!……)…*(?=\s|$)"
    r"|(?<=\.)[”\"')]*(?=\s+[\"“(\[]?[A-Z\u4e00-\u9fff$0-9\x00`]|\s*$)"
    r"|(?<=[\u4e00-\u9fff]\.)(?=[\u4e00-\u9fff])"
    r")"
)


_FLATTENED = re.compile(
    r"(?<=[\u4e00-\u9fff)\]）])\s+(?=[^\s:：,，。]{1,30}[:：])|(?<=[\u4e00-\u9fff)）])\s+(?=[\u4e00-\u9fff])"
    r"|\s+(?=\d{1,2}[.、)）]\s)|(?<=[:：])\s+(?=[^\s:：,，。]{2,40}[:：])"
    r"|(?<=[:：])\s+(?=[^:：,，。()（）]{2,30}[(（][^()（）]{2,60}[)）][:：])"
)
EVEN = 0.8
"""The share of the longest line that each has, the last apart, where lines are broken to a width."""
_CLOSED = re.compile(r"[\u4e00-\u9fff\w)）\]”」$]\s?$")
_OPENS = re.compile(
    r"(?![的地得了着过和与及或且而并但也就则都是为即中里上下时])[\u4e00-\u9fffA-Za-z0-9$“「（(]"
)
_new = tuple.__new__
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.DEFINITION)


def sentences_of(blocks: Iterable[Block], *, plain: bool) -> Iterator[Sentence]:
    """The sentences of the prose among `blocks`; a task, an option of a quiz or a link states nothing."""
    for block in blocks:
        if block[0] in _PROSE and block.checked is None and not (block.marks and block.is_link):
            text = block.text
            spans: Iterable[tuple[int, int]] = each_sentence(text)
            if block.breaks and not text.isascii() and (ends := _line_ends(text, block.breaks)):
                spans = _cut_at(ends, text, spans)
            if plain and len(text) > FLATTENED:
                spans = [part for span in spans for part in _parts(text, *span)]
            for number, (start, end) in enumerate(spans):
                yield _new(Sentence, (text[start:end], block, start, number))


def _line_ends(text: str, breaks: tuple[int, ...]) -> list[int]:
    """Which of `breaks` end a sentence without a stop: in Chinese many write a thought on each line, and lines of uneven length."""
    bounds = [0, *breaks, len(text)]
    lengths = [after - before for before, after in pairwise(bounds)]
    if min(lengths[:-1]) > EVEN * max(lengths):
        return []
    return [end for end in breaks if _CLOSED.search(text, max(0, end - 2), end) and _OPENS.match(text, end)]


def _cut_at(ends: list[int], text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`spans` cut at those of `ends` that are inside them."""
    for start, end in spans:
        for cut in ends:
            if start < cut < end:
                if bare := len(text[start:cut].rstrip()):
                    yield start, start + bare
                start = cut
        yield start, end


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a sentence that lost its line breaks: headings and list items run on after a space."""
    cuts = [found.end() for found in _FLATTENED.finditer(text, start, end)]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, their closing punctuation included."""
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[tuple[int, int]]:
    """The spans of `split_sentences`, found as they are asked for."""
    if len(text) < 6:
        if text:
            yield 0, len(text)
        return
    masked = _FORMULA.sub(_hidden, text) if "$" in text else text
    start = 0
    for found in _END.finditer(masked):
        dot, end = found.span()
        if masked[dot] == "." and masked[dot + 1 : dot + 2] != "." and _is_abbreviation(masked, dot, start):
            continue
        if end > start:
            yield start, end
            start = end
            while start < len(text) and text[start].isspace():
                start += 1
    if start < len(text):
        yield start, len(text)


def _hidden(found: re.Match[str]) -> str:
    return "\x00" * len(found[0])


def _is_abbreviation(text: str, dot: int, start: int) -> bool:
    return _ABBREVIATED.search(text[max(start, dot - 8) : dot + 1]) is not None
