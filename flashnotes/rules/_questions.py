"""What a text asks of its reader instead of answering: questions without a card's answer, items of a plan of study."""

from __future__ import annotations

import re

_STUDY = re.compile(
    r"(?:Understand|Know|Study|Review|Revise|Memori[sz]e|Practi[cs]e|Familiari[sz]e|Be\sable\sto|Be\sfamiliar|Watch|Skim|Finish|Revisit|Recap|Brush\sup|Get\s(?:familiar|comfortable))\b"
    r"|(?:Learn|Read)\s(?:about|up|the\s(?:basics|chapters?|docs|documentation|differences?|concepts?)|chapters?|\[)"
    r"|(?:了解|熟悉|掌握|学会|复习|预习|背诵)(?=.{2})"
)
"""How an item of a plan of study opens."""
_QUESTION = re.compile(
    r"(?:What|How|Why|When|Where|Which|Who)\s(?:(?:is|are|was|were|does|do|did|can|should|would)\s(?:they|it|you|we|the|an?|their|its|I)\b[^:]*$"
    r"|(?:is|are|was|were|does|do|did|can|should|would|might|could|to)\b[^.]*\?$)|Why\b[^.]*\?$"
    r"|(?![^。？?]*(?:是否|能否|会不会|是不是))[^。？?]*(?:如何|怎[么样]|什么|哪[些种个里]|为何|何时|有何|多少|几[种个]|吗|呢)[^。？?]*[？?]$"
)
"""A question that is no measure: one of those asks how much (`How many of …?`), or whether."""


def is_question(text: str) -> bool:
    """Whether `text` asks what its reader is to answer, with a mark or without."""
    return (text[-1:] in "?？" or text[:1] == "W" or text[:3] == "How") and _QUESTION.match(text) is not None


def is_study(text: str) -> bool:
    """Whether `text` tells a student what to go through: an item of a plan and no answer."""
    return _STUDY.match(text) is not None
