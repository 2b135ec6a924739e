"""`… is known as X`, `… is called X`, `…, called X`: the English term comes after its content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import BlockKind, MarkKind
from flashnotes.rules._across import whole_sentences
from flashnotes.rules._conditions import kind_by_condition
from flashnotes.rules._context import after_role
from flashnotes.rules._lists import sentences_with_lists
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import (
    addresses_reader,
    is_answer,
    is_dangling,
    is_instruction,
    make,
    points_elsewhere,
    without_announcement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Block, Note, Sentence

_DEFINITION, _PARAGRAPH = CardKind.DEFINITION, BlockKind.PARAGRAPH
_NAMING = re.compile(
    r"(?P<verb>\b(?:is|are|was)\s+(?:(?:also|often|commonly|usually|sometimes|generally)\s+)*(?:known\s+as"
    r"|said\s+to\s+be|called|termed|named|referred\s+to\s+as|denoted)"
    r"|\b[Ww]e\s+call(?:\s+(?:(?:it|them)|(?:this|these|such)(?:\s+(?:methods?|techniques?|ideas?|approach(?:es)?|process(?:es)?|problems?|phenomenon|propert(?:y|ies)|models?|algorithms?|functions?|quantit(?:y|ies)|values?|types?|kinds?|sets?|cases?|situations?|procedures?|strateg(?:y|ies)|errors?|features?|vectors?|matri(?:x|ces)|points?|distributions?|variables?|terms?))?))?|,?\s(?:called|termed|known\s+as)"
    r"|,?\s(?:and|they|who|authors?|people|statisticians)\s+call(?:s|ed)?\s+(?:this|it|these|them)(?:\s(?:method|technique|idea|approach|process))?)\s+"
    r"(?:an?\s+|the\s+)?[\"“'*_]?(?P<term>[A-Za-z$\\][^,.;:!?\"”()]{1,50}?)[\"”'*_]?\s*(?P<bracket>\([^()]"
    r"{1,60}\))?"
    r"(?=[,;:!?\"”)]|\.(?:\s|$)|\s(?:and|which|that|because|since|in|for|by|when|where|if|to|of|due|after|as|is|are"
    r"|was|under|on|at|or|but|with|than|from|before|during|via|within|while|whose|who|can|may|will|has|have)\b|$)"
)
_OURS = re.compile(
    r"(?:(?:so|now|here|then|thus|fortunately|finally)\s*,?\s*)?(?:we|our|let)\b", re.IGNORECASE
)
_SET_OFF = (MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.HIGHLIGHT)
_SAID_TO_BE = re.compile(r"\b(?:is|are|be)\s(?:an?\s|the\s|said\sto\sbe\s|called\s(?:an?\s)?)?$")
_THEN_IT_IS = re.compile(
    r"^(?:If|When|Where|Whenever|Because|Since)\s.{12,200}?,\s(?:then\s)?(?:we\s(?:have|get|call\s(?:it|this)|speak\sof|say\sit\sis)|(?:this|it)\sis(?:\s(?:called|known\sas))?|there\sis)\s(?:an?\s|the\s)?$",
    re.DOTALL,
)
"""Under what condition there is one: `If a page is there, we have a `."""
_OR_ELSE = re.compile(r"\s*(?:[.;。]|$|[,;]\s(?:otherwise|else|if not)\b)")
_IS_ONE = re.compile(
    r"^(?:An?|Any|Every|The (?:set|collection|family|class|number)|If|When|[A-Z]\w+s (?:that|which|whose))\s.{12,}\s(?:is|are)\s(?:called\s)?(?:an?\s|the\s)?$",
    re.DOTALL,
)
"""What a thing is like that is then said to be one of the kind: `A graph without cycles is a `."""
_ENDS = re.compile(r"(?:\s(?:of|at|on|in|over|for|to|with respect to)\s[^.;,]{1,60})?\s*[.;:。]?\s*")
_CONDITION = re.compile(
    r"(?:\s(?:of|in|on|over|for)\s[^,;:.]{1,30}?)?,?\s(?:if|iff|when|whenever|provided that)(?:\s(?=\w)|:?\s?\n\$\$)"
)
_POINTS_BACK = re.compile(r"(?:we\s+call\s+)?(?:this|these|such|it|they)\b", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:[Tt]h(?:is|ese)|[Ss]uch)(?:\s(?!is|are|which|that|of|in|means?|makes?|can|will)[a-z-]+){0,4}",
    re.IGNORECASE,
)
"""A subject that only points to what was said: `This kind of problem is called …`."""
SHORTEST_CONTENT = 20
"""Characters before the verb."""


def english_naming(note: Note) -> Iterator[Candidate]:
    """An English sentence gives something its name at the end: `The task of … is called tokenization`."""
    before, block, above = "", None, ""
    for sentence in whole_sentences(note, to_its_end=True):
        text = sentence.text
        if sentence.block is not block:
            block, above = sentence.block, before if _goes_on(block, sentence.block) else ""
        if (
            "call" in text
            or "known as" in text
            or "termed" in text
            or "referred" in text
            or "said to be" in text
        ):
            yield from _read(sentence, above if not sentence.number else before)
        before = text
    for sentence in sentences_with_lists(note):
        set_off = list(_set_off(sentence)) if sentence.block.marks and _may_be_said(sentence.text) else ()
        yield from set_off or _by_condition(sentence)


def _may_be_said(text: str) -> bool:
    """Whether `text` holds what a sentence of `_set_off` cannot do without."""
    return (
        " if" in text
        or " when" in text
        or " is a" in text
        or " that " in text
        or " which " in text
        or text.startswith(("If ", "When "))
    )


def _by_condition(sentence: Sentence) -> Iterator[Candidate]:
    """The kind of thing that `sentence` gives the condition of: `A graph is connected if …`."""
    text = sentence.text[after_role(sentence) :].strip()
    head = kind_by_condition(text)
    if head and is_answer(text) and not points_elsewhere(text):
        yield make(_DEFINITION, head, text, sentence.block, offset=sentence.start, cues=("en condition",))


def _set_off(sentence: Sentence) -> Iterator[Candidate]:
    """What has to hold for the word in bold to be said: `A schedule is **serializable** if …`."""
    text, last = sentence.text.rstrip(": "), sentence.start + len(sentence.text)
    for kind, start, end in sentence.block.marks_within(sentence.start, last):
        if kind not in _SET_OFF or not sentence.start < start or end > last:
            continue
        begin, stop = start - sentence.start, end - sentence.start
        if not is_answer(text):
            continue
        if (
            (_SAID_TO_BE.search(text, 0, begin) and _CONDITION.match(text, stop))
            or (_IS_ONE.search(text, 0, begin) and _ENDS.fullmatch(text, stop))
            or (_THEN_IT_IS.match(text, 0, begin) and _OR_ELSE.match(text, stop))
        ):
            head = head_of(text[begin:stop])
            if head and not is_symbol(head.term) and not is_dangling(text):
                yield make(
                    _DEFINITION,
                    head,
                    text,
                    sentence.block,
                    offset=sentence.start,
                    cues=("en said to be",),
                )


def _goes_on(one: Block | None, other: Block) -> bool:
    """Whether paragraph `other` can speak of what paragraph `one` ended with."""
    return one is not None and one.kind is other.kind is _PARAGRAPH and one.headings == other.headings


def _read(sentence: Sentence, before: str) -> Iterator[Candidate]:
    text = without_announcement(sentence.text)
    if not is_answer(text) or points_elsewhere(text) or is_instruction(text) or text.endswith("?"):
        return
    for found in _NAMING.finditer(text):
        content = text[: found.start()].strip()
        said = text
        if _POINTER.fullmatch(content) or (len(content) < SHORTEST_CONTENT and _POINTS_BACK.match(text)):
            said = _said_of_it(sentence, before, text[found.end() :])
            content = said
        if len(content) < SHORTEST_CONTENT or content.count("(") > content.count(")"):
            continue
        head = head_of(found["term"] + " " + (found["bracket"] or ""), common=True)
        if head is None or is_symbol(head.term):
            continue
        cues = tuple(_cues(text, found, before=said is not text))
        yield make(_DEFINITION, head, said, sentence.block, offset=sentence.start, cues=cues)


def _cues(text: str, found: re.Match[str], *, before: bool) -> Iterator[str]:
    yield "en named" if found["verb"].lstrip().startswith(("is", "are", "was")) else "en called"
    if before:
        yield "said before"
    elif is_dangling(text):
        yield "dangling"
    if _OURS.match(text):
        yield "ours"
    if addresses_reader(text):
        yield "reader"


def _said_of_it(sentence: Sentence, before: str, after: str) -> str:
    """What a sentence that only names what was said (`We call these features X`) names: the sentence before, or what follows its colon."""
    if after.lstrip().startswith(":") and len(after) > SHORTEST_CONTENT:
        return sentence.text
    return f"{before} {sentence.text}" if is_answer(before) and not is_dangling(before) else ""
