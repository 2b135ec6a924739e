"""What Obsidian, Notion and Typora leave in Markdown beside the text: taken out, line for line.

Block ids (`^abc123`), comments between `%%`, tags on a line of their own or at a line's end, and the table of properties
that a Notion export begins with. Wikilinks, callouts and `==highlight==` are Markdown to the parser already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.notes.forms import Rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK_ID = re.compile(r"(?:[ \t]+|^)\^[A-Za-z0-9-]{2,60}[ \t]*$", re.MULTILINE)
# The sign comes first and what must stand before it after: a search for one character is many times as fast.
_HAS_BLOCK_ID = re.compile(r"\^(?<![^ \t\n]\^)[A-Za-z0-9-]{2,60}[ \t]*$", re.MULTILINE)
_TAGS = re.compile(r"(?:^|[ \t]+)(?:#[^\W\d][\w/-]*[ \t]*(?:(?<=[ \t])(?=#)|$))+$")
_HAS_TAGS = re.compile(r"#(?<![^ \t\n]#)[^\W\d][\w/-]*[ \t]*$", re.MULTILINE)
_CARD_TAG = re.compile(r"#(?:flashcards?|card|anki|闪卡|卡片)\b", re.IGNORECASE)
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
EXPORT_ID = 32
"""Digits."""
_EXPORT_ID = re.compile(r"[ _-][0-9a-f]{32}$")
_PROPERTY = re.compile(
    r"(created(?: time| by)?|last edited(?: time| by)?|updated(?: time)?|tags?|status|type|url|author|date|area"
    r"|category|priority|archived|related|parent item|sub-item|due|创建时间|标签|状态|分类|日期):\s+\S",
    re.IGNORECASE,
)


def resolve_habits(text: str, *, name: str = "") -> Rendered:
    """`text` without them, as many lines as before; `name` is the file's, which tells a Notion export."""
    tags: tuple[str, ...] = ()
    if "%%" in text:
        text = _in_prose(text, _without_comments)
    if len(name) > EXPORT_ID and _EXPORT_ID.search(name, len(name) - EXPORT_ID - 1):
        text, tags = _without_properties(text)
    if "^" in text and _HAS_BLOCK_ID.search(text):
        text = _in_prose(text, lambda prose: _BLOCK_ID.sub("", prose))
    if "#" in text and _HAS_TAGS.search(text):
        text, found = _without_tags(text)
        tags += found
    return Rendered(text, tags=tuple(dict.fromkeys(tags)))


def without_export_id(name: str) -> str:
    """`name` of a file or folder without the 32 digits that a Notion export ends it in."""
    return _EXPORT_ID.sub("", name) or name


def _without_comments(prose: str) -> str:
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), prose)


def _without_properties(text: str) -> tuple[str, tuple[str, ...]]:
    """The lines `Key: value` between the title and the text, taken out, and the tags among them."""
    rows = text.split("\n")
    tags: list[str] = []
    for number, row in enumerate(rows[:40]):
        if row.startswith("# ") or not row.strip():
            continue
        if not _PROPERTY.match(row):
            break
        key, _, value = row.partition(":")
        if key.casefold() in ("tag", "tags", "标签"):
            tags += [tag.strip() for tag in value.split(",") if tag.strip()]
        rows[number] = ""
    return "\n".join(rows), tuple(tags)


def _without_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Lines without the tags at their end; tags on a line of their own are the note's."""
    rows = text.split("\n")
    found: list[str] = []
    for number in _prose_rows(rows):
        row = rows[number]
        if "#" in row and (tags := _TAGS.search(row)) and not _CARD_TAG.search(tags[0]):
            rows[number] = row[: tags.start()]
            if not rows[number].strip():
                found += [tag.strip("# \t") for tag in tags[0].split("#") if tag.strip()]
    return "\n".join(rows), tuple(found)


def _in_prose(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` done to the stretches that are no code."""
    rows = text.split("\n")
    prose = set(_prose_rows(rows))
    parts: list[str] = []
    start = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or (number in prose) != (start in prose):
            part = "\n".join(rows[start:number])
            parts.append(change(part) if start in prose else part)
            start = number
    return "\n".join(parts)


def _prose_rows(rows: list[str]) -> Iterator[int]:
    """The numbers of the rows that stand in no fence."""
    fence = ""
    for number, row in enumerate(rows):
        found = _FENCE.match(row)
        if fence:
            fence = "" if found and found[1].startswith(fence) and not row.strip(" \t>`~") else fence
        elif found:
            fence = found[1]
        else:
            yield number
