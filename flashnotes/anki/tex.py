r"""LaTeX as Anki's MathJax reads it: inside `\(…\)` and `\[…\]`, escaped as HTML, on one line, Chinese as text."""

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
_LETTER = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = rf"[{_LETTER}][{_LETTER}\u3001-\u303f\uff01-\uff5e]*"
_HAS_WORDS = re.compile(f"[{_LETTER}]")
_TOKEN = re.compile(
    rf"\\(?P<command>[A-Za-z]+|.)\*?|(?P<brace>[{{}}])|(?P<words>{_WORDS})|(?P<other>[^\s\\])", re.DOTALL
)
_TEXT_COMMANDS = frozenset(
    "text textrm textbf textit textsf texttt textnormal mbox hbox fbox tag label ref eqref begin end operatorname"
    " mathrm mathbf mathit mathsf mathtt class href cssId style color require".split()
)
_TAKES_LETTERS = frozenset("frac dfrac tfrac cfrac binom overset underset stackrel".split())
"""Commands whose arguments may be letters without braces: two Chinese ones are two arguments."""
_PUT_IN_TEXT = re.compile(r"\{\\text\{([^{}]*)\}\{\} \}(?: (?=\}))?")


def as_words(text: str) -> str:
    r"""Text as HTML in which neither MathJax's `\(` nor Anki's `[sound:` means anything."""
    if not _MEANS_SOMETHING.search(text):
        return text
    return _READ_BY_ANKI.sub("&#91;", _READ_BY_MATHJAX.sub(r"\\<!-- -->", escape(text, quote=False)))


def mathjax(tex: str, *, display: bool) -> str | None:
    """A formula between Anki's delimiters; None for one that would swallow what follows it.

    That is a formula that is empty, has braces without partners, or delimiters of its own.
    """
    line = words_in_text(_one_line(tex))
    if not line or not has_balanced_braces(line) or _DELIMITER.search(line):
        return None
    if _ends_in_backslash(line):
        line += " "
    body = _READ_BY_ANKI.sub("&#91;", escape(line, quote=False))
    return rf"\[{body}\]" if display else rf"\({body}\)"


def words_in_text(tex: str) -> str:
    r"""Chinese, Japanese and Korean words outside of text put into `\text`, marked by an empty group behind it.

    The space keeps the braces from ending a deletion.
    """
    if not _HAS_WORDS.search(tex):
        return tex
    groups = [False]
    after = ""

    def put(found: re.Match[str]) -> str:
        nonlocal after
        before, after = after, found["command"] or ""
        if found["brace"] == "{":
            groups.append(groups[-1] or before in _TEXT_COMMANDS)
        elif found["brace"] and len(groups) > 1:
            groups.pop()
        if groups[-1] or not found["words"] or before in _TAKES_LETTERS:
            return found[0]
        return rf"{{\text{{{found['words']}}}{{}} }}"

    return _TOKEN.sub(put, tex)


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


def without_text_marks(tex: str) -> str:
    r"""The formula as it was before its Chinese words were put into `\text`."""
    return _PUT_IN_TEXT.sub(r"\1", tex)


def _ends_in_backslash(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
