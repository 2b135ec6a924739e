"""The rules, in order of precedence: where two read the same passage, the earlier one's card stays.

A rule is a generator over a note. To add one: a file, a line here, cases for and against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flashnotes.models import Candidate
from flashnotes.notes import Note
from flashnotes.rules.abbreviation import abbreviation
from flashnotes.rules.callout import callout
from flashnotes.rules.chinese_apposition import chinese_apposition
from flashnotes.rules.chinese_definition import chinese_definition
from flashnotes.rules.chinese_enumeration import chinese_enumeration
from flashnotes.rules.chinese_label import chinese_label
from flashnotes.rules.chinese_naming import chinese_naming
from flashnotes.rules.chinese_role import chinese_role
from flashnotes.rules.definition_list import definition_list
from flashnotes.rules.english_definition import english_definition
from flashnotes.rules.english_naming import english_naming
from flashnotes.rules.formula import formula
from flashnotes.rules.heading import heading
from flashnotes.rules.inline_formula import inline_formula
from flashnotes.rules.label import label
from flashnotes.rules.outline import outline
from flashnotes.rules.question import question
from flashnotes.rules.table import table
from flashnotes.rules.theorem import theorem
from flashnotes.rules.worded_formula import worded_formula
from flashnotes.rules.written_card import written_card

Rule = Callable[[Note], Iterator[Candidate]]

RULES: tuple[Rule, ...] = (
    written_card,
    callout,
    question,
    definition_list,
    table,
    label,
    chinese_label,
    chinese_definition,
    english_definition,
    chinese_naming,
    english_naming,
    chinese_apposition,
    chinese_enumeration,
    chinese_role,
    formula,
    inline_formula,
    worded_formula,
    theorem,
    heading,
    outline,
    abbreviation,
)
