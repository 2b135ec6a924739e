"""What an English sentence makes of its subject: of what kind it is, what sets it apart, or only how good it is.

`A fjord is an inlet that a glacier cut` defines, `The fjord is the largest in Norway` and `Chess is a great way to
spend an evening` do not, though the verb is the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELD = re.compile(
    r"(?:in|within)\s+(?:the\s+(?:field|context|study|theory|terms|language|area|world)\s+of\s+)?"
    r"(?!this|that|these|those|our|your|the|each|some|many|most|all|both|such|other|order|fact|case|addition"
    r"|general|particular|practice|contrast|summary|short|turn|recent|a\b|an\b|its|their|which|what|one|two|reality"
    r"|theory,|essence|conclusion|response|return)[a-z][\w-]*(?:\s(?:and\s)?[a-z][\w-]*){0,3},",
    re.IGNORECASE,
)
"""The field in which a term has its meaning: `In law, …`."""
_SET_APART = re.compile(
    r"\b(?:that|which|who|whose|where|in which|by which|with which|such that|used|designed|intended|made|based|consisting"
    r"|containing|composed|characterized|caused|formed|created|produced|obtained|defined|given|found|capable|able)\b"
    r"|\b(?:of|for|between|with|to)\s"
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where|used (?:to|for|in|as|by)|designed (?:to|for))\b")
_JUDGED = re.compile(
    r"(?:\w+ly\s+)?(?:very|really|quite|rather|so|too|pretty|fairly|good|great|bad|poor|hard|easy|tough|tricky|difficult"
    r"|nice|excellent|perfect|popular|common|frequent|famous|well-known|important|essential|crucial|critical|vital"
    r"|necessary|fundamental|integral|prevalent|broad|valuable|simple|key|major|main|big|huge|interesting|useful|powerful|better|worse|lot|bit|few|little|serious|must)\b"
    r"|(?:[\w-]+\s){0,3}(?:members?|parts?|hallmarks?|cornerstones?|backbones?|aspects?|problems?|issues?|reasons?|results?|consequences?|examples?|symbol|home|choices?|way"
    r"|matter|questions?|challenges?|topics?|success|hit|reference|improvements?|alternatives?|drawbacks?|disadvantages?"
    r"|advantages?|benefits?|limitations?|steps?|mistakes?|mixture|victim|favou?rite|pain|extensions?|subject|destination)"
    r"(?:\s(?:of|in|for|to|and|that|on|with|over|at|when)\b|[.,;]|$)",
    re.IGNORECASE,
)
"""How good something is or where it belongs, and not what it is."""
_RANKED = re.compile(
    r"(?:most|least|best|worst|same|first|second|third|last|next|only|largest|smallest|main|primary|key|\w{3,}est"
    r"|right|wrong|reason|result|problem|case|goal|idea|home|one|following|opposite|default)\b",
    re.IGNORECASE,
)
"""What follows `is the` where that ranks or places."""
_KIND_WORD = re.compile(
    r"(?:[\w-]+\s){0,4}[\w-]*[^\Ws]s\b(?:\s(?:that|which|who|whose|where|used|of|for|with|in|made|by)\b|[.,;]|$)"
)
"""A plural noun, its adjectives before it: `are small mammals that …`."""
_TERM = re.compile(r"the\s+(?:term|word|name|concept|notion)s?\s+(?!of\b|is\b)", re.IGNORECASE)
_PAST = re.compile(r"(?:was|were)\b")
_OPENS_AS_KIND = re.compile(
    r"^(?:an?|the|one)\s+(?!following|next|above|idea|goal|problem|most|best)\w+|^(?:一种|一个|一类|一项"
    r"|一套|是|即|用于|用来|[特泛专]?指|(?:又称|也叫|亦称)[^，,。；;]{2,20}[，,](?:即|是|指)|通过|利用|将|把|由(?!于)|(?:可以)?(?:表示|代表|衡量|描述|反映|度量|刻画|体现)(?!的|了(?:一|这))|为(?=[在所将把]))|^(?:(?:always|usually|often|typically|generally|basically|simply|also)\s)?"
    r"(?:measures|refers|computes|describes|uses|used|designed|represents|calculates|occurs|allows|provides|contains|holds|stores"
    r"|consists|determines|controls|specifies|defines|indicates|captures|quantifies|ensures|prevents|enables|converts|maps|tracks"
    r"|keeps|manages|returns|gives|tells|says|states|means|happens|involves|combines|selects|assigns|removes|adds|reduces"
    r"|increases|estimates|predicts|defined (?:as|by|to)|known as|made (?:of|up)|based on|responsible for|similar to|it (?:is|refers|means|implies)"
    r"|they are|this is|these are|is|are)\b"
    r"|^(?:[\w-]+\s){0,3}(?:amount|number|percentage|fraction|proportion|ratio|probability|set|type|kind|form|class|family|collection"
    r"|group|sequence|technique|method|measure|degree|rate|branch|field|part|generali[sz]ation|extension|version|variant|combination"
    r"|sum|difference|distance|average|ability|process|area|subset)\s(?:of|for|that|between|where|which|to)\b"
    r"|^(?!use|see|note|list|table|example|we|results?|it|this|these|that|there)[a-z][\w-]*(?:\s[\w-]+){0,3}\s(?:[a-z]{2,}ed|held|made|given|built|kept|known|shown"
    r"|taken|found|written|sent|chosen|drawn)\s(?:by|to|for|in|with|from|on|as|at|into)\b"
    r"|^(?!use|see|note|what|list)(?:[\w-]+\s){0,2}(?:bounds?|function|model|system|structure|tool|unit|lock|language|protocol|algorithm|framework|approach"
    r"|strategy|theory|principle|law|study|science|act|time|cost|change|increase|decrease|movement|transfer|exchange|relationship|tendency|failure"
    r"|loss|lack|presence|absence|belief|agreement|state|event|place|point|property|phenomenon|situation|condition|assumption|statement|claim)s?\s"
    r"(?:of|for|that|in which|where|which|when|used)\b"
    r"|^(?!what|all|any|those|things?|one|every|how|why|that|this|note|use|see)[a-z][\w-]*(?:\s[\w-]+){0,4}\s(?:that|which|whose)\s(?:is|are|can|has|have|was|[a-z]{3,}(?<!s)s)\b"
)
"""In small letters: how a meaning opens that does not repeat its term: `an inlet that …`, `用于…`, `refers to …`."""
LONGEST_LEAD = 40
"""Characters at the beginning of a meaning that tell how it opens."""
NEAR = 100
"""Characters after the kind in which a clause that sets it apart is looked for."""


def opens_as_kind(text: str) -> bool:
    """Whether `text` opens as a meaning does that leaves out its term."""
    return _OPENS_AS_KIND.match(text[:LONGEST_LEAD].lower()) is not None


def subject_cue(text: str) -> str:
    """How the subject that `text` begins with is introduced."""
    first, _, _ = text.partition(" ")
    match first.casefold():
        case "a" | "an":
            return "a subject"
        case "the":
            return "the subject"
        case _:
            return "bare subject"


def names_field(text: str) -> bool:
    """Whether `text` begins by naming the field in which the term is used."""
    return _FIELD.match(text) is not None


def is_kind(said: str) -> bool:
    """Whether `said`, what stands after `are`, is a plural noun and not a quality."""
    return _KIND_WORD.match(said, 0, NEAR) is not None and not _JUDGED.match(said)


def kind_cues(verb: str, said: str, *, ranks: bool) -> Iterator[str]:
    """What is told by `said`, the words after `verb` and its article; after `the` a kind may be ranked."""
    if _PAST.match(verb):
        yield "past"
    if (_RANKED if ranks else _JUDGED).match(said):
        yield "ranked" if ranks else "judged"
    if _RELATIVE.search(said, 0, NEAR):
        yield "set apart by clause"
    elif _SET_APART.search(said, 0, NEAR):
        yield "set apart"
    else:
        yield "kind alone"


def without_word_for_term(subject: str) -> str:
    """`subject` without the words that only say that it is one: `the term ecotone`."""
    found = _TERM.match(subject)
    return subject[found.end() :] if found else subject
