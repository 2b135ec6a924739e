"""`Q: …` / `A: …`, and a heading or bold line that asks: the question and the answer that follows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.models import Candidate, CardKind
from flashnotes.notes import Block, BlockKind, MarkKind
from flashnotes.rules._text import addresses_reader, is_answer, is_cut_off, is_instruction, points_elsewhere
from flashnotes.rules.written_card import is_written
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flashnotes.notes import Note

_BASIC = CardKind.BASIC
_CODE_BLOCK, _FORMULA_BLOCK, _ROW, _HEADING, _PARAGRAPH, _ITEM = (
    BlockKind.CODE,
    BlockKind.FORMULA,
    BlockKind.ROW,
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
)
_STRONG_MARK = MarkKind.STRONG
_Q = re.compile(
    r"^(?:Q|F|Question|问题?|提问|问)\s*\d*\s*[:：.)]\s*(?P<text>\S.*)$", re.IGNORECASE | re.DOTALL
)
_QUESTION_BEGINS = "QqFf问提"
"""The characters that `_Q` can begin with."""
_A = re.compile(
    r"^(?:A|B|Ans|(?:sample |model |suggested )?Answer|(?:参考|标准|正确)?(?:答案?|回答|解答)|答)\s*\d*\s*[:：.)]+\s*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ANSWER = re.compile(
    r"\W*(?:(?:sample |model |suggested )?answer|(?:参考|标准|正确)?(?:答案|回答|解答))\s*[:：]?",
    re.IGNORECASE,
)
"""A line that says that the answer follows: what stands before it, a hint or what is examined, is none."""
_ADDRESS = re.compile(r"\s*https?://\S+\s*")
_NUMBER = re.compile(
    r"^(?:Q\s*\d+\s*[:：.、]?|Q[.、]\s+|\d+(?:[-.]\d+)*[.、．:：)）]?\s+|[(（]\d+[)）]\s*|\d+[.、．]"
    r"|[一二三四五六七八九十]+、|问题?\s*\d*\s*[:：]|面试题\s*\d*[:：]?)\s*"
)
_ASKS = re.compile(
    r"[?？]\s*$|^(?:describe|explain|define|compare|discuss)\s(?:how|what|why|when|the|an?|each|[\w-]+\s(?:and|vs\.?|versus)\s).{6,}|^(?:什么是|何为|为什么|怎么|如何|简述|请(?:简述|描述|解释|说明|谈谈)|what (?:is|are)|why"
    r"|how (?:do|does|is|are|to|can)).{4,}"
)
_TASKS = ("Describe ", "Explain ", "Define ", "Compare ", "Discuss ")
"""How a question of an examination opens that asks nothing by its form."""
_PICTURES = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")
_ASKER = re.compile(r"^[^:：?？]{1,12}[:：]\s*(?=.{6,}[?？。]$)")
_RHETORIC = re.compile(
    r"\b(?:which|what) of the following\b|\btrue or false\b|以下(?:哪|说法|选项)|下列(?:哪|说法|选项)|"
    r"^(?:why\??|how\??|what\??|so what\??|为什么\??|怎么办|怎么做|如何做|是什么)[?？]?$|\bwe\b|\byou\b"
    r"|我们|(?<!能否)你"
)
_OF_A_TERM = re.compile(
    r"(?:(?:can|could) you (?:please )?(?:explain|define|describe)|how (?:would|do|can|could) you (?:define|describe|explain|interpret|calculate|compute|detect|handle|measure)"
    r"|(?:when|why|what for) (?:would|do|should|might) (?:you|we) (?:use|choose|prefer|need|want to use|pick)|what (?:is|are|does)|what's|why (?:is|are|does)|how (?:is|are|does))\s.{3,}"
)
"""A question about a thing, whoever it is put to: an interviewer asks `How would you define …`."""
_POINTS = re.compile(
    r"^(?:(?:so|and|but|then|when|where|why|how|what|which|who|whom|whose|do|does|did|is|are|was|were|can|could|should"
    r"|would|will|has|have|had|to|much|many|often|well|far|long|exactly)\s+)*"
    r"(?:they|them|these|those|this|he|she|here|it(?!\s.*\b(?:to|that|if|when)\b))\b"
    r"|^(?:那么|那|但|但是|所以|因此)?[，,]?(?:为什么|为何|如何|怎么|怎样|什么时候|何时)?(?:要|会|能|可以|是)?"
    r"(?:它|这[个种样里是些]?|该|此|其(?![他它中实余])|他们)"
)
"""A question about something that it does not name."""
_WHAT_IS = r"(?:[Ww]hat(?:'s|\s(?:is|are|does))\s|什么(?:是|叫做?)|何为|何谓)"
_ASKED_FIRST = re.compile(
    rf"(?:\d+[.)、]\s*)?({_WHAT_IS}[^?？。.!！]{{1,80}}[?？]"
    r"|为什么[^?？。!！]{3,40}[?？](?=\s*(?:这是)?(?:因为|由于|原因))"
    r"|[Ww]hy\s[^?.!]{6,80}\?(?=\sBecause\b))\s*(?=\S)"
)
_WHAT = re.compile(_WHAT_IS)
SHORTEST_QUESTION, SHORTEST_CHINESE = 7, 5
"""Characters of a question, a Chinese one says more with fewer."""
LONGEST_QUESTION = 100
"""Characters of a question that its answer follows on the line or in a list."""
LEAST_ANSWER = 16
"""Characters of an answer on the line of its question, in Chinese half as many."""
LONGEST_ANSWER = 420
"""Characters; an answer goes on over paragraphs up to this length."""
MOST_BEFORE_ANSWER = 6
"""Blocks between a question and the line that says that the answer follows."""
_FOLLOWING = 200
"""Blocks after a question that are looked at: a note of twenty thousand questions must not be copied for each."""


def question(note: Note) -> Iterator[Candidate]:
    """A question with its answer: `Q:` and `A:` lines, or a heading or bold line that asks."""
    blocks = note.blocks
    for number, block in enumerate(blocks):
        if block.text[:1] not in _QUESTION_BEGINS and not _may_ask(block.text):
            continue
        if both := _asked_and_answered(block):
            yield Candidate(
                CardKind.BASIC,
                *both,
                block.line,
                headings=block.headings,
                cues=("asked inside", *_doubts(both[1])),
            )
            continue
        asked = _asked(block) or _asked_over(block, blocks[number + 1 : number + 2])
        if asked:
            answer = _answer(blocks[number + 1 : number + _FOLLOWING], block, explicit=asked[1] == "Q:")
            if answer and is_answer(answer[0]) and not _asks_back(answer[0]):
                text, at = answer
                cues = (asked[1], *_doubts(text))
                if "exercise" in cues and asked[1] != "Q:":
                    continue
                yield Candidate(_BASIC, asked[0], text, at.line, headings=at.headings, cues=cues)


def _asks_back(answer: str) -> bool:
    """Whether `answer` is one more question."""
    return answer.endswith(("?", "？")) and not any(stop in answer for stop in ("。", ". ", "\n"))


def _doubts(answer: str) -> Iterator[str]:
    """What makes an answer one for the reader of the article alone."""
    if addresses_reader(answer[:160]):
        yield "reader"
    if points_elsewhere(answer[:160]):
        yield "elsewhere"
    if is_instruction(answer):
        yield "exercise"


def _asked(block: Block) -> tuple[str, str] | None:
    """The question that `block` asks, and how it is marked."""
    if block.kind in (_CODE_BLOCK, _FORMULA_BLOCK, _ROW) or len(block.text) > 300:
        return None
    if block.text[:1] in _QUESTION_BEGINS and block.kind is not _HEADING and (found := _Q.match(block.text)):
        return found["text"].strip(), "Q:"
    if not _may_ask(block.text):
        return None
    plain = _PICTURES.sub("", block.text).strip()
    unnumbered = _NUMBER.sub("", plain).strip()
    text = _ASKER.sub("", unnumbered)
    if len(text) < (SHORTEST_CHINESE if has_cjk(text) else SHORTEST_QUESTION) or not _is_question(
        text.lower()
    ):
        return None
    if block.kind is _HEADING:
        return text, "asking heading"
    if any(mark.kind is _STRONG_MARK and mark.end - mark.start >= len(text) - 2 for mark in block.marks):
        return text, "asking bold"
    if unnumbered != plain and block.kind is _PARAGRAPH and text.endswith(("?", "？")):
        return text, "asking number"
    if block.marks and block.marks[0].start == 0 and unnumbered != plain and len(text) > 8:
        return text, "asking number"
    return None


def _asked_over(block: Block, following: Sequence[Block]) -> tuple[str, str] | None:
    """The question that a list item asks of the items under it, or a line of the one after it."""
    below = following[0] if following else None
    if below is None or not block.text.endswith(("?", "？")) or len(block.text) > LONGEST_QUESTION:
        return None
    if below.kind not in (_ITEM, _PARAGRAPH) or not _is_question(block.text.lower()):
        return None
    if block.kind is _ITEM:
        inside = below.level > block.level or below.parents[-1:] == (block.text,)
        return (block.text, "asking item") if inside else None
    is_line = block.kind is _PARAGRAPH and below.line <= block.line + 2
    return (block.text, "asking line") if is_line and _asks_what(block.text) else None


def _asks_what(text: str) -> bool:
    """Whether `text` asks what something is."""
    return _WHAT.match(text) is not None or text.rstrip("?？ ").endswith("是什么")


def _asked_and_answered(block: Block) -> tuple[str, str] | None:
    """The question that a paragraph or list item opens with, and the answer that is the rest of it."""
    text = block.text
    if block.kind not in (_PARAGRAPH, _ITEM) or not (
        "?" in text[:LONGEST_QUESTION] or "？" in text[:LONGEST_QUESTION]
    ):
        return None
    found = _ASKED_FIRST.match(text)
    if found is None or not _is_question(found[1].lower()):
        return None
    answer = text[found.end() :].strip()
    return (found[1], answer) if _is_short_answer(answer) else None


def _is_short_answer(text: str) -> bool:
    """Whether `text` can answer a question on its own line."""
    least = LEAST_ANSWER // 2 if has_cjk(text) else LEAST_ANSWER
    return least < len(text) <= LONGEST_ANSWER and is_answer(text) and not text.endswith(("?", "？"))


def _is_question(lower: str) -> bool:
    """Whether `lower`, in small letters, asks something that can be answered from the note."""
    if not _ASKS.search(lower) or _POINTS.match(lower):
        return False
    return not _RHETORIC.search(lower) or _OF_A_TERM.match(lower) is not None


def _may_ask(text: str) -> bool:
    """Whether `text` holds what `_ASKS` cannot do without."""
    if "?" in text or "？" in text:
        return True
    if not text.isascii() and (
        "什么" in text or "何" in text or "怎么" in text or "简述" in text or "请" in text
    ):
        return True
    if text[:1] in "DECdec" and text[:9].capitalize().startswith(_TASKS):
        return True
    if "h" not in text and "H" not in text:
        return False
    lower = text.casefold()
    return "what" in lower or "why" in lower or "how" in lower


def _answer(following: Sequence[Block], asked: Block, *, explicit: bool) -> tuple[str, Block] | None:
    """The text that answers: up to the next heading or question, and as long as an answer may be."""
    parts: list[str] = []
    first: Block | None = None
    for block in following if explicit else _after_label(following):
        if _is_beside(block, asked, bool(parts)) or block.kind in (_HEADING, _CODE_BLOCK, _ROW):
            break
        if parts and _ends(block, asked, explicit=explicit):
            break
        text = f"$${block.text}$$" if block.kind is _FORMULA_BLOCK else block.text
        if found := _A.match(block.text):
            text = found["text"].strip()
        elif explicit and first is None:
            return None
        if parts and sum(map(len, parts)) + len(text) > LONGEST_ANSWER:
            break
        if _is_no_answer(block):
            continue
        first = first or block
        if text and not is_cut_off(text):
            parts.append(text if block.kind is not _ITEM else f"- {text}")
    return ("\n".join(parts), first) if parts and first else None


def _after_label(following: Sequence[Block]) -> Sequence[Block]:
    """The blocks `following` a question, from the line on that says that the answer follows, where one does."""
    for number, block in enumerate(following[:MOST_BEFORE_ANSWER]):
        if _ANSWER.fullmatch(block.text):
            return following[number + 1 :]
        if block.kind is _HEADING:
            break
    return following


def _is_no_answer(block: Block) -> bool:
    """Whether `block` is an open task, a link or an address."""
    return block.checked is False or block.is_link or _ADDRESS.fullmatch(block.text) is not None


def _is_beside(block: Block, asked: Block, answered: bool) -> bool:
    """Whether `block` stands beside the list item that asked and not in it; what does may answer where nothing did yet."""
    if asked.kind is not _ITEM or block.level > asked.level or block.parents[-1:] == (asked.text,):
        return False
    return answered or (block.kind is _ITEM and bool(block.ordinal) == bool(asked.ordinal))


def _ends(block: Block, asked: Block, *, explicit: bool) -> bool:
    """Whether `block` no longer belongs to the answer."""
    if _asked(block) or block.text.startswith("C:") or (_heads(block) and asked.is_strong_at(0)):
        return True
    if is_written(block):
        return True
    return explicit and block.level < asked.level


def _heads(block: Block) -> bool:
    """Whether `block` is a paragraph that begins in bold, as a heading of its own."""
    return block.kind is _PARAGRAPH and block.is_strong_at(0)
