"""The rules, in order of precedence: where two read the same passage, the earlier one's card stays.

A rule is a generator over a note. To add one: a file, a line here, cases for and against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flashnotes.models import Candidate
from flashnotes.notes import Note
from flashnotes.rules.abbreviation import abbreviation
from flashnotes.rules.chinese_definition import chinese_definition
from flashnotes.rules.english_definition import english_definition
from flashnotes.rules.label import label

Rule = Callable[[Note], Iterator[Candidate]]

RULES: tuple[Rule, ...] = (label, chinese_definition, english_definition, abbreviation)
