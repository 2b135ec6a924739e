r"""LaTeX as Anki's MathJax reads it: inside `\(…\)` and `\[…\]`, escaped as HTML, on one line."""

from __future__ import annotations

import re
from html import escape

_BREAK = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_COMMENT = re.compile(r"[ \t]*(?<!\\)((?:\\\\)*)%[^\n]*\n\s*")
_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_AFTER_ROW = re.compile(r"(?<!\\)((?:\\\\)+)(?=[()\]])")
_DELIMITER = re.compile(r"(?<!\\)(?:\\\\)*\\[()\[\]]")
_READ_BY_MATHJAX = re.compile(r"\\(?=[()\[\]])")
_READ_BY_ANKI = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)
_MEANS_SOMETHING = re.compile(r"[&<>\\\[]")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def as_words(text: str) -> str:
    r"""Text as HTML in which neither MathJax's `\(` nor Anki's `[sound:` means anything."""
    if not _MEANS_SOMETHING.search(text):
        return text
    return _READ_BY_ANKI.sub("&#91;", _READ_BY_MATHJAX.sub(r"\\<!-- -->", escape(text, quote=False)))


def mathjax(tex: str, *, display: bool) -> str | None:
    """A formula between Anki's delimiters; None for one that would swallow what follows it.

    That is a formula that is empty, has braces without partners, or delimiters of its own.
    """
    line = _one_line(tex)
    if not line or not has_balanced_braces(line) or _DELIMITER.search(line):
        return None
    if _ends_in_backslash(line):
        line += " "
    body = _READ_BY_ANKI.sub("&#91;", escape(line, quote=False))
    return rf"\[{body}\]" if display else rf"\({body}\)"


def has_balanced_braces(tex: str) -> bool:
    depth = 0
    for found in _BRACE.finditer(tex):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0


def _one_line(tex: str) -> str:
    # A comment would swallow the lines joined to it; a % on the last line can only have been meant as a sign.
    uncommented = _COMMENT.sub(r"\1 ", tex)
    line = _BREAK.sub(" ", _PERCENT.sub(r"\1\\%", uncommented)).strip()
    # `\\)` is the end of a row before a bracket, but reads as a delimiter to simpler parsers than MathJax.
    return _AFTER_ROW.sub(r"\1 ", line)


def _ends_in_backslash(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
