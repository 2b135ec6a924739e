"""`两个假设：A，…；B，…`, `三种：A（…）、B（…）`: a sentence that counts its parts and says what each of them is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.rules._terms import BRACKETS, head_of, is_symbol
from flashnotes.rules._text import (
    is_answer,
    is_dangling,
    make,
    masked_by,
    points_elsewhere,
    without_announcement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate
    from flashnotes.notes import Block, Note
    from flashnotes.rules._head import Head

_COUNTED = re.compile(
    # The first characters of all alternatives: looked at before any of them is tried.
    r"(?=[一二两三四五六七八九十几多\d分包有])(?:(?:[一二两三四五六七八九十几多]|\d)\s*(?:大|个|种|类|项|条|点|部分|方面|阶段|步|层|要素|级|类型)[^：:。；;]{0,20}[：:]|(?:分为|分成|包括|包含|分别是|分别为|有)[：:])"
)
_BRACKET = re.compile(BRACKETS)
_MASKED = re.compile(rf"\$[^$]+\$|{BRACKETS}|“[^”]{{0,40}}”")
_MARKER = r"(?:[(（]?\d{1,2}[)）.、．]|[①-⑳]|[(（][一二三四五六七八九十][)）]|[一二三四五六七八九十][是、]|第[一二三四五六七八九十][，、]?|其[一二三四五六七八九][，、是]?)?\s*"
_PART = re.compile(
    rf"\s*(?:和|与|以及|及)?{_MARKER}(?P<name>[^，,。；;：:（(\x00]{{2,24}})(?P<bracket>\x00+)?\s*(?P<joint>[，,：:]|——?|就?是指?(?!否)|指的是|即)\s*(?P<said>.{{6,}})"
)
_BRACKETED = re.compile(
    rf"\s*(?:和|与|以及|及)?{_MARKER}(?P<name>[^，,。；;：:（(\x00]{{2,20}})(?P<said>\x00+)[，,。；;、]?\s*"
)
_ONE_AND_ANOTHER = re.compile(
    r"一[个种类](?:是|为|叫做?|称为)\s?(?P<one>[^，,。；;：:]{2,24})[，,：:](?P<said>[^。]{6,120}?)[，,；;。]\s*(?:而)?另(?:外)?一[个种类](?:则)?(?:是|为|叫做?|称为)\s?"
    r"(?P<other>[^，,。；;：:]{2,24})[，,：:](?P<rest>[^。]{6,160})(?=。|$)"
)
"""`一种是 X，…；另一种是 Y，…`."""
_CIRCLED = re.compile("[①-⑳]")
_SEMICOLONS = re.compile(r"[；;]")
_COMMAS = re.compile(r"[，,、；;](?=\s*\S)|(?<=\x00)(?=[和与及以])")
_IS_CLAUSE = re.compile(r"相反|不同|类似|一样|可以|就是|[可会能要需]|^[^\u4e00-\u9fff]*$")
"""What stands before a comma and names nothing."""
SHORTEST_SAID = 8
"""Characters of what a bracket says of the name before it."""
MOST_PARTS = 8
LONGEST = 600
"""Characters of a block that is looked at."""


def chinese_enumeration(note: Note) -> Iterator[Candidate]:
    """A sentence counts its parts, and names and explains each: `两个假设：一阶性，…；独立性，…`."""
    firsts = [sentence.block for sentence in note.sentences if sentence.number == 0]
    for block in dict.fromkeys([block for block in firsts if _may_count(block.text)]):
        yield from _circled(block) if "②" in block.text else _read(block)
    for block in dict.fromkeys([block for block in firsts if "另" in block.text]):
        yield from _one_and_another(block)


def _may_count(text: str) -> bool:
    """Whether `text` may count its parts before a colon, or by numbers in circles."""
    return ("：" in text or ":" in text or "②" in text) and not text.isascii() and len(text) <= LONGEST


def _read(block: Block) -> Iterator[Candidate]:
    masked = masked_by(_MASKED, block.text)
    found = _COUNTED.search(masked)
    if not found or found.start() > 40:
        return
    start = found.end()
    until = masked.find("。", start)
    stated = list(_parts(masked, start, until if until >= 0 else len(masked), _SEMICOLONS))
    parts = [part for span in stated if (part := _part(block.text, masked, *span))]
    how = "stated"
    if len(parts) < len(stated) or len(parts) < 2:
        stated = list(_parts(masked, start, until if until >= 0 else len(masked), _COMMAS))
        parts = [part for span in stated if (part := _bracketed(block.text, masked, *span))]
        how = "bracketed"
        if len(parts) < len(stated) or len(parts) < 2:
            return
    for head, said, offset in parts:
        if is_answer(said) and not points_elsewhere(said) and not is_dangling(said):
            yield make(
                CardKind.DEFINITION,
                head,
                said,
                block,
                offset=offset,
                cues=(how, f"{min(len(parts), 4)} parts"),
            )


def _one_and_another(block: Block) -> Iterator[Candidate]:
    """Two kinds, each named and then explained: `一种是A，…；另一种是B，…`."""
    found = _ONE_AND_ANOTHER.search(block.text) if len(block.text) <= LONGEST else None
    if found is None:
        return
    heads = head_of(found["one"], common=True), head_of(found["other"], common=True)
    for head, said in zip(heads, ("said", "rest"), strict=True):
        back = without_announcement(found[said].strip())
        if (
            head
            and all(heads)
            and not is_symbol(head.term)
            and is_answer(back)
            and not points_elsewhere(back)
        ):
            cues = ("one and another", *(("dangling",) if is_dangling(back) else ()))
            yield make(CardKind.DEFINITION, head, back, block, offset=found.start(said), cues=cues)


def _circled(block: Block) -> Iterator[Candidate]:
    """The parts between circled numbers: `①A：… ②B：…`."""
    masked = masked_by(_MASKED, block.text)
    cuts = [found.start() for found in _CIRCLED.finditer(masked)]
    spans = list(pairwise([*cuts, len(masked)]))
    parts = [
        part
        for start, end in spans
        if (part := _part(block.text, masked, start, len(masked[:end].rstrip("；;，,、 "))))
    ]
    if len(parts) < 2 or len(parts) < len(spans):
        return
    for head, said, offset in parts:
        if is_answer(said) and not points_elsewhere(said) and not is_dangling(said):
            cues = ("circled", f"{min(len(parts), 4)} parts")
            yield make(CardKind.DEFINITION, head, said.rstrip("；; "), block, offset=offset, cues=cues)


def _parts(masked: str, start: int, end: int, between: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the parts lie that `between` parts, the last stop left out."""
    for found in between.finditer(masked, start, end):
        if masked[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if masked[start:end].strip("。.；; "):
        yield start, end


def _part(text: str, masked: str, start: int, end: int) -> tuple[Head, str, int] | None:
    """`A，what it is`."""
    found = _PART.fullmatch(masked, start, end)
    if not found:
        return None
    if found["joint"] in "，," and _IS_CLAUSE.search(found["name"]):
        return None
    last = found.end("bracket") if found["bracket"] else found.end("name")
    return _named(text[found.start("name") : last], text[found.start("said") : end], found.start("said"))


def _bracketed(text: str, masked: str, start: int, end: int) -> tuple[Head, str, int] | None:
    """`A（what it is）`."""
    found = _BRACKETED.fullmatch(masked, start, end)
    if not found or found.end("said") - found.start("said") < SHORTEST_SAID:
        return None
    bracket = _BRACKET.match(text, found.start("said"))
    if bracket is None or bracket.end() != found.end("said"):
        return None
    said = bracket[0].strip()[1:-1]
    if said.isascii():
        return None
    return _named(found["name"], said, found.start("said"))


def _named(name: str, said: str, offset: int) -> tuple[Head, str, int] | None:
    head = head_of(name, common=True)
    return None if head is None or is_symbol(head.term) else (head, said.strip(), offset)
