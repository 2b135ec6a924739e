r"""Words of a field that look like a formula or a deletion and are none, told apart by marks that nobody sees.

Anki itself reads no dollars, and braces only in cloze fields; but templates and add-ons that render Markdown take
`$HOME and $PATH` for a formula, and a note type that is changed to a cloze one takes `{{c1::` for a deletion.
A dollar gets a hair space behind it, a brace a word joiner; coming back they are dropped.
"""

from __future__ import annotations

import re

_AFTER_DOLLAR, _AFTER_BRACE = "\u200a", "\u2060"
_DOLLAR = r"(?:\$|&\#0*36;|&\#[xX]0*24;|&dollar;)"
_LEFT = r"(?:\{|&\#0*123;|&\#[xX]0*7[bB];|&l(?:cub|brace);)"
_RIGHT = r"(?:\}|&\#0*125;|&\#[xX]0*7[dD];|&r(?:cub|brace);)"
_COLON = r"(?:::|:?&\#0*58;|:?&\#[xX]0*3[aA];|:?&colon;)"
_HIDDEN = re.compile(r"(?:\\\(.*?\\\)|\\\[.*?\\\]|<[^>]*>)", re.DOTALL)
_MAY_MISLEAD = re.compile(rf"{_DOLLAR}|{_LEFT}{_LEFT}c\d|{_RIGHT}(?:<[^>]*>)*{_RIGHT}")
_EACH_DOLLAR = re.compile(_DOLLAR)
_PAIR = re.compile(rf"{_DOLLAR}{_DOLLAR}|{_DOLLAR}\S[^$]*?{_DOLLAR}(?!\d)", re.DOTALL)
_NESTED = re.compile(rf"{_LEFT}[^{{}}]*{_LEFT}")
_PIECE = re.compile(
    rf"(?P<hidden>{_HIDDEN.pattern})|(?P<dollar>{_DOLLAR})(?!\s)"
    rf"|(?P<open>{_LEFT})(?={_LEFT}c[\d,]+{_COLON})|(?P<close>{_RIGHT})(?=(?:<[^>]*>)*{_RIGHT})",
    re.DOTALL,
)
_STRUCTURE = re.compile(r"\{\{c[\d,]+::|\}\}")
_MARKS = re.compile(rf"(?<=\$){_AFTER_DOLLAR}|(?<=;){_AFTER_DOLLAR}|(?<=[{{}};]){_AFTER_BRACE}")


def told_apart(html: str, *, is_cloze: bool = False) -> str:
    """A field in which no words can be taken for a formula or a deletion; deletions stay if it `is_cloze`."""
    if not _MAY_MISLEAD.search(html):
        return html
    shown = _HIDDEN.sub(lambda found: "" if found[0].startswith("<") else " ", html)
    deletions = _edges_of_deletions(html) if is_cloze else frozenset[int]()
    # A deletion hides what stands between two dollars, so there any two of them may come together.
    has_pair = len(_EACH_DOLLAR.findall(shown)) > 1 if is_cloze else _PAIR.search(shown) is not None
    marked = {
        "dollar": _AFTER_DOLLAR if has_pair else "",
        "open": _AFTER_BRACE,
        "close": "" if _NESTED.search(shown) and not is_cloze else _AFTER_BRACE,
    }

    def mark(found: re.Match[str]) -> str:
        kind = found.lastgroup or "hidden"
        return found[0] if kind == "hidden" or found.start() in deletions else found[0] + marked[kind]

    return _PIECE.sub(mark, html)


def _edges_of_deletions(html: str) -> frozenset[int]:
    """Where braces of deletions stand, as Anki pairs them: an opening with the next `}}` that is free."""
    open_ones: list[int] = []
    edges: set[int] = set()
    for found in _STRUCTURE.finditer(html):
        if found[0] != "}}":
            open_ones.append(found.start())
        elif open_ones:
            edges |= {open_ones.pop(), found.start()}
    return frozenset(edges)


def without_marks(html: str) -> str:
    """The field as it was before `told_apart`."""
    return _MARKS.sub("", html) if _AFTER_DOLLAR in html or _AFTER_BRACE in html else html
