"""What mathematicians call a thing under a condition: `如果…，则称 A 为 B`, `我们将…定义为 B`, `若…，则为 **B**`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.notes import MarkKind
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import is_answer, make, points_elsewhere, without_announcement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate
    from flashnotes.notes import Sentence

_DEFINED_AS = re.compile(
    r"(?:将|把)(?P<said>[^，,。；;]{6,80}?)(?:定义|规定)(?:为|成|作)(?:一[个种])?\s*(?P<term>[^，,。；;：:（(]{2,16})\s*(?P<bracket>[(（][^()（）]{1,60}[)）])?(?=[，,。；;]|$)"
)
"""`我们将…定义为 X`: what is so defined stands before it."""
_CALLS = re.compile(
    r"(?:^|[，,。；;：:])\s*(?:那么|因此|所以|我们|通常|一般|这时|此时|也|又)*(?:则|就|便|可|即)?(?<![名简统全俗人尊])称(?!为|之为|作)(?P<what>[^，,。；;]{1,90}?)(?:为|是|具有|满足)\s*"
    r"(?P<term>[^，,。；;：:（(]{2,30})\s*(?P<bracket>[(（][^()（）]{1,60}[)）])?(?=[，,。；;]|$)"
)
"""`如果…，则称 A 为 B`: how mathematicians define."""
_THEN_IS = re.compile(
    r"(?:[^：:]{0,12}[：:]\s*)?(?:若|如果|当|设|假如|凡)[^。；;]{8,}[，,]\s*则(?:其|它|该[^，,。；;]{1,8})?(?:为|是|成为|叫)"
)
_OF_WHAT = re.compile(r"^.*(?:的|关于\s?\$[^$]+\$\s?)(?=[^的$]{2,16}$)|^\s*(?:一[个种]|\$[^$]+\$\s*的?)\s*")
_EQUATES = re.compile(r"\s*\$[^$]*=[^$]*\$\s*")
_DOLLARS = re.compile(r"\$[^$]+\$")
SHORTEST_CONDITION = 8
"""Characters of the condition under which something is called so."""


def named_by_condition(sentence: Sentence) -> Iterator[Candidate]:
    """The cards of a sentence that says under what condition a thing is called so, or what is defined as it."""
    if sentence.text.isascii() or not _may_define(sentence.text):
        return
    text = without_announcement(sentence.text)
    if not is_answer(text) or points_elsewhere(text) or text.rstrip()[-1:] in "?？":
        return
    if "称" in text:
        yield from _calls(sentence, text)
    if "则" in text and (found := _then_is(sentence, text)):
        yield found
    if "定义" in text or "规定" in text:
        yield from _defined_as(sentence, text)


def _may_define(text: str) -> bool:
    """Whether `text` holds what none of the patterns can do without."""
    return "称" in text or "定义" in text or "规定" in text or "则" in text


def _calls(sentence: Sentence, text: str) -> Iterator[Candidate]:
    """`如果…，则称 A 为 B`; of an equation that is so called, the formula."""
    masked = _DOLLARS.sub(lambda maths: "\x00" * len(maths[0]), text)
    found = _CALLS.search(masked)
    if found is None:
        return
    name = text[found.start("term") : found.end("term")].strip()
    head = head_of(_OF_WHAT.sub("", name) + (found["bracket"] or ""))
    what = text[found.start("what") : found.end("what")]
    if head is None or is_symbol(head.term):
        return
    if _EQUATES.fullmatch(what):
        formula = what.strip()
        offset = sentence.start + found.start("what")
        yield make(CardKind.FORMULA, head, formula, sentence.block, offset=offset, cues=("zh calls",))
    elif found.start() >= SHORTEST_CONDITION:
        yield make(CardKind.DEFINITION, head, text, sentence.block, offset=sentence.start, cues=("zh calls",))


def _then_is(sentence: Sentence, text: str) -> Candidate | None:
    """`若…，则为 **X**`: the name that a condition leads to is set off."""
    found = _THEN_IS.match(text)
    last_of_text = sentence.start + len(text)
    for kind, first, last in sentence.block.marks_within(sentence.start, last_of_text) if found else ():
        start, end = first - sentence.start, last - sentence.start
        if (
            kind is not MarkKind.CODE
            and found
            and found.end() - 1 <= start
            and not text[end:].strip("。.） )")
        ):
            head = head_of(text[start:end], set_off=True)
            if head and not is_symbol(head.term):
                cues = ("zh calls", "set off")
                return make(CardKind.DEFINITION, head, text, sentence.block, offset=sentence.start, cues=cues)
    return None


def _defined_as(sentence: Sentence, text: str) -> Iterator[Candidate]:
    """`我们将…定义为 X`."""
    found = _DEFINED_AS.search(text)
    head = head_of(found["term"] + (found["bracket"] or "")) if found else None
    if found is None or head is None or is_symbol(head.term) or is_symbol(found["said"].strip()):
        return
    said, offset = found["said"].strip(), sentence.start + found.start("said")
    if is_answer(said):
        yield make(CardKind.DEFINITION, head, said, sentence.block, offset=offset, cues=("zh defined as",))
