"""A text as a YAML scalar that a person is glad to read and every YAML 1.1 parser reads as that text."""

from __future__ import annotations

import re

from flashnotes.errors import DeckError

# Whatever a parser with YAML's own types would take for a number, a truth, a date or nothing.
_TYPED = re.compile(
    r"(?:~|null|true|false|yes|no|on|off|y|n|=|<<)\Z"
    r"|[-+]?\.?(?:inf|nan)\Z"
    r"|[-+]?[.\d][\d_.:,]*(?:e[-+]?\d+)?\Z"
    r"|[-+]?0[xob][\da-f_]+\Z"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?\Z",
    re.IGNORECASE,
)
_UNQUOTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BAD_START = re.compile(r"[,\[\]{}#&*!|>'\"%@`\s]|[-?:](?:\s|\Z)|---|\.\.\.")
_BAD_INSIDE = re.compile(r":\s|\s#|:\Z|\s\Z|\t")
_BAD_IN_FLOW = re.compile(r"[,\[\]{}:?#\n]")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e", "\x85": "\\N"}


def inline_scalar(text: str, *, flow: bool = False) -> str:
    """`text` on one line: plain if it reads back the same, else in quotes. In `flow`, as inside [ ] or { }."""
    _refuse_no_text(text)
    if _is_plain(text) and not (flow and _BAD_IN_FLOW.search(text)):
        return text
    if "\n" in text or _UNQUOTABLE.search(text):
        return _double(text)
    if "'" in text and '"' not in text and "\\" not in text:
        return _double(text)
    return "'" + text.replace("'", "''") + "'"


def block_scalar(text: str, indent: int) -> str:
    """`text` as the value of a key: on its line if it can be, else as `|-` with its lines `indent` spaces in."""
    if "\n" in text:
        return _literal(text, indent) if _fits_literal(text) else inline_scalar(text)
    one = inline_scalar(text)
    doubled = one.startswith("'") and "''" in one[1:-1]
    return _literal(text, indent) if doubled and _fits_literal(text) else one


def _is_plain(text: str) -> bool:
    return not (
        not text
        or _BAD_START.match(text)
        or _BAD_INSIDE.search(text)
        or _TYPED.match(text)
        or "\n" in text
        or _UNQUOTABLE.search(text)
    )


def _fits_literal(text: str) -> bool:
    """Line breaks at the ends and lines of spaces alone would be at the mercy of the next editor."""
    ends_bare = text.strip() != "" and text[0] != "\n" and text[-1] != "\n"
    return ends_bare and not _UNQUOTABLE.search(text) and not _NO_TEXT.search(text)


def _literal(text: str, indent: int) -> str:
    margin = " " * indent
    hint = "2" if text[0] in " \t" else ""
    lines = (margin + line if line else "" for line in text.split("\n"))
    return f"|{hint}-\n" + "\n".join(lines)


def _double(text: str) -> str:
    escaped = (
        _ESCAPES.get(letter) or (_numbered(letter) if _UNQUOTABLE.match(letter) else letter)
        for letter in text
    )
    return '"' + "".join(escaped) + '"'


def _numbered(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _refuse_no_text(text: str) -> None:
    if _NO_TEXT.search(text):
        raise DeckError(
            f"{text[:40]!r}: holds a NUL or half a character, which no deck file can hold. Remove it."
        )
