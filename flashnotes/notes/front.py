"""Front matter: the few plain keys that a note sets for its cards.

Only scalars and flat lists are read, by hand: this is the core, and no YAML parser is wanted in it.
"""

from __future__ import annotations

import re

_KEY = re.compile(r"([A-Za-z_][\w .-]*?)\s*[:=]\s*(.*)")
_OPENS = re.compile(r"[\w\"'{%][^:=]{0,60}(?::(?:\s|$)|=)|[\[{%]")
"""A key and its value, in whatever script, or a mapping on one line."""
_FENCES = ("---", "+++")
LONGEST = 200
"""Lines; what is longer is a rule and a text, not front matter."""


def split_front(lines: list[str]) -> tuple[dict[str, str | list[str]], int]:
    """The keys of the front matter of `lines`, and how many lines it takes (0 where there is none)."""
    if not lines or lines[0].rstrip() not in _FENCES:
        return {}, 0
    fence = lines[0].rstrip()
    for number, line in enumerate(lines[1 : LONGEST + 1], start=1):
        if line.rstrip() == fence or (fence == "---" and line.rstrip() == "..."):
            return (_keys(lines[1:number]), number + 1) if _are_keys(lines[1:number]) else ({}, 0)
    return {}, 0


def _are_keys(lines: list[str]) -> bool:
    """Whether `lines` open with a key, comments apart: a text between two rules does not, and must not be lost."""
    first = next((line for line in lines if line.strip() and not line.startswith("#")), None)
    if first is None:
        return not any(line.strip() for line in lines)
    return _OPENS.match(first) is not None


def _keys(lines: list[str]) -> dict[str, str | list[str]]:
    keys: dict[str, str | list[str]] = {}
    last = ""
    for line in lines:
        stripped = line.strip()
        if stripped.startswith("- ") and last:
            known = keys.get(last)
            keys[last] = [*(known if isinstance(known, list) else []), _scalar(stripped[2:])]
        elif (found := _KEY.match(line)) and not line[:1].isspace():
            last = found[1].casefold()
            keys[last] = _value(found[2].strip())
    return keys


def _value(text: str) -> str | list[str]:
    if text.startswith("[") and text.endswith("]"):
        return [_scalar(part) for part in text[1:-1].split(",") if part.strip()]
    return _scalar(text)


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return re.sub(r"\s+#.*$", "", text)
