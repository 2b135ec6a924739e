"""Texts that a regular expression matches, made of its own parts: each of its alternatives is in one of them."""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEW = 60
"""Texts of a sequence that differ from the plainest one in a single part."""
SURROUNDINGS = ("{}", "前文，{}。", "Some {} text", "{}一般的", "x{}", "一个{}：")
_OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "3",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "x",
    sre.CATEGORY_NOT_SPACE: "x",
    sre.CATEGORY_NOT_WORD: ",",
    sre.CATEGORY_NOT_DIGIT: "x",
}


def matched_by(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts in which `pattern` finds something."""
    for text in dict.fromkeys(_sequence(parser.parse(pattern.pattern, pattern.flags))):
        for around in SURROUNDINGS:
            if pattern.search(surrounded := around.format(text)):
                yield surrounded


def _sequence(tokens: Iterable[Any]) -> list[str]:
    parts = [_part(*token) for token in tokens]
    longest = max(map(len, parts), default=1)
    aligned = ["".join([part[number % len(part)] for part in parts]) for number in range(longest)]
    plainest = [
        "".join([*[part[-1] for part in parts[:own]], each, *[part[0] for part in parts[own + 1 :]]])
        for own, part in enumerate(parts)
        for each in part
    ]
    return list(dict.fromkeys([*aligned, *plainest[:FEW]]))


def _part(name: Any, value: Any) -> list[str]:
    if name is sre.LITERAL:
        return [chr(value)]
    if name is sre.IN:
        return _characters(value)
    if name is sre.BRANCH:
        return [text for branch in value[1] for text in _sequence(branch)]
    if name is sre.SUBPATTERN:
        return _sequence(value[3])
    if name in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, _, body = value
        texts = [text * max(least, 1) for text in _sequence(body)]
        return texts if least else ["", *texts]
    if name is sre.ASSERT:
        return ["", *_sequence(value[1])]
    return ["x"] if name in (sre.ANY, sre.NOT_LITERAL) else [""]


def _characters(members: list[Any]) -> list[str]:
    if members[0][0] is sre.NEGATE:
        return [
            sign
            for sign in "x一3 "
            if re.match(f"[{sign}]", sign) and not any(sign in one for one in map(_member, members[1:]))
        ]
    return [character for member in members for character in _member(member)]


def _member(member: tuple[Any, Any]) -> list[str]:
    name, value = member
    if name is sre.LITERAL:
        return [chr(value)]
    if name is sre.RANGE:
        return [chr(value[0]), chr(value[1])]
    return [_OF_CATEGORY[value]]
