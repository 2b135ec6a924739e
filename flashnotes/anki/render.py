"""Anki's templates: what stands on the front and back of a card, as HTML.

`{{Field}}`, filters, `{{#Field}}…{{/Field}}` and `{{^Field}}…{{/Field}}`, as Anki's manual describes them;
without scripts and styling. The back is given without the front that most templates repeat.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(r"\{\{([#^/]?)([^{}]*)\}\}")
_ANSWER_RULE = re.compile(r"<hr[^>]*\bid\s*=\s*[\"']?answer[\"']?[^>]*>", re.IGNORECASE)
_RULE = "\x1c"
_ASKED_LATER = re.compile(r"\{\{(?:[^{}:]*:)*(?:type|hint)(?::[^{}:]*)*:[^{}]*\}\}")
_LEADING_RULE = re.compile(r"\A(?:\s|<br\s*/?>|<hr[^>]*>)+", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_READING = re.compile(r" ?([^ >\[]+?)\[(?!sound:)([^\]]*)\]")
_SHOWN_AS_IS = {"edit", "hint", "type", "nc", "cloze"}


def render_sides(front: str, back: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """The two sides of a card of a template; the back without the front and the rule that follows it."""
    question = _render(_ASKED_LATER.sub("", front), fields)
    repeated, _, answer = _render(_ANSWER_RULE.sub(_RULE, back, count=1), fields).partition(_RULE)
    return question, _LEADING_RULE.sub("", answer if _is_filled(answer) else repeated)


def cloze_fields(front: str) -> tuple[str, ...]:
    """The fields that a cloze template asks about."""
    return tuple(name.strip() for *filters, name in _fields_of(front) if "cloze" in map(str.strip, filters))


def _fields_of(template: str) -> list[list[str]]:
    return [found[2].split(":") for found in _TOKEN.finditer(template) if not found[1]]


def _render(template: str, fields: Mapping[str, str]) -> str:
    template = _COMMENT.sub("", template)
    out: list[str] = []
    conditions: list[bool] = []
    position = 0
    for found in _TOKEN.finditer(template):
        if all(conditions):
            out.append(template[position : found.start()])
        position = found.end()
        sign, name = found[1], found[2].strip()
        if sign in {"#", "^"}:
            conditions.append(_is_filled(fields.get(name, "")) == (sign == "#"))
        elif sign and conditions:
            conditions.pop()
        elif not sign and all(conditions):
            out.append(_field(name, fields))
    if all(conditions):
        out.append(template[position:])
    return "".join(out)


def _field(name: str, fields: Mapping[str, str]) -> str:
    *filters, key = (part.strip() for part in name.split(":"))
    value = fields.get(key, "")
    for each in reversed(filters):
        value = _filtered(each, value)
    return value


def _filtered(name: str, value: str) -> str:
    if name == "text":
        return _TAG.sub("", value)
    if name == "kanji":
        return _READING.sub(r"\1", value)
    if name == "kana":
        return _READING.sub(r"\2", value)
    if name == "furigana":
        return _READING.sub(r"\1(\2)", value)
    # What the filter names beyond these (speech, scripts of add-ons) has no words of its own.
    return value if name in _SHOWN_AS_IS or not name.startswith("tts") else ""


def _is_filled(value: str) -> bool:
    return bool(_TAG.sub("", value).strip()) or "<img" in value
