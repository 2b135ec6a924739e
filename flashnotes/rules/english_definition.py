"""`An X is a …`, `X refers to …`, `X (ABBR) measures …`: an English sentence whose subject is the term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import MarkKind
from flashnotes.rules._clauses import later_clauses
from flashnotes.rules._conditions import kind_by_condition
from flashnotes.rules._context import after_role
from flashnotes.rules._genus import is_kind, kind_cues, names_field, subject_cue, without_word_for_term
from flashnotes.rules._head import Head
from flashnotes.rules._lists import ITEM, sentences_with_lists
from flashnotes.rules._nouns import is_noun
from flashnotes.rules._passing import MASKED, term_in_passing
from flashnotes.rules._roles import is_meaning
from flashnotes.rules._terms import CITATION, head_of, is_symbol, said_twice, without_variable
from flashnotes.rules._text import (
    HIDDEN,
    addresses_reader,
    continued,
    is_answer,
    is_instruction,
    make,
    masked_by,
    points_elsewhere,
    without,
    without_announcement,
)
from flashnotes.rules._word_sets import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.notes import Note, Sentence

# Each alternative begins with a character of its own: a search for one of a few is many times as fast.
_ADVERBS = (
    r"usually|often|generally|typically|basically|simply|essentially|also|just|actually|commonly|once|originally|traditionally"
    r"|technically|informally|formally|only|mainly|primarily|sometimes|therefore|thus|then"
)
_ADVERB = rf"(?:(?:{_ADVERBS})\s+)*"
_DOES = (
    r"describes?|measures?|represents?|specif(?:y|ies)|determines?|controls?"
    r"|indicates?|captures?|quantif(?:y|ies)|assess(?:es)?|establish(?:es)?|introduces?|extends?"
    r"|improves?|addresses|accounts?|adjusts?|replaces?|weighs?|ranks?|treats?|builds?|tests?|checks?"
    r"|trains?|asks?|refines?|identif(?:y|ies)|detects?|classif(?:y|ies)|approximates?|balances?"
    r"|penalizes?|computes?|calculates?|estimates?|predicts?|maps?|assigns?|states?|says?|tells?|gives?"
    r"|aims?|tries|try|seeks?|attempts?|allows?|enables?|ensures?|provides?|involves?|includes?|consists?"
    r"|contains?|comprises?|combines?|uses?|utili[sz]es?|leverages?|emphasi[sz]es?|exploits?|occurs?"
    r"|arises?|happens?|appears?|refers?|helps?|makes?|creates?|generates?|produces?|takes?|converts?"
    r"|transforms?|removes?|reduces?|prevents?|eliminates?|penali[sz]es?|divides?|splits?|groups?|learns?"
    r"|finds?|stores?|holds?|shows?|compares?|evaluates?|focus(?:es)?|works?|assumes?|requires?|returns?"
    r"|performs?|applies|adds?|encodes?|defines?|explains?|stud(?:y|ies)|models?|outputs?|acts?|serves?"
    r"|accurately|selects?|organi[sz]es?|handles?|stems?|depends?|solves?|tends?|updates?|minimi[sz]es?"
    r"|maximi[sz]es?|looks?|deals?|concerns?|sends?|receives?|forms?|supports?|expresses|reflects?|manages?"
    r"|distributes?|mounts?|runs?|connects?|protects?|collects?|gathers?|keeps?|moves?|lets?|tracks?|follows?|offers?"
    r"|enforces?|governs?|summari[sz]es?|visuali[sz]es?|partitions?|routes?|hides?|wraps?|exposes?|isolates?|schedules?"
    r"|suggests?|guarantees?|posits|claims?|asserts?|proves?|argues?|demands?|translates?|extracts?|filters?|sorts?|prunes?|compresses|normali[sz]es?|smooths?|monitors?|validates?|reads?"
    r"|writes?|lists?|searches|scans?|explores?|shrinks?|adapts?|transfers?|aligns?|decomposes?"
)
"""Verbs that say what something does."""
_PREDICATE = re.compile(
    rf"\s(?:(?P<means>{_ADVERB}(?:refers?|relates?)\s+to|{_ADVERB}means(?=\s)|{_ADVERB}denotes?"
    rf"|stands?\s+for|signif(?:y|ies)|implies|(?:is|are|was|can\s+be|may\s+be)\s+{_ADVERB}(?:defined\s+(?:as|to\s+be)|the\s+term\s+for))"
    rf"|(?P<defined>(?:is|are|can\s+be|may\s+be|was)\s+{_ADVERB}(?:defined|described|understood"
    rf"|thought\s+of|viewed|interpreted|seen|regarded|considered|known|characterized|formulated"
    rf"|expressed)\b)"
    rf"|(?P<genus>(?:is|are|was|were)\s+{_ADVERB}(?:an?|any|one(?!\s+of\b))\b)"
    rf"|(?P<among>(?:is|are|was|were)\s+{_ADVERB}(?:one\s+of|some|all|another)\b)"
    rf"|(?P<the>(?:is|are|was|were)\s+{_ADVERB}the\b)"
    rf"|(?P<when>(?:is|are|was|were)\s+{_ADVERB}(?:when|where|how|what|that|whether|about)\b)"
    rf"|(?P<used>(?:is|are|can\s+be)\s+{_ADVERB}(?:used|designed|intended|meant|responsible|useful|applied"
    rf"|required|needed|employed|calculated|computed|obtained|given)\b)"
    rf"|(?P<does>{_ADVERB}(?:{_DOES})(?=\s))"
    rf"|(?P<is>(?:is|are)(?=\s)(?!\s(?:called|termed|named|said\s|referred\s))))\s"
)
_BEGINS = words_of(
    f"{_ADVERBS}|{_DOES}|refers?|relates?|means|denotes?|stands?|signif(?:y|ies)|implies|is|are|was|were|can|may"
)
"""The words that `_PREDICATE` can begin with."""
_LEAD = re.compile(
    r"^(?:however|therefore|thus|hence|moreover|furthermore|in addition|additionally|similarly"
    r"|in other words|that is|basically|essentially"
    r"|in (?:general|particular|practice|short|essence|contrast|statistics|mathematics|machine learning"
    r"|deep learning|linguistics|computer science|reinforcement learning|probability(?: theory)?|computing"
    r"|programming|nlp)"
    r"|more (?:formally|precisely|generally|specifically)|formally|intuitively|mathematically|here|now|so"
    r"|and|but|also|note that|recall that|remember that|first(?:ly)?|second(?:ly)?|finally|for simplicity"
    r"|technically|simply put|generally|typically|usually|by definition|traditionally|conversely"
    r"|on the other hand|in contrast)\b(?!-)\s*,?\s*",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"(?:(?:[Ii]n|[Tt]hroughout|[Ww]ithin)\sth(?:is|ese|e\spresent)\s(?:entry|notes?|document|text|(?:sub)?section|chapter|article|paper|books?|course|lecture"
    r"|post|page|guide|tutorial|report|glossary|context|setting|domain|field|area|framework|model|discussion)"
    r"|[Ff]or\s(?:our|present)\spurposes|[Aa]s\sused\s(?:here|in\sthis\s\w+)|[Bb]y\sconvention|[Cc]olloquially|[Ll]oosely(?:\sspeaking)?),?\s"
)
"""Where a word is used so, before it: `In this entry, **drift** means …`."""
_APPOSITION = re.compile(
    r"(?:,|\s)\s*(?:(?:also|sometimes|often|commonly|usually)\s+)*(?:known as|called|referred to as"
    r"|abbreviated(?: as| to)?|short for|or|a\.?k\.?a\.?|denoted(?: by| as)?|i\.e\.)\s+([^,]{2,60}),?$",
    re.IGNORECASE,
)
_ANY_VERB = re.compile(r"\s(?P<verb>[a-z]+s)\s")
_PERSON = re.compile(
    r"^[A-Z][\w.-]+(?: [A-Z][\w.-]+)+ (?:is|was) (?:an? |the )?(?:\w+ ){0,4}(?i:engineer|advocate|professor"
    r"|researcher|student|developer|author|scientist|founder|lecturer|manager|director|fellow"
    r"|maintainer)\b"
)
_VALUE = re.compile(r"[-−]?\d[\d.,]*\s*%?(?:\s\w+)?[.;,]?$")
"""A number and nothing else: what something comes to in one case."""
_LABEL = re.compile(r"\s*(?:[:：]|\s[-–]|—)\s+")
_INSTANCE = re.compile(
    r"\b(?:in this (?:case|example|scenario|context(?! (?:refers?|means?|is defined)\b))|in our (?:case|example)|^in (?:this|that|these|those"
    r"|our|the above)\b|here,|in the example)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:(?:the|an?)\s+)?", re.IGNORECASE)
_ONLY_IS = re.compile(r"(?:an?|one|another|the)?\s?(?:\w+\s){0,3}(?:is|are)\s(?:the\s|an?\s)?", re.IGNORECASE)
ENOUGH = 260
"""Characters after which no sentence about the same thing joins the back."""
_TELLS = frozenset(("means", "defined", "genus", "among", "the", "when"))
"""Predicates that say what something is: even a common noun can be their subject."""
_WHERE = re.compile(
    r"(?:in|on|at|for|as|by|with|within|under|given|among|like|unlike|during|after|before|while|when|if|since|because"
    r"|although|though|to|from|of|instead|rather|similar|based|compared|using|[a-z]+ly)\b",
    re.IGNORECASE,
)
"""What a clause before the subject begins with: `In statistics, the mode is …`."""
_APPOSED = re.compile(r"(?:an?|the|meaning|which|whence|son|daughter|part)\b", re.IGNORECASE)
"""What follows the subject between commas: `The Aar, a tributary of the Rhine, is …`."""
_INTERPOSED = re.compile(r",?\s(?:on the other hand|in contrast|by contrast|in turn|for its part)$")
"""What stands between a subject and its verb and belongs to neither."""
_COMMA = re.compile(",(?: |$)")
_FIELD_AFTER = re.compile(r"(?<=[\w)])(?:,\s(?:in|within)\s[^,]{3,40}|\sin\sthis\scontext)$")
"""The field that a term belongs to, said after it: `Entropy, in information theory, is …`, `Bias in this context refers to …`."""
LATEST_PREDICATE = 140
"""Characters before the verb, those in brackets and quotation marks not counted."""
MOST_HIDDEN = 200
"""Characters in brackets and quotation marks before the verb."""
SHORTEST_PREDICATE = 8
"""Characters after the verb."""
_SETS_A_MEANING = frozenset(("means", "defined"))
"""Predicates that say how a word is used."""


def english_definition(note: Note) -> Iterator[Candidate]:
    """An English sentence says what its subject is, means, does or is for: `A sample is a subset of …`."""
    for sentence in sentences_with_lists(note):
        if len(sentence.text) > 15 and (sentence.text.isascii() or sentence.text[:40].count(" ") > 3):
            found = _read(sentence)
            beside = _beside(sentence, found)
            if found and not (beside and (_only_names(sentence, beside) or _is_set_of(found, beside))):
                yield found
            if beside:
                yield beside
            if found and (", " in sentence.text or "; " in sentence.text):
                yield from _later(sentence, found)


def _first_word(text: str) -> int:
    """Where in `text` a word stands that `_PREDICATE` can begin with, or before; -1 if there is none."""
    for word in text.split():
        if word in _BEGINS:
            return max(text.find(word) - 1, 0)
    return -1


def _read(sentence: Sentence) -> Candidate | None:
    led = after_role(sentence)
    text = without_announcement(without(_LEAD, sentence.text[led:].strip()))
    unscoped = without(_SCOPE, text)
    scoped, text = unscoped is not text, unscoped
    masked = masked_by(MASKED, text)
    found = _predicate(sentence, masked)
    if found is None or masked.endswith("?") or not _stands(text, found.end()) or kind_by_condition(text):
        return None
    if scoped and found.lastgroup not in _SETS_A_MEANING:
        return None
    start = _after_label(masked, found.start())
    if start is None:
        return None
    common = found.lastgroup in _TELLS
    start += said_twice(masked[start : found.start()])
    head = _subject(text[start : found.start()], common=common)
    if head is None or is_symbol(head.term):
        return None
    offset = sentence.start + max(sentence.text.find(text[:12]), 0) + start
    back = text[start:]
    cues = (*_kind_cues(text[start:], found, start), *_cues(sentence, head, back))
    if (start or led) and is_meaning((text[:start] or sentence.text[:led]).rstrip(" -–—")):
        cues = (*cues, "after role")
    if offset > sentence.start and not back[:2].isupper():
        back = back[:1].upper() + back[1:]
    back += continued(sentence, ENOUGH)
    return make(CardKind.DEFINITION, head, back, sentence.block, offset=offset, cues=cues)


def _predicate(sentence: Sentence, masked: str) -> re.Match[str] | None:
    """The verb that says what the subject is or does."""
    latest = LATEST_PREDICATE + masked.count(HIDDEN, 0, LATEST_PREDICATE + MOST_HIDDEN)
    first = _first_word(masked)
    if first >= 0:
        first = max(first, _end_of_lead(sentence, masked) - 1)
    found = _PREDICATE.search(masked, first, latest) if first >= 0 else None
    if found and is_noun(masked, found):
        found = _PREDICATE.search(masked, found.end() - 1, latest)
    return found or _set_off_lead(sentence, masked)


def _stands(text: str, end: int) -> bool:
    """Whether the sentence whose predicate ends at `end` says something that holds outside its place."""
    if len(text) - end < SHORTEST_PREDICATE or not is_answer(text) or is_instruction(text):
        return False
    return not (
        (_may_be_instance(text) and _INSTANCE.search(text)) or _PERSON.match(text) or _VALUE.match(text, end)
    )


def _may_be_instance(text: str) -> bool:
    """Whether `text` holds what `_INSTANCE` cannot do without."""
    lower = text.casefold()
    return "in th" in lower or "in our" in lower or "here," in lower


def _kind_cues(text: str, found: re.Match[str], start: int) -> Iterator[str]:
    """What the predicate `found` is and what it says; `text` begins at `start` of the sentence."""
    group, said = found.lastgroup or "", text[found.end() - start :]
    if group == "is" and found[0].split()[0] == "are" and is_kind(said):
        group = "kinds"
    yield f"en {group}"
    yield subject_cue(text)
    if group in ("genus", "the", "kinds"):
        yield from kind_cues(found[0].strip(), said, ranks=group == "the")


def _cues(sentence: Sentence, head: Head, text: str) -> Iterator[str]:
    place = sentence.block.text.find(head.term, sentence.start)
    if place >= 0 and sentence.block.is_strong_at(place):
        yield "bold subject"
    if addresses_reader(text):
        yield "reader"
    if points_elsewhere(text):
        yield "elsewhere"
    if names_field(text):
        yield "in field"
    if ITEM in text:
        yield "with list"


def _set_off_lead(sentence: Sentence, masked: str) -> re.Match[str] | None:
    """Any verb after a subject that is set in bold or links to its page."""
    end = _end_of_lead(sentence, masked)
    return _ANY_VERB.match(masked, end) if end else None


def _end_of_lead(sentence: Sentence, masked: str) -> int:
    """Where the words end that the sentence opens with in bold or as a link, an article before them or none; 0 without such."""
    if sentence.number or not sentence.block.marks:
        return 0
    if sentence.text.partition(" ")[0] != masked.partition(" ")[0]:
        return 0  # a role or remark was taken off before it
    article = _ARTICLE.match(masked)
    opens = article.end() if article else 0
    ends = [
        mark.end
        for mark in sentence.block.marks
        if mark.start in (0, opens) and mark.kind in (MarkKind.STRONG, MarkKind.LINK)
    ]
    return ends[0] if ends else 0


def _only_names(sentence: Sentence, beside: Candidate) -> bool:
    """Whether the sentence's own subject is only said to be what it then defines: `One assumption is stationarity, meaning …`."""
    return _ONLY_IS.fullmatch(sentence.text[: max(sentence.text.find(beside.front), 0)]) is not None


def _is_set_of(found: Candidate, beside: Candidate) -> bool:
    """Whether the sentence's own subject is only how many there are of what it defines: `A set of **states**, which are …`."""
    return found.front.endswith(f" of {beside.front}")


def _beside(sentence: Sentence, first: Candidate | None) -> Candidate | None:
    """What a sentence about something else says of a term: `… the X, which is a …`, `In *X*, …`."""
    text = sentence.text
    cue, (start, end) = term_in_passing(sentence)
    if not end or text.endswith("?") or points_elsewhere(text) or not is_answer(text):
        return None
    head = head_of(text[start:end])
    if head is None or is_symbol(head.term) or (first and first.front == head.term):
        return None
    back = text if cue in ("en in", "en by", "en define") else text[start:]
    if cue == "en colon" and "$$" in back:
        return None
    return make(
        CardKind.DEFINITION,
        head,
        back[:1].upper() + back[1:],
        sentence.block,
        offset=sentence.start + start,
        cues=(cue, subject_cue(text[start:]), *_cues(sentence, head, text)),
    )


def _later(sentence: Sentence, first: Candidate) -> Iterator[Candidate]:
    """What further clauses of a sentence say of other terms, its first being about `first`."""
    text = sentence.text
    for start, subject_end, end, turns in later_clauses(masked_by(MASKED, text)):
        head = _subject(text[start:subject_end], common=True)
        back = text[start:end].strip(" ,;")
        if (
            head
            and not is_symbol(head.term)
            and head.term.casefold() != first.front.casefold()
            and is_answer(back)
        ):
            cues = ("en turns" if turns else "en parallel", subject_cue(back), *_cues(sentence, head, back))
            back = back[:1].upper() + back[1:]
            yield make(
                CardKind.DEFINITION, head, back, sentence.block, offset=sentence.start + start, cues=cues
            )


def _may_be_apposed(text: str) -> bool:
    """Whether `text` holds what `_APPOSITION` cannot do without."""
    lower = text.casefold()
    return (
        "or" in lower
        or "call" in lower
        or "as" in lower
        or "denoted" in lower
        or "abbreviated" in lower
        or "i.e." in lower
        or "ak" in lower
        or "a.k" in lower
    )


def _after_label(masked: str, end: int) -> int | None:
    """Where the subject begins: after a label and its colon; None if nothing stands between."""
    if not (":" in masked or "：" in masked or "-" in masked or "–" in masked or "—" in masked):
        return 0
    starts = [found.end() for found in _LABEL.finditer(masked, 0, end + 1)]
    if not starts:
        return 0
    return starts[-1] if starts[-1] < end else None


def _between_commas(text: str, masked: str) -> str:
    """The subject of `text` without the clause before it or the apposition after it."""
    commas = [found.start() for found in _COMMA.finditer(masked)]
    if len(commas) == 2 and _WHERE.match(masked):
        text, masked, commas = _after(commas[0], text), _after(commas[0], masked), [commas[1] - commas[0] - 2]
    if len(commas) != 1:
        return text
    apposed = _APPOSED.match(masked, commas[0] + 2) and not _WHERE.match(masked)
    return text[: commas[0]] if apposed else _after(commas[0], text)


def _after(comma: int, text: str) -> str:
    return text[comma + 2 :]


def _subject(text: str, *, common: bool) -> Head | None:
    aliases: tuple[str, ...] = ()
    if "[" in text:
        text = CITATION.sub("", text)
    text = _INTERPOSED.sub("", text.rstrip(", "))
    text = without_word_for_term(_FIELD_AFTER.sub("", text) if "," in text or "context" in text else text)
    bare = masked_by(MASKED, text)
    if _may_be_apposed(bare) and (named := _APPOSITION.search(bare)):
        other = head_of(text[named.start(1) : named.end(1)])
        aliases = (other.term, *other.aliases) if other else ()
        text = text[: named.start()].rstrip(", ")
    if ", " in text:
        text = _between_commas(text, bare[: len(text)])
    head = head_of(text, common=common)
    return without_variable(Head(head.term, (*head.aliases, *aliases))) if head else None
