"""First words in bold that name what follows: with a colon or dash behind, a full stop, a line end or nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._genus import opens_as_kind
from flashnotes.rules._text import is_instruction
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from flashnotes.notes import Block, Sentence

_ITEM = BlockKind.ITEM
_STRONG_MARK, _CODE_MARK, _EMPHASIS_MARK, _HIGHLIGHT_MARK = (
    MarkKind.STRONG,
    MarkKind.CODE,
    MarkKind.EMPHASIS,
    MarkKind.HIGHLIGHT,
)
_SET_OFF = (_STRONG_MARK, _EMPHASIS_MARK, _HIGHLIGHT_MARK)
_SEPARATOR = re.compile(r"\s*(?:[:：](?!//|:|\d)|——|—|–|\s-\s|\s--\s|-->|->|→|＝)\s*")
_APPOSED = re.compile(r",\s+(?=(?:an?|the|one)\s+\S)")
"""`- *Actor*, a policy function …`: the comma after an item's first words, set off, stands for a colon."""
_RUN_IN_STOP = re.compile(r"(?:[\w)）][.。]|[.。])\s*(?=[A-Z\u4e00-\u9fff$].{20})")
"""The full stop after a bold name that the paragraph goes on from."""
_REMARK = re.compile(
    r"(?:as|note|it is|unlike|however|therefore|thus|hence|but|so|another|our|now|this|these|with this|there|in practice|we|you|if|when|given|count|print|remove|implement|return)\b"
    r"|[\u4e00-\u9fff](?<![是指即将把由])(?!种|过)",
    re.IGNORECASE,
)
"""How a paragraph opens that its bold first words head but that does not say what they mean."""
_BRACKET = re.compile(r"\s*[(（][^()（）]{1,80}[)）]")
STATEMENT = re.compile(
    r"(?:definition|def|defn|theorem|thm|lemma|proposition|prop|corollary|axiom|law|principle|定义|定理|引理|命题|公理|推论|性质)\.?\s*+[\d.]*+\s*+"
    r"(?:[(（\[](?P<name>[^()（）\[\]]{2,60})[)）\]])[.:：。]?\s*",
    re.IGNORECASE,
)
"""A definition or theorem and its name in brackets: `Theorem 2.1 (Bayes).`."""
_COUNTED = re.compile(r"(?:two|three|several|any|all|when|whether|how|where)\s", re.IGNORECASE)
"""How a meaning opens that leaves out its term and verb, besides as a kind."""
_OWN_CHINESE = re.compile(
    r"(?![是的在和与也都会可已有为，,。:：（(、及或等中上下但而所因如若则我你这那它其该])[\u4e00-\u9fff]"
)
"""How a Chinese one opens: with none of the words that go on with the sentence that the bold words begin."""
_HAS_VERB = re.compile(r"(?:is|are|was|were|refers|means|denotes|stands|can|may)\b")
"""A verb whose subject the bold words are: the sentence is whole with them."""
_COUNTS = re.compile(
    r"(?:(?:The|An?|Yet|And|Then)\s)?(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ff]inal|[Ll]ast|[Nn]ext|[Ll]atter|[Ff]ormer|[Oo]ther|[Aa]nother|[Oo]ne|[Ss]implest|[Aa]lternative)"
    r"(?!\s(?:reason|question|answer|mistake|lesson|goal|thing|time|tip|rule|advantage|benefit|disadvantage|drawback)\b)"
    r"(?:\s[a-z-]{1,16}){0,4}?\s(?:is|was|are|were|comes|came|being)(?:\s(?:called|known\sas|named))?\s(?:the\s|an?\s)?"
    r"|(?:First|Second|Third|Fourth|Next|Finally|Lastly)(?:ly)?,\s(?:(?:there\s(?:is|are|was|were)|we\shave)\s)?(?:the\s|an?\s)?"
    r"|(?:第[一二三四五六七八九]|另外?一|其中一|还有一|最后一|一)[种类个项](?:[^，,。；;：:]{0,8}(?:是|为|叫做?|称为)|[，,])\s?"
    r"|其[一二三四五](?:是|为|[，,])\s?"
)
"""How a sentence opens that counts what it then names: `The first was **grafting**: …`, `第一种是**嫁接**：…`."""
_OF_COUNTED = re.compile(r"\s?(?:[:：]|——|—|–|\s-\s)\s*(?=\S)")
LONGEST_COUNT = 60
"""Characters before the name of a counted thing."""
SHORTEST_MEANING = 10
"""Characters of a meaning that no sign parts from its term."""


def bold_lead(block: Block) -> tuple[int, int] | None:
    """Where a leading bold label ends and where its meaning begins."""
    first = next((mark for mark in block.marks if mark.start <= 3), None)
    if first is None or first.kind not in (
        _STRONG_MARK,
        _CODE_MARK,
        _EMPHASIS_MARK,
        _HIGHLIGHT_MARK,
    ):
        return None
    if found := _SEPARATOR.match(block.text, first.end):
        return first.end, found.end()
    if block.kind is _ITEM and (found := _APPOSED.match(block.text, first.end)):
        return first.end, found.end()
    bracket = _BRACKET.match(block.text, first.end)
    if bracket and (found := _SEPARATOR.match(block.text, bracket.end())):
        return bracket.end(), found.end()
    if block.text[first.end - 1 : first.end] in (":", "：") and first.end < len(block.text):
        return first.end, first.end
    return None


def counted_lead(sentence: Sentence) -> tuple[int, int, int] | None:
    """Where in its block the name that `sentence` counts begins and ends, set off, and where its meaning begins."""
    opens = _COUNTS.match(sentence.text, 0, LONGEST_COUNT)
    if opens is None:
        return None
    for kind, start, end in sentence.block.marks_within(sentence.start, sentence.start + LONGEST_COUNT):
        if kind in _SET_OFF and _COUNTS.fullmatch(sentence.text, 0, start - sentence.start):
            name_end = end - 1 if sentence.block.text[end - 1] in ":：" else end
            found = _OF_COUNTED.match(sentence.block.text, name_end)
            return (start, name_end, found.end()) if found else None
    return None


def run_in_heading(block: Block) -> tuple[int, int] | None:
    """Where a bold name with a full stop ends and the text that it heads begins."""
    first = block.marks[0]
    if first.kind is not _STRONG_MARK or first.start:
        return None
    found = _RUN_IN_STOP.match(block.text, first.end - 1)
    if found is None or _REMARK.match(block.text, found.end()) or is_instruction(block.text[found.end() :]):
        return None
    return first.end, found.end()


def bold_beside(block: Block) -> tuple[int, int] | None:
    """Where bold first words end and a meaning begins with no sign between: on the next line, or after a space."""
    kind, start, end = block.marks[0]
    if kind is not _STRONG_MARK or start:
        return None
    rest = block.text[end:].lstrip()
    begin = len(block.text) - len(rest)
    stated = STATEMENT.fullmatch(block.text[:end]) is not None
    on_next_line = begin in block.breaks or stated
    if not (on_next_line or (block.kind is _ITEM and begin > end)) or len(rest) < SHORTEST_MEANING:
        return None
    if _HAS_VERB.match(rest) or is_instruction(rest) or is_instruction(block.text):
        return None
    means = stated or opens_as_kind(rest) or (_OWN_CHINESE if has_cjk(rest[:2]) else _COUNTED).match(rest)
    return (end, begin) if means else None
