"""An adjective that an English sentence defines by a condition: `A graph is connected if …` says what a connected graph is."""

from __future__ import annotations

import re
from functools import lru_cache

from flashnotes.rules._head import Head
from flashnotes.rules._terms import is_term

_CONDITION = re.compile(
    r"(?:(?:We|we) say (?:that )?|(?:Formally|Equivalently|In other words|Then|Thus|Hence|So|Similarly|Likewise|And),? )?(?:[Aa]n?|[Tt]wo|[Tt]hree|[Aa]ny|[Ee]very|[Tt]he)\s"
    r"(?P<noun>[a-z][\w-]*(?:\s(?!(?:is|are|that|which|with|of|in|on|for|to)\b)[a-z][\w-]*){0,3})"
    r"(?:\s(?:\$[^$]{1,40}\$|[A-Z]\b)(?:,?\s(?:and\s)?(?:\$[^$]{1,40}\$|[A-Z]\b))*)?(?:\s(?:of|in|on)\s[^,;.]{1,30}?)?"
    r"\s(?:is|are)\s(?P<said>said\sto\sbe\s|called\s|considered\s)?(?P<adjective>(?:[a-z]+ly\s)?[a-z][\w-]+)(?:\s(?:for|in|on|at)\s[^,;:.]{1,30}?)?\s"
    r"(?:if\sand\sonly\sif|if|iff|when|whenever|provided)\s\S"
)
_NO_NAME = frozenset(
    """that used useful possible impossible appropriate necessary needed required true false good bad better best worse
    important available ready done done empty full likely unlikely able unable correct wrong right present absent different
    safe helpful preferred suitable ideal common rare active coded the this it more less also only even not here there what
    large small high low big zero one equal positive negative greater smaller higher lower same hard easy difficult slow fast
    sufficient enough fine okay ok free sure clear interesting relevant desirable undesirable beneficial valuable""".split()
)
"""What is said of a thing in one case and no name of a kind of it."""
_STATES = frozenset(
    """connected disconnected bounded unbounded closed balanced unbalanced biased unbiased sorted ordered directed undirected nested
    weighted saturated relaxed isolated shared mixed increasing decreasing converging overdetermined underdetermined""".split()
)
"""Participles that name what a thing is like and nothing that is done to it."""


@lru_cache(maxsize=512)
def kind_by_condition(text: str) -> Head | None:
    """The kind that `text` says the condition of, its adjective as another name; None if it is no such sentence."""
    if " if" not in text and " when" not in text and " provided" not in text:
        return None
    found = _CONDITION.match(text)
    if found is None:
        return None
    adjective, said = found["adjective"], found["said"]
    *adverb, last = adjective.split()
    if last in _NO_NAME or last.endswith("ly"):
        return None
    if last.endswith(("ed", "ing")) and last not in _STATES and not (said or adverb):
        return None
    term = f"{adjective} {found['noun']}"
    return Head(term, (adjective,)) if is_term(term) else None
