r"""What is wrong with a card as Anki renders it, from the HTML of its two sides alone.

Delimiters and braces of formulas, what looks like a formula or a deletion and was left as text, elements that do not
end, templates that Anki could not fill.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
_DELIMITER = re.compile(r"\\\\|\\[()\[\]]")
_TAG = re.compile(r"<[^>]*>")
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_DOLLARS = re.compile(r"\$\$.+?\$\$|(?<![\\\w])\$[^\s$][^$\n]{0,200}?\$(?!\d)", re.DOTALL)
_COMPLAINTS = ("{{unknown field", "Unable to render", "has a problem", "is blank")


def faults(html: str) -> list[str]:
    """The faults of a side."""
    shown = _FORMULA.sub(" ", html)
    words = unescape(_TAG.sub("", shown))
    found = [*_delimiters(html), *_formulas(html), *_elements(shown)]
    found += [f"says {complaint!r}" for complaint in _COMPLAINTS if complaint in words]
    if _DOLLARS.search(words):
        found.append("a formula in dollars")
    if re.search(r"\{\{c\d+::", words) or ("}}" in words and not re.search(r"\{[^{}]*\{", words)):
        found.append("what is left of a deletion")
    if not unescape(_TAG.sub("", html)).strip() and "<img" not in html:
        found.append("empty")
    return found


def _delimiters(html: str) -> Iterator[str]:
    open_one = ""
    for found in _DELIMITER.finditer(html):
        token = found[0]
        if token == r"\\":
            continue
        if token[1] in "([":
            if open_one:
                yield f"{token} inside {open_one}"
            open_one = token
        elif {r"\)": r"\(", r"\]": r"\["}[token] != open_one:
            yield f"{token} without a beginning"
        else:
            open_one = ""
    if open_one:
        yield f"{open_one} without an end"


def _formulas(html: str) -> Iterator[str]:
    for found in _FORMULA.finditer(html):
        tex = found[1] or found[2] or ""
        if re.search(r"<(?!/?span)", tex):
            yield f"a tag in {tex!r}"
        plain = unescape(_TAG.sub("", tex))
        depth = 0
        for brace in re.findall(r"\\.|[{}]", plain, re.DOTALL):
            depth += {"{": 1, "}": -1}.get(brace, 0)
            if depth < 0:
                break
        if depth or not plain.strip():
            yield f"braces of {plain!r}"


def _elements(html: str) -> Iterator[str]:
    stack: list[str] = []
    for closing, name in _ELEMENT.findall(html):
        if name in {"br", "hr", "img"}:
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            yield f"</{name}>"
    yield from (f"<{name}>" for name in stack)
