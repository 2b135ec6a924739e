"""What a YAML error means to whoever wrote the deck, and what mends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml

_BREAK = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>|=======)(?: |$)", re.MULTILINE)
_KEY = r"(?:- +)?[A-Za-z]+"
# What people write that YAML cannot read, each with how its line looks and how to mend it. First match wins.
_HABITS = (
    (
        "[^\u2028\u2029\x85]*[\u2028\u2029\x85]",
        "a Unicode line separator, which nobody sees, breaks the line for YAML. Remove it.",
    ),
    (r" *\t", "a tab stands where YAML wants spaces. Indent with spaces."),
    (
        r" *[\u00a0\u3000\u2000-\u200a\u202f]",
        "the line is indented with a space that is not the plain one. Indent with plain spaces.",
    ),
    (rf"\s*{_KEY}：", "the colon is the fullwidth ：, which YAML does not know. Write ': ' after the key."),
    (rf"\s*{_KEY}: *[@`%]", "a text cannot begin with @, ` or %. Put it in quotes: '…'."),
    (
        rf"\s*{_KEY}: *\*",
        "a text cannot begin with *, which is an alias to YAML. Put it in quotes: '*…'.",
    ),
    (
        rf"\s*{_KEY}: *&",
        "a text cannot begin with &, which is an anchor to YAML. Put it in quotes: '&…'.",
    ),
    (rf"\s*{_KEY}: *!", "a text cannot begin with !, which is a tag to YAML. Put it in quotes: '!…'."),
    (rf"\s*{_KEY}: +[-?] ", "a text cannot begin with '- ' or '? '. Put it in quotes: '…'."),
    (
        r"\s*(?:- +)?(?:front|back|deck): *[\[{]",
        "a text that begins with [ or { is a list or mapping to YAML. Put it in quotes: '…'.",
    ),
    (
        rf"\s*{_KEY}: [^'\"|>].*: ",
        "': ' inside a text makes it a mapping to YAML. Put the text in quotes: '…'.",
    ),
    (rf"\s*{_KEY}:[^\s]", "a key needs a space after its colon."),
)
_PROBLEMS = (
    (
        "escape",
        "a backslash in double quotes begins an escape, and this one YAML does not know. Use single quotes: '…'.",
    ),
    (
        "while scanning a quoted scalar",
        "the quote that opens here is never closed. Close it, or put the text after '|-' on lines of its own.",
    ),
    ("undefined tag handle", "a text cannot begin with !, which is a tag to YAML. Put it in quotes: '!…'."),
    ("tab", "a tab stands where YAML wants spaces. Indent with spaces."),
    ("cannot start any token", "a text cannot begin with this character. Put it in quotes: '…'."),
    (
        "mapping values are not allowed",
        "': ' inside a text makes it a mapping to YAML. Put the text in quotes: '…'.",
    ),
    (
        "could not find expected ':'",
        "a key without ':' after it. Write 'front: …', or indent the line below the text it belongs to.",
    ),
    ("flow", "a [ or { that opens here is never closed. Close it, or put the text in quotes."),
    ("block", "the indentation does not fit the lines above. Line the keys of a card up below each other."),
)
_OTHERWISE = "is not YAML. Compare the line with the cards around it, or put its text in quotes."


def line_at(text: str, offset: int) -> int:
    """The line of `offset` as editors count lines, from 1."""
    return len(_BREAK.findall(text, 0, offset)) + 1


def explain(text: str, error: yaml.YAMLError) -> tuple[int, str]:
    """Where in `text` the error is, and what is wrong and mends it."""
    control = _CONTROL.search(text)
    if control:
        return control.start(), _about_control(text, control.start())
    conflict = _CONFLICT.search(text)
    if conflict:
        return (
            conflict.start(),
            "a conflict marker of a merge. Keep one of the two sides and remove the markers.",
        )
    problem, context = getattr(error, "problem", "") or "", getattr(error, "context", "") or ""
    told = f"{context} {problem}"
    mark = getattr(error, "problem_mark", None)
    offset = min(mark.index, len(text)) if mark else 0
    opening = getattr(error, "context_mark", None)
    if opening is not None and ("quoted scalar" in told or "flow" in told) and "escape" not in told:
        return opening.index, _meaning(told)
    if "escape" in told:
        return offset, _meaning(told)
    return habit_at(text, offset, above=2) or (offset, _meaning(told))


def _about_control(text: str, offset: int) -> str:
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    name = (
        "a byte-order mark"
        if text[offset] == "\ufeff"
        else f"the control character U+{ord(text[offset]):04X}"
    )
    return f"{name} stands in column {offset - start + 1}. Remove it."


def _meaning(told: str) -> str:
    return next((message for sign, message in _PROBLEMS if sign in told), _OTHERWISE)


def habit_at(text: str, offset: int, *, above: int = 0) -> tuple[int, str] | None:
    """A habit seen in the line of `offset` or, as YAML often notices late, in one of the lines `above` it."""
    start = _line_start(text, offset)
    for _ in range(above + 1):
        line = text[start : start + 2000].split("\n", 1)[0]
        for pattern, message in _HABITS:
            if re.match(pattern, line):
                return start, message
        if start == 0:
            return None
        start = _line_start(text, start - 1)
    return None


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1
