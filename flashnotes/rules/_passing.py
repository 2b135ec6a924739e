"""A term that an English sentence about something else says what it is: `… the X, which is a …`, `In *X*, …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.notes import MarkKind
from flashnotes.rules._context import context_head
from flashnotes.rules._text import masked_by

if TYPE_CHECKING:
    from flashnotes.notes import Sentence

_CODE_MARK, _LINK_MARK, _EMPHASIS_MARK = MarkKind.CODE, MarkKind.LINK, MarkKind.EMPHASIS
MASKED = re.compile(
    r"\$[^$]+\$|\[[^\[\]]{1,60}(?:19|20)\d\d[a-z]?\]|\([^()（）]*[)）]|（[^()（）]*[)）]|“[^”]{0,60}”|\"[^\"]{0,60}\""
)
_WHICH_IS = re.compile(
    r"\b(?:the|an?|called|of|as|use|uses|using|by|is|are|on)\s(?:the\s|an?\s)?(?P<term>[A-Za-z][\w’'-]*(?:\s[\w’'-]+){0,3})(?:\s\x00+)?,\s"
    r"(?:which\s(?:is|are|was|means?|refers?\sto|measures?|denotes?|describes?|represents?|assigns?|gives?|tells?|states?)"
    r"\s(?=an?\b|the\b|how\b|when\b|that\b|where\b|whether\b)|(?:meaning|implying)\s(?:that\s)?(?=\w+\s))"
    r"|\b(?:issue|problem|phenomenon|concept|idea|notion|process|technique|method|practice|effect|task|case)\sof\s"
    r"(?P<named>[A-Za-z][\w’'-]*(?:\s[\w’'-]+){0,3})(?:\s\x00+)?,\s(?:where|in\swhich|by\swhich|whereby)\s(?=an?\b|the\b|each\b|all\b|some\b|one\b|we\b|\w+s\b)"
)
"""A term in passing, and after it what it is."""
_BY = re.compile(
    r"[Bb]y\s(?:the\s(?:term|word)\s)?(?:an?\s|the\s)?[\"“*]?(?P<term>[A-Za-z][\w’'-]*(?:\s[\w’'-]+){0,3}?)[\"”*]?,?\s(?:we|I|one|people|authors)\s(?:\w+ly\s)?means?\s(?=\w)"
)
"""`By regularization we mean …`."""
_DEFINE = re.compile(
    r"(?:(?:So|Thus|Then|Hence|Now|Here|Formally),?\s)?(?:[Ww]e|[Ll]et\sus|One|I)?\s?(?:(?:can|may|now|then|thus|also|will)\s){0,2}[Dd]efines?\s(?:the\s|an?\s)?"
    r"[\"“*]?(?P<term>[A-Za-z][\w’'-]*(?:\s(?!as\b|to\b)[\w’'-]+){0,4})[\"”*]?(?:\s\x00+)?\s(?:as|to\sbe)\s(?!such\b|follows\b|below\b|the\sfollowing)(?=\w)"
)
"""`We define regret as …`."""
_IN = re.compile(
    r"(?:(?:on the (?:other|one) hand|however|but|instead|similarly|finally|meanwhile), )?in ", re.IGNORECASE
)
SHORTEST_LEAD = 4
"""Characters before a term that stands in a sentence and not at its beginning."""
SHORTEST_SAID = 24
"""Characters after a term and its colon."""
_ONE = re.compile(r"\b(?:an?|of|the)\s$")
_TOLD_APART = re.compile(
    r"(?:\s\([^()]*\))?,?\s(?:that|which)\s(?:is|are|maps?|means?|measures?|describes?|represents?|tells?|gives?|determines?"
    r"|contains?|consists?|defines?|computes?|controls?|stores?|uses?|takes?|allows?|can|assigns?|estimates?|predicts?)\s"
)
_WHICH_DOES = re.compile(r"(?:\s\([^()]*\))?,\swhich\s(?:is|are|[a-z]{3,}(?<!s)s)\s\w")
"""What a term that is set off does, said of it alone: `They use *importance sampling*, which weights …`."""
_COUNTED = re.compile(
    r"(?:The|An?|One|Another)\s(?:(?:first|second|third|fourth|other|last|next|simplest|former|latter|alternative)(?:\s[a-z-]+){1,3}|[a-z]+(?:\s[a-z]+)?),\s(?:called\s|known\sas\s|the\s|an?\s)?$"
)
"""What is counted before its name, between commas: `The first variant, *X*, uses …`."""
_AFTER_NAME = re.compile(r",\s(?!which\b|or\b|and\b)(?:is\s(?:an?|the)\b|[a-z]{3,}(?<!s)s\s)")
_PREPOSED = re.compile(r"(?:\b(?:not|than|unlike|without|very|really|only|\w+ly)\s|[-/])$", re.IGNORECASE)
LONGEST_FIELD = 48
"""Characters of `In X` before its comma."""


def term_in_passing(sentence: Sentence) -> tuple[str, tuple[int, int]]:
    """The cue of such a term and where it stands in the sentence; nowhere if there is none."""
    text = sentence.text
    if "efine" in text and (defined := _DEFINE.match(masked_by(MASKED, text))):
        return "en define", defined.span("term")
    if "mean" in text and (meant := _BY.match(text)):
        return "en by", meant.span("term")
    named = _WHICH_IS.search(masked_by(MASKED, text)) if _may_name(text) else None
    return ("en which", named.span(named.lastgroup or 0)) if named else _set_off_inside(sentence)


def _may_name(text: str) -> bool:
    """Whether `text` holds what `_WHICH_IS` cannot do without."""
    return (
        ", whe" in text
        or ", which" in text
        or ", in which" in text
        or ", meaning" in text
        or ", implying" in text
        or ", by which" in text
    )


def _set_off_inside(sentence: Sentence) -> tuple[str, tuple[int, int]]:
    """The cue of a term that is set off inside the sentence, and where it stands; nowhere if there is none."""
    if (span := _in_marked(sentence))[1] or not sentence.block.marks:
        return "en in", span
    if (span := _before_colon(sentence))[1]:
        return "en colon", span
    return "en that", _before_clause(sentence)


def _in_marked(sentence: Sentence) -> tuple[int, int]:
    """Where in `In *X*, …` the term begins and ends that is set off; nowhere if none is."""
    opens = _IN.match(sentence.text)
    if opens is None:
        return 0, 0
    begin = sentence.start + opens.end()
    for mark in sentence.block.marks:
        if mark.start == begin and mark.kind is not _CODE_MARK and mark.kind is not _LINK_MARK:
            end = mark.end - sentence.start
            return (opens.end(), end) if sentence.text[end : end + 1] == "," else (0, 0)
    if opens.end() != len("In "):
        return 0, 0
    end = sentence.text.find(",", len("In "), LONGEST_FIELD)
    heading = sentence.block.headings[-1] if sentence.block.headings else ""
    return (len("In "), end) if end > 0 and sentence.text[len("In ") : end] in _cases(heading) else (0, 0)


def _cases(heading: str) -> tuple[str, ...]:
    """The term of `heading` as a sentence may write it."""
    head = context_head(heading) if heading else None
    return (head.term, head.term.casefold(), *head.aliases) if head else ()


def _before_colon(sentence: Sentence) -> tuple[int, int]:
    """Where in `… the *X*: …` the term begins and ends that is set off before a colon; nowhere if none is."""
    if ":" not in sentence.text:
        return 0, 0
    text, begin = sentence.text, sentence.start
    for kind, start, end in sentence.block.marks_within(begin, begin + len(text)):
        if kind is _EMPHASIS_MARK and begin + SHORTEST_LEAD <= start and end <= begin + len(text):
            colon = end - begin if text[end - begin :][:1] == ":" else end - begin - 1
            if text[colon] == ":" and len(text) - colon > SHORTEST_SAID:
                return start - begin, colon
    return 0, 0


def _before_clause(sentence: Sentence) -> tuple[int, int]:
    """Where in `… a **X** that maps …` the term begins and ends that is set off and then told apart; nowhere if none is."""
    text, begin = sentence.text, sentence.start
    for kind, start, end in sentence.block.marks_within(begin, begin + len(text)):
        first, last = start - begin, end - begin
        if kind is _CODE_MARK or kind is _LINK_MARK or first < SHORTEST_LEAD or last > len(text):
            continue
        if _TOLD_APART.match(text, last) and _ONE.search(text, first - SHORTEST_LEAD, first):
            return first, last
        if _AFTER_NAME.match(text, last) and _COUNTED.match(text, 0, first):
            return first, last
        if _WHICH_DOES.match(text, last) and not _PREPOSED.search(text, 0, first):
            return first, last
    return 0, 0
