"""Every rule against its cases, for and against."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashnotes.notes import parse_note
from flashnotes.rules import RULES, Rule
from flashnotes.rules.descriptions import RuleDescription, rule_descriptions
from tests.cases import Case, compared, read_cases

FOLDER = Path(__file__).parent / "cases"
CASES = [(rule, case) for rule in RULES for case in read_cases(FOLDER / f"{rule.__name__}.md")]


@pytest.mark.parametrize(
    ("rule", "case"), CASES, ids=[f"{rule.__name__}: {case.name}" for rule, case in CASES]
)
def test_case(rule: Rule, case: Case) -> None:
    found = sorted(rule(parse_note(case.note, path="note.md")), key=lambda candidate: candidate.line)
    assert compared(found, case.expected) == case.expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_has_cases_for_and_against(rule: Rule) -> None:
    cases = [case for own, case in CASES if own is rule]
    assert any(case.is_against for case in cases)
    assert any(not case.is_against for case in cases)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_describes_itself_in_one_line(rule: Rule) -> None:
    assert rule.__doc__
    assert len(rule.__doc__.strip().splitlines()) == 1


def test_cases_belong_to_rules() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("described", rule_descriptions(), ids=lambda described: described.name)
def test_description_shows_an_example_of_the_rules_own_cases(described: RuleDescription) -> None:
    notes = [
        case.note.strip() for rule, case in CASES if rule.__name__ == described.name and not case.is_against
    ]
    assert described.example in notes
    assert described.description.endswith((".", "`"))
