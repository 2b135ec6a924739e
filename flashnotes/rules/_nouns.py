"""English words that are verbs or nouns: `The filter passes …`, `The sample means will …`."""

from __future__ import annotations

import re

_AFTER_NOUN = re.compile(
    r"(?:is|are|was|were|can|will|may|should|must|of|and|or|for|in|has|have|that|which|used)\b"
)
_VERB_AFTER = re.compile(r"(?:are|were|can|will|may|should|must|have)\s")
"""After what looks like a verb and is a noun: `The sample means will be …`."""
_NO_NOUN = re.compile(
    r"\b(?:allows?|adjusts?|consists?|occurs?|arises?|happens?|appears?|seeks?|tends?|depends?|serves?|stems|relies|aims)\s$"
)
"""A verb that may have a preposition after it and is no noun."""
_SAYS_THAT = re.compile(
    r"\b(?:states|says|tells|shows|assumes|asks|ensures|requires|guarantees|implies|predicts|indicates|suggests|posits|claims|asserts"
    r"|proves|holds|argues|specifies|demands)\s$"
)
"""A verb before `that`, which after a noun would begin a clause of its own."""


def is_noun(masked: str, verb: re.Match[str]) -> bool:
    """Whether the `verb` that was found in `masked`, a predicate of the group that its name tells, is a noun."""
    if _VERB_AFTER.match(masked, verb.end()):
        return True
    return verb.lastgroup == "does" and _is_plural_or_alone(masked, verb)


def _is_plural_or_alone(masked: str, verb: re.Match[str]) -> bool:
    """Whether a verb follows `verb`, or it does not agree with its subject."""
    if (after := _AFTER_NOUN.match(masked, verb.end())) and not (
        _NO_NOUN.search(verb[0]) or (after[0] == "that" and _SAYS_THAT.search(verb[0]))
    ):
        return True
    plural = masked[: verb.start()].rstrip(" ,\x00").casefold().endswith(("s", "data", "people"))
    return not (verb[0].split()[-1].endswith("s") or plural or " and " in masked[: verb.start()])
