"""`… is known as X`, `… is called X`, `…, called X`: the English term comes after its content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.rules._terms import head_of, is_symbol
from flashnotes.rules._text import (
    addresses_reader,
    is_answer,
    is_dangling,
    is_instruction,
    make,
    points_elsewhere,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence

_NAMING = re.compile(
    r"(?P<verb>\b(?:is|are|was)\s+(?:(?:also|often|commonly|usually|sometimes|generally)\s+)*(?:known\s+as"
    r"|called|termed|named|referred\s+to\s+as|denoted)"
    r"|\bwe\s+call(?:\s+(?:this|it|these|them))?|,?\s(?:called|termed|known\s+as))\s+"
    r"(?:an?\s+|the\s+)?[\"“'*_]?(?P<term>[A-Za-z$\\][^,.;:!?\"”()]{1,50}?)[\"”'*_]?\s*(?P<bracket>\([^()]"
    r"{1,60}\))?"
    r"(?=[,;:!?\"”)]|\.(?:\s|$)|\s(?:and|which|that|because|since|in|for|by|when|where|if|to|of|due|after|as|is|are"
    r"|was|under|on|at|or|but|with|than|from|before|during|via|within|while|whose|who|can|may|will|has|have)\b|$)"
)
_OURS = re.compile(
    r"(?:(?:so|now|here|then|thus|fortunately|finally)\s*,?\s*)?(?:we|our|let)\b", re.IGNORECASE
)
SHORTEST_CONTENT = 20
"""Characters before the verb."""


def english_naming(note: Note) -> Iterator[Candidate]:
    """An English sentence gives something its name at the end: `The task of … is called tokenization`."""
    for sentence in note.sentences:
        if (
            "call" in sentence.text
            or "known as" in sentence.text
            or "termed" in sentence.text
            or "referred" in sentence.text
        ):
            yield from _read(sentence)


def _read(sentence: Sentence) -> Iterator[Candidate]:
    text = sentence.text
    if not is_answer(text) or points_elsewhere(text) or is_instruction(text) or text.endswith("?"):
        return
    for found in _NAMING.finditer(text):
        content = text[: found.start()].strip()
        if len(content) < SHORTEST_CONTENT or content.count("(") > content.count(")"):
            continue
        head = head_of(found["term"] + " " + (found["bracket"] or ""), common=True)
        if head is None or is_symbol(head.term):
            continue
        cues = ["en named" if found["verb"].lstrip().startswith(("is", "are", "was")) else "en called"]
        if is_dangling(text):
            cues.append("dangling")
        if _OURS.match(text):
            cues.append("ours")
        if addresses_reader(text):
            cues.append("reader")
        yield make(CardKind.DEFINITION, head, text, sentence.block, offset=sentence.start, cues=tuple(cues))
