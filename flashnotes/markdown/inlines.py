"""What is marked up inside a line: emphasis, code, links, formulas.

A mark without its partner is text. Unlike CommonMark, `**术语：**定义` is strong: full-width punctuation before
the closing mark says nothing about where a word ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flashnotes.formula import inline as formula_inline
from flashnotes.formula.alphabets import SUBSCRIPTS, SUPERSCRIPTS
from flashnotes.formula.width import cells
from flashnotes.markdown.spans import Maths, MathsForm, Span, held, styled

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE: Final = 8_000
"""Characters; a longer line is drawn without looking for marks, which takes time quadratic in its length."""

_DEEPEST: Final = 6
_HELD_WHOLE: Final = 16
"""Cells of the longest formula that is never broken across rows."""

_TARGET = r"\((?P<{0}>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
_MARKS: Final = re.compile(
    r"""(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
      | \$\$(?!\$)(?P<display>.+?)\$\$
      | \$(?=[^\s$])(?P<maths>(?:[^$\\]|\\.)*?(?:[^\s$\\]|\\.))\$(?!\d)
      | \\\((?P<brackets>.+?)\\\)
      | \\(?P<escaped>[*_`$~=|#>!\\&<])
      | !\[(?P<alt>[^\[\]]*)\]"""
    + _TARGET.format("source")
    + r"""
      | \[\[(?P<page>[^\[\]|]+)(?:\|(?P<label>[^\[\]|]+))?\]\]
      | \[(?P<linked>(?:[^\[\]]|\[[^\[\]]*\])+)\]"""
    + _TARGET.format("target")
    + r"""
      | <(?P<address>(?:https?://|mailto:)[^<>\s]+)>
      | <br\s*/?>(?P<newline>)
      | <su(?P<script>[bp])>(?P<small>[^<>]+)</su(?P=script)>
      | \*\*\*(?=\S)(?P<both>.+?)(?<=\S)\*\*\*(?!\*)
      | \*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*
      | (?<![A-Za-z0-9_])__(?=\S)(?P<strong_>.+?)(?<=\S)__(?![A-Za-z0-9_])
      | (?<![A-Za-z0-9*])\*(?=[^\s*])(?P<emphasis>[^*]+?)(?<=\S)\*(?![A-Za-z0-9*])
      | (?<![A-Za-z0-9_])_(?=[^\s_])(?P<emphasis_>[^_]+?)(?<=\S)_(?![A-Za-z0-9_])
      | ~~(?=\S)(?P<strike>.+?)(?<=\S)~~
      | ==(?=\S)(?P<mark>[^=]+?)(?<=\S)==
      | &(?P<entity>lt|gt|amp|quot|nbsp);
    """,
    re.VERBOSE | re.DOTALL,
)
_NESTING: Final = {
    "both": "strong emphasis",
    "strong": "strong",
    "strong_": "strong",
    "emphasis": "emphasis",
    "emphasis_": "emphasis",
    "strike": "strike",
    "mark": "mark",
    "linked": "link",
}
_FORMULAS: Final = frozenset(["display", "maths", "brackets"])
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "nbsp": " "}


def inline(text: str, maths: Maths, *, depth: int = 0) -> list[Span]:
    """`text` with its marks turned into styles and its formulas on the line."""
    if len(text) > LONGEST_LINE or depth > _DEEPEST:
        return [Span(text)]
    spans: list[Span] = []
    position = 0
    for match in _MARKS.finditer(text):
        if match.start() > position:
            spans.append(Span(text[position : match.start()]))
        spans += _marked(match, maths, depth)
        position = match.end()
    if position < len(text):
        spans.append(Span(text[position:]))
    return spans


def _marked(match: re.Match[str], maths: Maths, depth: int) -> list[Span]:
    kind = match.lastgroup or ""
    groups = match.groupdict()
    for name in _FORMULAS:
        if groups[name] is not None:
            return [formula_span(groups[name], match[0], maths)]
    for name, style in _NESTING.items():
        if groups[name] is not None:
            return styled(inline(groups[name], maths, depth=depth + 1), style)
    if groups["code"] is not None:
        return [Span(_code(groups["code"]), "code")]
    return list(_leaf(groups, kind))


def _leaf(groups: dict[str, str | None], kind: str) -> Iterator[Span]:
    if groups["escaped"] is not None:
        yield Span(groups["escaped"])
    elif groups["alt"] is not None:
        name = groups["alt"] or (groups["source"] or "").rsplit("/", 1)[-1]
        yield Span(f"[picture: {name}]", "quiet")
    elif groups["page"] is not None:
        yield Span(groups["label"] or groups["page"], "link")
    elif groups["address"] is not None:
        yield Span(groups["address"], "link")
    elif groups["small"] is not None:
        yield Span(_small(groups["small"], SUBSCRIPTS if groups["script"] == "b" else SUPERSCRIPTS))
    elif groups["entity"] is not None:
        yield Span(_ENTITIES[groups["entity"]])
    elif kind == "newline":
        yield Span("\n")


def formula_span(latex: str, source: str, maths: Maths) -> Span:
    """A formula on the line; one that cannot be read is its source."""
    if maths.form is MathsForm.SOURCE:
        return Span(source, "maths")
    drawing = formula_inline(latex, style=maths.letters)
    text = source if drawing.problem else drawing.rows[0]
    return Span(held(text) if cells(text) <= _HELD_WHOLE else text, "maths")


def formulas(text: str) -> Iterator[str]:
    """The LaTeX of every formula in a line, in order."""
    for match in _MARKS.finditer(text if len(text) <= LONGEST_LINE else ""):
        groups = match.groupdict()
        for name in _FORMULAS:
            if groups[name] is not None:
                yield groups[name].strip()
        for name in _NESTING:
            if groups[name] is not None:
                yield from formulas(groups[name])


def pictures(text: str) -> Iterator[str]:
    """The address of every picture in a line, in order."""
    for match in _MARKS.finditer(text if len(text) <= LONGEST_LINE else ""):
        groups = match.groupdict()
        if groups["source"]:
            yield groups["source"]
        for name in _NESTING:
            if groups[name] is not None:
                yield from pictures(groups[name])


def _code(text: str) -> str:
    """Code without the one space that may set off a backtick at either end."""
    if text.startswith(" ") and text.endswith(" ") and text.strip():
        return text[1:-1]
    return text


def _small(text: str, letters: dict[str, str]) -> str:
    small = [letters.get(character) for character in text]
    if None not in small:
        return "".join(character or "" for character in small)
    return f"_({text})" if letters is SUBSCRIPTS else f"^({text})"
