"""What the wording of a front and a back tells of a candidate: how they begin and end, and whether they ask somebody to act."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flashnotes.models import CardKind
from flashnotes.rules._terms import is_generic
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.models import Candidate

IMPERATIVES = frozenset(
    """
    accelerate accept access achieve adapt adjust adopt aggregate align allocate allow analyze annotate
    answer append apply ask assess assign attach avoid balance begin benchmark bind boost break bring
    browse cache calculate call capture cast categorize center change check choose clean clear click clone
    close collect combine commit compare compile complete compute configure confirm connect consider
    construct convert copy count create customize cut debug decide declare decompose define delete deploy
    derive describe design detect determine develop disable discuss display divide do document download
    draw drop edit eliminate enable encode encourage enforce ensure enter estimate evaluate examine
    execute expand experiment explain explore export express extend extract feed fetch fill find finish
    fit fix follow format gather generate get give go group handle help hide identify ignore implement
    import improve increase initialize insert inspect install integrate introduce investigate invoke join
    keep label launch learn leave limit list listen load locate lock log look loop lower maintain make
    manage manipulate map maximize measure merge minimize mitigate modify monitor move multiply name
    navigate normalize observe obtain offload open optimize order organize output pass perform pick place
    plan plot point predict prefer prepare preprocess press prevent print prioritize process produce
    promote protect prove provide pull push put raise randomize reach read rebuild recall receive
    recognize record reduce refer refine register reject release reload remember remove rename repeat
    replace report represent request require rescale reset resize resolve restart restore restrict
    retrieve return reuse review rewrite run sample save scale search select send separate serve set shape
    share show shuffle simplify simulate skip solve sort specify split start stay stop store structure
    submit substitute subtract suggest sum summarize support swap switch take tell test tighten trace
    track train transform translate try tune turn type uncover understand unify uninstall update upgrade
    upload use utilize validate verify view visit visualize wait walk watch weigh work wrap write
    """.split()
)
"""English verbs that notes begin instructions with."""
_GOVERNS = frozenset(
    "the a an each all every your its up out off in into from with to for on by as over".split()
)
"""What follows a verb sooner than the noun of a name: `train on the …`, not `training set`."""
_GROUPS = {
    word: group
    for group, words in {
        "article": "a an the",
        "wh": "where when if while because since",
        "to": "to for",
        "prep": "in on at by with from of during after before",
        "is": "is are was were can may will",
        "and": "and or but so also",
        "we": "we you i our your let",
        "it": "it they this these that its",
        "quant": "all each every some any many most several both one two three",
        "not": "not no only just",
        "neg": "unlike instead although however",
        "use": "used using use uses",
    }.items()
    for word in words.split()
}
_WORD = re.compile(r"[A-Za-z'’]+|\d|[$(\"“`]|[\u4e00-\u9fff]")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|by which)\b")
_ABSTRACT = ("ion", "ment", "ity", "ness", "ance", "ence")
_SIMPLE_OPENERS = frozenset(("label", "heading", "outline", "table", "definition_list", "question"))
_DEFINITION = CardKind.DEFINITION
EARLY = 60
"""Characters after the term in which a clause that sets it apart stands early."""


@lru_cache(maxsize=4096)
def opening_of(text: str) -> str:
    """What sort of word `text` begins with."""
    found = _WORD.search(text)
    if not found:
        return "other"
    word = found[0].lower()
    if word in _GROUPS:
        return _GROUPS[word]
    if word.isdigit():
        return "digit"
    if not word[0].isascii() and word[0] not in "“’":
        return "zh"
    return _ending(word) or (
        "sign" if not word[0].isalpha() else "upper" if found[0][0].isupper() else "lower"
    )


def _ending(word: str) -> str:
    if not word[0].isalpha():
        return ""
    if word.endswith("ing"):
        return "ing"
    if word.endswith("s") and not word.endswith("ss"):
        return "s"
    return "ed" if word.endswith("ed") else ""


@lru_cache(maxsize=1024)
def of_front(front: str) -> tuple[str, ...]:
    """What the words of `front` tell."""
    generic = ("front generic",) if is_generic(front) else ()
    words = front.split()
    if has_cjk(front) or not words:
        return generic
    found = [*generic, f"front ends {_last(words[-1])}", f"front starts {opening_of(words[0])}"]
    if len(words) > 1 and all(word[:1].isupper() for word in words):
        found.append("front title")
    if (
        len(words) > 1
        and words[0].lower() in IMPERATIVES
        and not _GOVERNS.isdisjoint(map(str.lower, words[1:]))
    ):
        found.append("front tells to")
    return tuple(found)


def _last(word: str) -> str:
    if word.endswith(_ABSTRACT):
        return "ion"
    if word.endswith("ing"):
        return "ing"
    if word.endswith("s") and not word.endswith("ss"):
        return "s"
    return "caps" if word.isupper() else "plain"


def of_back(candidate: Candidate, script: str, length: int, opens_with_term: bool) -> Iterator[str]:
    """What the words of the back tell; `length` is the class of its length."""
    if script != "en" or candidate.kind is not _DEFINITION:
        return
    back, rule = candidate.back, candidate.rule
    if rule in _SIMPLE_OPENERS:
        yield f"{'label' if rule in ('outline', 'table') else rule} opens {opening_of(back)}"
    elif rule == "english_definition":
        yield f"{rule} starts {'front' if opens_with_term else opening_of(back)}"
    if found := _RELATIVE.search(back):
        yield "back relates"
        if found.end() <= len(candidate.front) + EARLY:
            yield f"{rule} back relates early"
    yield f"{rule} length {length}"
    first = back.split(None, 1)[0].lower().strip(".,")
    if first in IMPERATIVES:
        yield "back tells to"
