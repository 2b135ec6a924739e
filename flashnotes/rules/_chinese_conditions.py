"""What mathematicians call a thing under a condition: `如果…，则称 A 为 B`, `我们将…定义为 B`, `若…，则为 **B**`."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.notes import MarkKind
from flashnotes.rules._head import Head
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import continued, is_answer, make, points_elsewhere, without, without_announcement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate
    from flashnotes.notes import Sentence

_DEFINED_AS = re.compile(
    r"(?:将|把)(?P<said>[^，,。；;]{6,80}?)(?:定义|规定)(?:为|成|作)(?:一[个种])?\s*(?P<term>[^，,。；;：:（(]{2,16})\s*(?P<bracket>[(（][^()（）]{1,60}[)）])?(?=[，,。；;]|$)"
)
"""`我们将…定义为 X`: what is so defined stands before it."""
_DEFINES = re.compile(
    r"(?:将|把)\s*(?:[“\"「](?P<quoted>[^“”\"「」]{1,16})[”\"」]|(?P<plain>[^，,。；;：:]{2,12}?))\s*(?:定义|规定)(?:为|成)\s*[:：]?\s*(?P<said>[^，,。；;：:].{13,})",
    re.DOTALL,
)
"""`我们将 X 定义为…`: what follows is longer than a name."""
_UNIT = r"(?:\x00++|[(（][^()（）\n\x00]{1,8}[)）](?=[\u4e00-\u9fff])|[^，,。；;．：:（(\n\x00])"
"""A character outside brackets, a formula whole, or a bracket within a name: （双侧）置信区间."""
_END = r"(?=[，,。；;．\n]|\.(?:\s|$)|$)"
_CALLS = re.compile(
    r"(?:^|[，,。；;：:．\x00\s])(?:那么|因此|所以|我们|通常|一般|这时|此时|也|又|并){0,3}(?:则|就|便|可|即|并)?(?<![名简统全俗人尊])称(?!为|之为|作)"
    r"(?P<what>(?:\x00++|[^，,。；;\n\x00]){1,60}?)(?P<verb>为|是|具有|满足|服从)\s*"
    rf"(?P<term>{_UNIT}{{2,30}})\s*(?P<bracket>[(（][^()（）]{{1,60}}[)）])?{_END}"
)
"""`如果…，则称 A 为 B`: how mathematicians define."""
_IS_SO = re.compile(
    rf"(?:则|那么|就)(?:我们)?称(?!为|之为|作){_UNIT}{{1,24}}?(?<=\x00)(?:\s?(?:在|关于|对于?){_UNIT}{{1,16}}?(?:处|上|内|中|点|时|下))?\s?"
    rf"(?P<term>[\u4e00-\u9fff]{{2,6}})\s*(?P<bracket>[(（][^()（）]{{1,60}}[)）])?{_END}"
)
"""`如果…，则称 $f$ 在 $x$ 处可微`: what a thing then is said to be."""
_SO_CALLED = re.compile(
    rf"(?:则|那么|就)(?:我们)?称(?!为|之为|作)(?P<term>{_UNIT}{{2,60}})(?P<bracket>[(（][^()（）]{{1,60}}[)）])?"
)
"""A conclusion in which a word that is set off may be the name: `则称 $f$ 在 $x$ 处**可微**`."""
_AND_IS = re.compile(
    rf"[，,；;]\s*(?:而|并称|称)?\x00++\s*(?:则|就)?[是为]\s*(?P<term>{_UNIT}{{2,30}})\s*(?P<bracket>[(（][^()（）]{{1,60}}[)）])?{_END}"
)
"""What the next symbol of the same sentence is called: `…，$\\lambda$ 是 $A$ 的特征值`."""
_LEANS = re.compile(
    r"^(?:则(?!重)|那么|就)|(?:满足|符合|称|[把将，,])了?(?:[上下]面|上述|以上|下列|如[上下])"
)
"""What says a condition that stands elsewhere."""
_THEN_IS = re.compile(
    r"(?:[^：:]{0,12}[：:]\s*)?(?:若|如果|当|设|假如|凡)[^。；;]{8,}[，,]\s*则(?:其|它|该[^，,。；;]{1,8})?(?:为|是|成为|叫)"
)
_OF_WHAT = re.compile(
    r"^.*(?:的|关于\s?\$[^$]+\$\s?)(?=[^的$]{2,16}$|\s?\$[^$]{1,24}\$[^的$]{1,12}$)|^\s*\$[^$]+\$\s*的\s*"
)
_ONE = re.compile(r"一[个种]\s*")
_EQUATES = re.compile(r"\s*\$\$?[^$]*=[^$]*\$\$?\s*")
_DOLLARS = re.compile(r"\n?\$\$?[^$]+\$\$?\n?")
_CONTENT = re.compile(r"[\u4e00-\u9fff]{2}.*的|.*[\u4e00-\u9fff]{6}", re.DOTALL)
"""What a thing is called that is told of in so many words: `满足…的点 $x$`."""
_ABLE = re.compile("可[\u4e00-\u9fff]")
"""What can be done with a thing: 可导."""
MOST_NAMES = 4
"""Of one sentence."""
SHORTEST_CONDITION = 8
"""Characters of the condition under which something is called so."""
ENOUGH = 140
"""Characters after which no sentence about the same thing joins the back."""


def without_owner(name: str) -> str:
    """`name` without what it is of: 点估计 of `$c$ 的点估计`."""
    return without(_ONE, _OF_WHAT.sub("", name).strip())


def named_by_condition(sentence: Sentence) -> Iterator[Candidate]:
    """The cards of a sentence that says under what condition a thing is called so, or what is defined as it."""
    if sentence.text.isascii() or not _may_define(sentence.text):
        return
    text = without_announcement(sentence.text)
    if not is_answer(text) or points_elsewhere(text) or text.rstrip()[-1:] in "?？":
        return
    if _LEANS.search(text):
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
    found = None
    for found in itertools.islice(_CALLS.finditer(masked), MOST_NAMES):
        yield from _called(sentence, text, found)
        if after := _AND_IS.match(masked, found.end()):
            yield from _named(sentence, text, after)
    if found is None and (so := _said_to_be(sentence, masked)) and so.start() >= SHORTEST_CONDITION:
        yield from _named(sentence, text, so)


def _said_to_be(sentence: Sentence, masked: str) -> re.Match[str] | None:
    """The conclusion that says what a thing then is, without 为."""
    so = _SO_CALLED.search(masked) if sentence.block.marks else None
    return so if so and _set_off(sentence, so) is not None else _IS_SO.search(masked)


def _called(sentence: Sentence, text: str, found: re.Match[str]) -> Iterator[Candidate]:
    what = text[found.start("what") : found.end("what")]
    if _EQUATES.fullmatch(what) and found["verb"] in "为是":
        if head := _head(sentence, text, found):
            formula = what.strip()
            offset = sentence.start + found.start("what")
            yield make(CardKind.FORMULA, head, formula, sentence.block, offset=offset, cues=("zh calls",))
    elif found.start() >= SHORTEST_CONDITION or _CONTENT.match(found["what"]) or _is_set_off(sentence, found):
        yield from _named(sentence, text, found)


def _named(sentence: Sentence, text: str, found: re.Match[str]) -> Iterator[Candidate]:
    """The definition of what `found` names."""
    if head := _head(sentence, text, found):
        back = text + continued(sentence, ENOUGH)
        yield make(CardKind.DEFINITION, head, back, sentence.block, offset=sentence.start, cues=("zh calls",))


def _head(sentence: Sentence, text: str, found: re.Match[str]) -> Head | None:
    """What `found` names: the words that are set off, or its last noun."""
    set_off = _set_off(sentence, found)
    name = text[found.start("term") : found.end("term")].strip() if set_off is None else set_off
    if found.re is _IS_SO and _ABLE.fullmatch(name):
        return Head(name)
    bracket = text[found.start("bracket") : found.end("bracket")] if found["bracket"] else ""
    head = head_of(without_owner(name) + bracket, set_off=set_off is not None)
    return None if head is None or is_symbol(head.term) else head


def _is_set_off(sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether the name is set in bold and given to more than a letter: `称 $f(X_1, X_2)$ 为 **X**`."""
    return (
        found.end("what") - found.start("what") > SHORTEST_CONDITION and _set_off(sentence, found) is not None
    )


def _set_off(sentence: Sentence, found: re.Match[str]) -> str | None:
    """The words set off in the name that `found` gives."""
    first, last = sentence.start + found.start("term"), sentence.start + found.end("term")
    for kind, start, end in sentence.block.marks_within(first, last):
        if kind is not MarkKind.CODE and first <= start < last:
            return sentence.block.text[start:end]
    return None


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
    """`我们将…定义为 X`, `我们将 X 定义为…`."""
    if found := _DEFINES.search(text):
        head = head_of(found["quoted"] or found["plain"], common=bool(found["quoted"]))
        if head and not is_symbol(head.term) and is_answer(said := text[found.start() :]):
            offset = sentence.start + found.start()
            yield make(
                CardKind.DEFINITION, head, said, sentence.block, offset=offset, cues=("zh defined as",)
            )
            return
    found = _DEFINED_AS.search(text)
    head = head_of(found["term"] + (found["bracket"] or "")) if found else None
    if found is None or head is None or is_symbol(head.term) or is_symbol(found["said"].strip()):
        return
    said, offset = found["said"].strip(), sentence.start + found.start("said")
    if is_answer(said):
        yield make(CardKind.DEFINITION, head, said, sentence.block, offset=offset, cues=("zh defined as",))
