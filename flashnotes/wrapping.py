"""Lines broken to a width in terminal cells, for Chinese and English in one paragraph.

A line may be broken at spaces and on either side of a Han character, kana, Hangul or full-width sign, but not
before closing punctuation nor after opening punctuation (kinsoku, JIS X 4051; Requirements for Chinese Text
Layout, W3C). A word longer than a line is cut between graphemes.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]
"""Offsets of one row in the text: start and end."""

_NO_START = frozenset("，。、；：？！…—～·’”）》〉」』】〕〗〙〛｝］％‰°℃々ー〻゛゜ゝゞヽヾ．｡､｣,.;:?!)]}%")
_NO_END = frozenset("‘“（《〈「『【〔〖〘〚｛［￥＄＃$#([{｢")
_JOINER = "\N{ZERO WIDTH JOINER}"
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)


class _Cluster(NamedTuple):
    """One grapheme, roughly: a base character with all that is drawn on it."""

    start: int
    end: int
    text: str
    cells: int

    @property
    def is_space(self) -> bool:
        return self.text == " "


def row_spans(text: str, width: int) -> list[Span]:
    """Where the rows of `text` start and end, each at most `width` cells; a single wider grapheme has its own.

    Only line ends and spaces at breaks belong to no row.
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans += _line_spans(line, start, max(1, width))
        start += len(line) + 1
    return spans


def _line_spans(line: str, offset: int, width: int) -> list[Span]:
    if len(line) <= width and line.isascii():
        return [(offset, offset + len(line))]
    clusters = list(_clusters(line))
    return [
        (offset + clusters[first].start, offset + clusters[last - 1].end)
        if last > first
        else (offset, offset)
        for first, last in _rows(clusters, width)
    ]


def _rows(clusters: list[_Cluster], width: int) -> Iterator[Span]:
    """Index ranges of the clusters in each row."""
    first = 0
    while True:
        last = _fitting(clusters, first, width)
        if last == len(clusters):
            yield first, _without_spaces(clusters, first, last)
            return
        cut = _last_break(clusters, first, last)
        yield first, _without_spaces(clusters, first, cut)
        first = cut
        while first < len(clusters) and clusters[first].is_space:
            first += 1
        if first == len(clusters):
            return


def _fitting(clusters: list[_Cluster], first: int, width: int) -> int:
    """The end of the longest run from `first` that fits in `width` cells; always one cluster at least."""
    cells = 0
    for index in range(first, len(clusters)):
        cells += clusters[index].cells
        if cells > width and index > first:
            return index
    return len(clusters)


def _last_break(clusters: list[_Cluster], first: int, last: int) -> int:
    """The last place up to `last` where a line may be broken; `last` itself when there is none."""
    for index in range(last, first, -1):
        if _may_break(clusters[index - 1], clusters[index]) and not _is_blank(clusters, first, index):
            return index
    return last


def _is_blank(clusters: list[_Cluster], first: int, last: int) -> bool:
    return all(cluster.is_space for cluster in clusters[first:last])


def _may_break(before: _Cluster, after: _Cluster) -> bool:
    if after.is_space or before.is_space:
        return True
    if after.text[0] in _NO_START or before.text[0] in _NO_END:
        return False
    return _breaks_anywhere(before) or _breaks_anywhere(after)


def _breaks_anywhere(cluster: _Cluster) -> bool:
    return cluster.cells > 1 or "\u2e80" <= cluster.text[0] <= "\uffdc"


def _without_spaces(clusters: list[_Cluster], first: int, last: int) -> int:
    """`last`, moved back over the spaces that a row ends with."""
    end = last
    while end > first and clusters[end - 1].is_space:
        end -= 1
    return end


def _clusters(line: str) -> Iterator[_Cluster]:
    start = 0
    while start < len(line):
        end = _cluster_end(line, start)
        text = line[start:end]
        yield _Cluster(start, end, text, cell_len(text))
        start = end


def _cluster_end(line: str, start: int) -> int:
    end = start + 1
    if (
        ord(line[start]) in _REGIONAL_INDICATORS
        and end < len(line)
        and ord(line[end]) in _REGIONAL_INDICATORS
    ):
        end += 1
    while end < len(line) and _extends(line[end - 1], line[end]):
        end += 1
    return end


def _extends(before: str, character: str) -> bool:
    """Whether `character` is drawn on what stands before it."""
    if character < "\u0300":
        return False
    if before == _JOINER or character == _JOINER or ord(character) in _EMOJI_MODIFIERS:
        return character.isprintable() or character == _JOINER
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or unicodedata.combining(character) != 0
